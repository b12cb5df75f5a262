"""The audits of GraphQL over HTTP that the npm package graphql-http has."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from tests.node_tools import NODE_FOLDER, node, node_modules

# How many audits each release has, by its version. Of what is no JSON, the newer one asks for each
# media type, and the older one but once.
AUDITS = {"1.23.1": 61, "1.22.4": 60}
# What npm calls them here, the newest first.
_PACKAGES = ("graphql-http", "graphql-http-1.22")


class AuditError(Exception):
    """The audits could not be run."""


@dataclass(frozen=True)
class Verdict:
    """What an audit of a suite found: `status` is ok, or notice, warn or error with a `reason`."""

    suite: str
    id: str
    name: str
    status: str
    reason: str

    @property
    def is_ok(self) -> bool:
        """Whether nothing at all was found."""
        return self.status == "ok"

    def __str__(self) -> str:
        """Give it as a line: id, verdict and name, with the reason where there is one."""
        line = f"{self.id}  {self.status:<6}  {self.name}"
        return line if self.is_ok else f"{line} ({self.reason})"


def verdicts(url: str, key: str = "") -> list[Verdict]:
    """Audit the gateway at an address, with an API key if it wants one.

    A test without node or the packages is skipped. Raises `AuditError` where nobody answers.
    """
    node_modules(NODE_FOLDER)
    script, asked = NODE_FOLDER / "audits.mjs", f"{url}/graphql"
    done = node(NODE_FOLDER, script, asked, *_PACKAGES, MANIFOLD_KEY=key)
    if done.returncode:
        raise AuditError(done.stderr.strip())
    return [Verdict(**json.loads(line)) for line in done.stdout.splitlines()]


def counted(found: Sequence[Verdict]) -> dict[str, tuple[int, int]]:
    """Say for each suite how many of its audits were ok, and how many were made."""
    suites = {suite: [one.is_ok for one in found if one.suite == suite] for suite in AUDITS}
    return {suite: (sum(oks), len(oks)) for suite, oks in suites.items()}
