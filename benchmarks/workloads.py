"""What is asked: the workloads of the benchmark."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import expected
from benchmarks.catalogue import FULL_ACCOUNT
from resolvers.identity import GlobalId

_QUERIES = Path(__file__).parent / "queries"

# As many as keep any two that are equal from being in flight together.
_DIFFERENT = 2000
_FIRST_DIFFERENT = 100_000

Variables = dict[str, str]


@dataclass(frozen=True, eq=False)
class Workload:
    """One query with its variables, what has to come back, and the fewest calls that it takes.

    `latency_milliseconds` is how long the platforms take for each answer.
    """

    name: str
    title: str
    about: str
    query: str
    variables: Sequence[Variables]
    expected: Callable[[], dict[str, Any]]
    calls: int
    latency_milliseconds: int = 0

    @property
    def heading(self) -> str:
        """Its name with its title."""
        return f"{self.name.capitalize()}: {self.title}"

    @property
    def document(self) -> str:
        """The text of the query."""
        return (_QUERIES / f"{self.query}.graphql").read_text()


def _account(number: int) -> str:
    return str(GlobalId("ClinkedAccount", "portal", (str(number),)))


_ONE = [{"account": _account(1)}]
_NUMBERS = range(_FIRST_DIFFERENT, _FIRST_DIFFERENT + _DIFFERENT)
_MANY = [{"account": _account(number)} for number in _NUMBERS]
_MANY_NAMED = [{"account": _account(number), "text": f"user{number}"} for number in _NUMBERS]

_ALL = [
    Workload(
        "w1",
        "100 groups, of each 5 scalars and the owner",
        "One call; 37 KB come in. What a gateway costs by itself.",
        "w1",
        _ONE,
        expected.owners,
        1,
    ),
    Workload(
        "w2",
        "100 groups and the master of each",
        "One call for the groups, and one for each of the ten masters that they have.",
        "w2",
        _ONE,
        expected.masters,
        11,
    ),
    Workload(
        "w3",
        "20 groups, of each 20 people",
        "One call for the groups, and one for the people of each.",
        "w3",
        _ONE,
        expected.people,
        21,
    ),
    Workload(
        "w4a",
        "as W1, with another account in each request",
        "No two requests in flight are equal, so that none can share the calls of another.",
        "w1",
        _MANY,
        expected.owners,
        1,
    ),
    Workload(
        "w4b",
        "as W2, with another account in each request",
        "No two requests in flight are equal, so that none can share the calls of another.",
        "w2",
        _MANY,
        expected.masters,
        11,
    ),
    Workload(
        "w4c",
        "as W3, with another account and filter in each request",
        "No two requests in flight are equal, so that none can share the calls of another.",
        "w4c",
        _MANY_NAMED,
        expected.people,
        21,
    ),
    Workload(
        "w5",
        "25 companies over five connections, each 50 ms away",
        "One list, merged round robin out of two Clinked portals, two Codat clients and a Conduit "
        "Link App. Here the wall time counts, which cannot be less than 50 ms.",
        "w5",
        [{}],
        expected.companies,
        5,
        latency_milliseconds=50,
    ),
    Workload(
        "w6",
        "5 000 people with 5 fields each, in one answer",
        "One call, whose groups come with their people; a megabyte comes in.",
        "w6",
        [{"account": _account(FULL_ACCOUNT)}],
        expected.included,
        1,
    ),
]

WORKLOADS = {workload.name: workload for workload in _ALL}
