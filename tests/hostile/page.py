"""docs/hostile-cases.md: every hostile request with what becomes of it.

`python -m tests.hostile.page` prints it.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from tests.hostile.case import Case
from tests.hostile.exchange import CLOSED
from tests.hostile.suite import CASES, SUBJECTS

PAGE = Path(__file__).parent.parent.parent / "docs/hostile-cases.md"

_INTRODUCTION = """# Hostile requests

The {number} requests of tests/hostile, after the GraphQL cheat sheet of OWASP, graphql-cop and
GraphQL Armor. Each is sent to a running gateway over a socket. The tests hold each answer to what
stands here, and to this: no platform is asked, but where a call is named; the gateway computes for
less than two seconds; nothing of what was sent, and no secret, is in the answer or in the log; and
the next query is answered. `python -m tests.hostile` sends them all and prints what came of it,
with the milliseconds.

Where no code is told, the answer came before GraphQL: from the server, or to a browser that asks
first.
"""


def _verdict(case: Case) -> str:
    status = "connection closed" if case.status == CLOSED else str(case.status)
    limit = case.limit and f"`{case.limit}`"
    calls = f"sent as {', '.join(f'`{path}`' for path in case.calls)}" if case.calls else None
    return " ".join(part for part in (status, case.code, limit, calls) if part)


def _section(subject: str, cases: Iterable[Case]) -> str:
    by_verdict: dict[str, list[str]] = {}
    for case in cases:
        by_verdict.setdefault(_verdict(case), []).append(case.name)
    told = [
        f"**{verdict}**\n\n" + "\n".join(f"- {name}" for name in names)
        for verdict, names in by_verdict.items()
    ]
    return "\n\n".join([f"## {subject}", *told])


def page() -> str:
    """Write the page."""
    sections = [_section(subject, cases) for subject, cases in SUBJECTS.items()]
    return "\n".join([_INTRODUCTION.format(number=len(CASES)), "\n\n".join(sections), ""])


if __name__ == "__main__":
    sys.stdout.write(page())
