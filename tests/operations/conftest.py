"""The gateway in front of its stand-ins, as the tests of the graph have it."""

from tests.graph.conftest import graph, sandbox

__all__ = ["graph", "sandbox"]
