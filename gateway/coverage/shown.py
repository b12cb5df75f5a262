"""A report as tables for the terminal, as JSON for machines, and as Markdown for the docs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from rich.box import SIMPLE
from rich.table import Table

from gateway.coverage.differences import Difference, Side
from gateway.coverage.report import Report, Row

_COLUMNS = ("documented", "declared", "reached by a test", "left out")

_ABOUT = """\
# Coverage

What the platforms document, and what of it the graph declares. A section is one call of a
platform's documentation; it is reached where an operation among the tests makes that call at a
stand-in. The facts are in `tests/contract/`, the reasons in `tests/contract/differences.toml`.

This page is what `manifold coverage --markdown` prints; `make coverage` writes it.
"""


def as_tables(report: Report) -> Iterator[Table]:
    """Show the report in a terminal."""
    yield _counts(report)
    for title, entries in (("left out", report.left_out), ("beyond", report.beyond)):
        table = Table("platform", "what", title, "reason", box=SIMPLE)
        for entry in entries:
            table.add_row(entry.platform, _what(entry), _named(entry), entry.reason)
        if entries:
            yield table


def as_json(report: Report) -> str:
    """Write the report for machines."""
    document = {
        "chapters": [asdict(row) for row in report.rows],
        "leftOut": [entry.model_dump(mode="json") for entry in report.left_out],
        "beyond": [entry.model_dump(mode="json") for entry in report.beyond],
        "missing": [asdict(finding) for finding in report.missing],
    }
    return json.dumps(document, indent=2) + "\n"


def as_markdown(report: Report) -> str:
    """Write the report as a page of the documentation."""
    total = ("**all**", "", *(f"**{number}**" for number in report.total()))
    counts = [(row.platform, row.chapter, *_numbers(row)) for row in report.rows]
    lines = [
        _ABOUT,
        *_grid(("platform", "chapter", *_COLUMNS), [*counts, total]),
        *_reasons("Left out", "Documented, and not declared.", report.left_out),
        *_reasons("Beyond", "Declared, and not documented.", report.beyond),
    ]
    return "\n".join(lines) + "\n"


def _counts(report: Report) -> Table:
    table = Table("platform", "chapter", box=SIMPLE, padding=(0, 0, 0, 1), show_footer=True)
    table.columns[0].footer = "all"
    for title, total in zip(_COLUMNS, report.total(), strict=True):
        table.add_column(title.replace("reached ", "reached\n"), str(total), justify="right")
    for column in table.columns:
        column.no_wrap = True
    for row in report.rows:
        table.add_row(row.platform, row.chapter, *_numbers(row))
    return table


def _numbers(row: Row) -> tuple[str, ...]:
    return tuple(map(str, (row.documented, row.declared, row.reached, row.left_out)))


def _what(entry: Difference) -> str:
    return {
        Side.SECTION: "call",
        Side.QUERY: "query parameter",
        Side.REQUEST: "sent field",
        Side.RESPONSE: "answered field",
    }[entry.side]


def _named(entry: Difference, quote: str = "") -> str:
    where = ", ".join(entry.sections)
    fields = ", ".join(f"{quote}{field}{quote}" for field in entry.fields)
    return f"{fields} ({where})" if where and fields else fields or where


def _reasons(title: str, about: str, entries: Iterable[Difference]) -> list[str]:
    rows = [(entry.platform, _what(entry), _named(entry, "`"), entry.reason) for entry in entries]
    if not rows:
        return []
    return [f"\n## {title}\n\n{about}\n", *_grid(("platform", "what", "named", "reason"), rows)]


def _grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = tuple(head)
    lines = [head, tuple("---" for _ in head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]
