"""The gateway in front of stand-ins that are in trouble."""

from tests.graph.conftest import graph, sandbox

__all__ = ["graph", "sandbox"]
