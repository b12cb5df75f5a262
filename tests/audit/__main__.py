"""Audits a gateway and prints each verdict: `python -m tests.audit [URL]`."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer

from tests.audit.running import AUDITS, AuditError, counted, verdicts
from tests.sandbox_process import sandbox_process


def main(urls: Sequence[str]) -> int:
    """Audit the gateway at the first address, or one with stand-ins; 1 if anything was found.

    `MANIFOLD_KEY` is what it is asked with, if it is set.
    """
    if urls:
        return _audited(urls[0].rstrip("/").removesuffix("/graphql"))
    with tempfile.TemporaryDirectory() as folder, sandbox_process(Path(folder)) as running:
        return _audited(running.url)


def _audited(url: str) -> int:
    found = verdicts(url, os.environ.get("MANIFOLD_KEY", ""))
    counts = counted(found)
    for suite in counts:
        typer.echo(f"graphql-http {suite}")
        for verdict in found:
            if verdict.suite == suite:
                typer.echo(f"  {verdict}")
    typer.echo()
    for suite, (passed, made) in counts.items():
        typer.echo(f"graphql-http {suite}: {passed}/{made}")
    return 0 if counts == {suite: (most, most) for suite, most in AUDITS.items()} else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (AuditError, pytest.skip.Exception, pytest.fail.Exception) as lacking:
        sys.exit(str(lacking))
