"""The page on watching the gateway names all there is to see, and nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from gateway.metrics import Metrics
from gateway.operations import Result
from resolvers.session import Connections
from resolvers.status import ConnectionStatus
from resolvers.upstream.store import StoreState

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "watching.md").read_text()
LEVELS = {"debug", "info", "warning", "error", "exception"}


def table(heading: str) -> list[str]:
    """Give the first cells of the first table below a heading, without their quotes."""
    _, _, below = PAGE.partition(f"\n## {heading}\n")
    rows = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert rows is not None
    return re.findall(r"^\| `([^`]+)` \|", rows[0], re.MULTILINE)


def events() -> Iterator[str]:
    """Find every event that the code writes to the log."""
    for floor in ("gateway", "schema", "resolvers"):
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                match node:
                    case ast.Call(
                        func=ast.Attribute(value=ast.Name(id="_log"), attr=level),
                        args=[ast.Constant(value=str(event)), *_],
                    ) if level in LEVELS:
                        yield event
                    case _:
                        pass


async def test_the_page_has_every_number() -> None:
    """By the name that a query of Prometheus takes."""
    shown = (await Metrics().shown(Connections([]), StoreState.LOCAL)).decode()
    known = re.findall(r"^# TYPE (manifold_\S+)", shown, re.MULTILINE)

    assert sorted(table("Numbers")) == sorted(known)


def test_the_page_has_every_status_in_its_order() -> None:
    """The first that holds is told."""
    assert table("Connections") == [status.value for status in ConnectionStatus]


def test_the_page_has_every_line_of_the_log() -> None:
    """An operator finds there what it means."""
    assert set(table("The log")) == set(events())


def test_the_page_has_every_result_of_an_operation() -> None:
    """As the log and the numbers have them."""
    (line,) = re.findall(r"^- `result` is (.*(?:\n  .*)*)", PAGE, re.MULTILINE)

    assert re.findall(r"`(\w+)`", line) == [result.value for result in Result]
