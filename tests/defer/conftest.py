"""A gateway over stand-ins, to be asked for answers in parts."""

from tests.graph.conftest import graph, sandbox

__all__ = ["graph", "sandbox"]
