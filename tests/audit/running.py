"""The audits of GraphQL over HTTP that the npm package graphql-http has."""

import json
from dataclasses import dataclass

from tests.node_tools import NODE_FOLDER, node, node_modules

# So many has graphql-http 1.23.1; it was 60 up to 1.22.
AUDITS = 61


class AuditError(Exception):
    """The audits could not be run."""


@dataclass(frozen=True)
class Verdict:
    """What an audit found: `status` is ok, or notice, warn or error with a `reason`."""

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

    A test without node or the package is skipped. Raises `AuditError` where nobody answers.
    """
    node_modules(NODE_FOLDER)
    done = node(NODE_FOLDER, NODE_FOLDER / "audits.mjs", f"{url}/graphql", MANIFOLD_KEY=key)
    if done.returncode:
        raise AuditError(done.stderr.strip())
    return [Verdict(**json.loads(line)) for line in done.stdout.splitlines()]
