"""What the platforms document, what is declared of it, and what a test reaches."""

from gateway.coverage.facts import NothingToCompare
from gateway.coverage.report import Report, report
from gateway.coverage.shown import as_json, as_markdown, as_tables

__all__ = ["NothingToCompare", "Report", "as_json", "as_markdown", "as_tables", "report"]
