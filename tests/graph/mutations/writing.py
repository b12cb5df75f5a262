"""What the tests of all mutations share: how to send one, and what came of it."""

import json
from dataclasses import dataclass
from typing import Any

from resolvers.identity import GlobalId
from tests.graph.conftest import Graph

MARKER = "stand-in-secret-marker"

# What a mutation gives back, where that is not the thing that its name begins with.
RESULTS = {
    "companyDelete": "deletedId",
    "groupDelete": "deletedId",
    "memberDelete": "deletedId",
    "groupMemberRemove": "deletedId",
    "inviteDelete": "deletedId",
    "entityDelete": "deletedId",
    "inviteCreate": "invites { id }",
}
NOUNS = ("company", "groupCompany", "groupMember", "group", "member", "invite", "entity")
ERRORS = "userErrors { code message field platform }"

Sent = tuple[str, str, dict[str, Any], Any]
Told = tuple[str, list[str] | None, str | None]


def global_id(kind: str, connection: str, *keys: str) -> str:
    """Give the id that the graph gives a thing of the seed."""
    return str(GlobalId(kind, connection, keys))


@dataclass(frozen=True)
class Write:
    """One mutation on one platform, with arguments that it takes, and a key to do it once."""

    name: str
    platform: str
    id: str | None = None
    input: dict[str, Any] | None = None
    key: str | None = None

    def __str__(self) -> str:
        """Name it in a test's id."""
        kind = [] if self.id is None else [GlobalId.parse(self.id).kind]
        return "-".join([self.name, *kind, *(self.input or {})])

    @property
    def result(self) -> str:
        """Select what it gives back."""
        noun = next(noun for noun in NOUNS if self.name.startswith(noun))
        kind = {"groupCompany": "company", "groupMember": "member"}.get(noun, noun)
        return RESULTS.get(self.name, f"{kind} {{ id }}")

    def document(self, selection: str | None = None) -> str:
        """Write the document of it alone."""
        types = {"id": "ID!", "input": f"{self.name[:1].upper()}{self.name[1:]}Input!"}
        types["idempotencyKey"] = "String"
        given = [name for name in types if name in self.variables]
        declared = ", ".join(f"${name}: {types[name]}" for name in given)
        passed = ", ".join(f"{name}: ${name}" for name in given)
        field = f"{self.name}({passed}) {{ {selection or self.result} {ERRORS} }}"
        return f"mutation({declared}) {{ {field} }}"

    @property
    def variables(self) -> dict[str, Any]:
        """Give the arguments that it has."""
        every = {"id": self.id, "input": self.input, "idempotencyKey": self.key}
        return {name: value for name, value in every.items() if value is not None}


async def sent(graph: Graph, platform: str) -> list[Sent]:
    """Tell what a stand-in received, without the fetching of tokens."""
    return [
        (call["method"], call["path"], call["query"], call["body"])
        for call in await graph.calls(platform)
        if call["path"] != "/oauth/token"
    ]


async def nothing_was_sent(graph: Graph) -> bool:
    """Tell whether no stand-in received anything, not even a request for a token."""
    return not [call for one in graph.sandbox.stand_ins for call in await graph.calls(one.platform)]


async def done(graph: Graph, write: Write, selection: str | None = None) -> Any:
    """Run a mutation that has to go well, and give what it changed."""
    data = await graph.data(write.document(selection), **write.variables)
    payload = data[write.name]

    assert payload.pop("userErrors") == []
    (changed,) = payload.values()
    return changed


async def refused(graph: Graph, write: Write) -> list[Told]:
    """Run a mutation that has to be refused; give code, field and platform of each user error."""
    payload = (await graph.data(write.document(), **write.variables))[write.name]
    errors = payload.pop("userErrors")

    assert not any(payload.values()), payload
    assert all(error["message"] for error in errors)
    return [(error["code"], error["field"], error["platform"]) for error in errors]


async def found(graph: Graph, id: str, selection: str) -> dict[str, Any] | None:
    """Read a thing back by its id, in an operation of its own."""
    document = f"query($id: ID!) {{ node(id: $id) {{ {selection} }} }}"
    return (await graph.data(document, id=id))["node"]


async def sign_in(graph: Graph, platform: str) -> None:
    """Let the gateway fetch its token, so that a fault meets the mutation itself."""
    if platform == "clinked":
        await graph.data("{ companies(first: 1, platforms: [CLINKED]) { nodes { id } } }")
    await graph.forget_calls(platform)


def tells_no_secret(graph: Graph, answer: dict[str, Any]) -> bool:
    """Tell whether an answer holds no platform's body, address, port or credential."""
    told = graph.sandbox.describe()
    secrets = [value for one in told for value in one["credentials"].values()]
    ports = [f":{one['url'].rpartition(':')[2]}" for one in told]
    text = json.dumps(answer)
    return not [one for one in (MARKER, "127.0.0.1", *ports, *secrets) if one in text]
