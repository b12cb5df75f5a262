"""How a gateway is asked for a workload, and what it has to answer.

Most take the documents of the graph as they are. Those that are told of the platforms by a
description alone keep the platforms' structure: their documents rename the fields with aliases, and
a person's own fields stay under `user`.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from benchmarks.workloads import Variables, Workload
from resolvers.identity import GlobalId

_PLAIN = Path(__file__).parent / "queries/plain"


@dataclass(frozen=True)
class Asked:
    """A workload as one gateway is asked for it."""

    document: str
    variables: list[Variables]
    expected: Any

    @cached_property
    def bodies(self) -> list[str]:
        """The body of each request, in JSON."""
        return [json.dumps({"query": self.document, "variables": one}) for one in self.variables]


def in_the_graph(workload: Workload) -> Asked:
    """Ask in the words of the graph."""
    return Asked(workload.document, list(workload.variables), workload.expected())


def in_plain_words(workload: Workload) -> Asked | None:
    """Ask in the platforms' structure; None where that has no such list."""
    path = _PLAIN / f"{workload.query}.graphql"
    if not path.exists():
        return None
    company = workload.expected()["data"]["company"]
    variables = [_plain_ids(one) for one in workload.variables]
    return Asked(path.read_text(), variables, {"data": _under_user(company)})


def _plain_ids(variables: Variables) -> Variables:
    account = GlobalId.parse(variables["account"]).keys[0]
    return {**variables, "account": account}


def _under_user(value: Any) -> Any:
    """Put what is a person's own under `user`, wherever a role tells that it is a person."""
    if isinstance(value, list):
        return [_under_user(item) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    fields = {name: _under_user(one) for name, one in cast("dict[str, Any]", value).items()}
    if "rawRole" not in fields:
        return fields
    role, user = fields.pop("rawRole"), fields.pop("user", {})
    return {"rawRole": role, "user": {**fields, **user}}
