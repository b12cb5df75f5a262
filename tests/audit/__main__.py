"""Audits a gateway and prints each verdict: `python -m tests.audit [URL]`."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer

from tests.audit.running import AUDITS, AuditError, verdicts
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
    for verdict in found:
        typer.echo(verdict)
    passed = sum(verdict.is_ok for verdict in found)
    typer.echo(f"{passed}/{len(found)}")
    return 0 if passed == len(found) == AUDITS else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (AuditError, pytest.skip.Exception, pytest.fail.Exception) as lacking:
        sys.exit(str(lacking))
