"""The tokens to act as one company of Conduit with, which last ten minutes."""

from datetime import UTC, datetime
from typing import Any

from tests.graph.conftest import Graph
from tests.graph.lists import code_of, global_id

AURORA = global_id("ConduitCompany", "conduit-north", "aurora7")
LIST = """{ companies(platforms: [CONDUIT], first: 50) {
    nodes { id ... on ConduitCompany { apiToken { token expiresAt } } }
} }"""
ONE = """query One($id: ID!) { company(id: $id) {
    name ... on ConduitCompany { apiToken { token expiresAt } }
} }"""


def is_good(token: dict[str, Any]) -> bool:
    """Tell whether a token ends in the future."""
    return datetime.fromisoformat(token["expiresAt"]) > datetime.now(UTC)


async def test_every_listed_company_has_a_token_that_is_good(graph: Graph) -> None:
    """The list itself carries tokens that ended long ago, and none of them is handed out."""
    nodes = (await graph.data(LIST))["companies"]["nodes"]

    tokens = [node["apiToken"] for node in nodes]
    assert len({token["token"] for token in tokens}) == 13
    assert all(is_good(token) for token in tokens)


async def test_a_company_read_by_itself_has_its_token_without_another_call(graph: Graph) -> None:
    """Every look at one company mints a token, which is as good as any."""
    token = (await graph.data(ONE, id=AURORA))["company"]["apiToken"]

    assert is_good(token)
    assert [call["path"] for call in await graph.calls("conduit")] == ["/link/company/aurora7/"]


async def test_a_token_that_ended_early_is_replaced(graph: Graph) -> None:
    """Tokens that were good a moment ago are in the list, and their end is now."""
    before = (await graph.data(LIST))["companies"]["nodes"]
    await graph.fault("conduit", expire_tokens=True)
    after = (await graph.data(LIST))["companies"]["nodes"]

    for old, new in zip(before, after, strict=True):
        assert old["id"] == new["id"]
        assert old["apiToken"]["token"] != new["apiToken"]["token"]
        assert is_good(new["apiToken"])


async def test_a_list_without_tokens_mints_none(graph: Graph) -> None:
    """A secret that nobody asked for is not made."""
    await graph.data("{ companies(platforms: [CONDUIT]) { nodes { id name } } }")

    paths = [call["path"] for call in await graph.calls("conduit")]
    assert paths == ["/link/company/"] * 2


async def test_a_platform_that_gives_ended_tokens_alone_gets_no_more_than_two_calls(
    graph: Graph,
) -> None:
    """The token is an error in its own place, and the rest of the company stands."""
    ended = '{"token": "stand-in-secret-marker", "expires_at": 1767225600}'
    body = f'{{"id": "AURORA7", "name": "Aurora", "api_token": {ended}}}'
    await graph.fault("conduit", body=body)
    answer = await graph.answer(ONE, id=AURORA)

    assert answer["data"] == {"company": {"name": "Aurora", "apiToken": None}}
    assert code_of(answer) == "UPSTREAM_MALFORMED"
    assert "stand-in-secret-marker" not in str(answer)
    assert len(await graph.calls("conduit")) == 2


async def test_a_token_that_is_asked_for_twice_is_made_once(graph: Graph) -> None:
    """Two names for one field are one call for each company, and show one token."""
    data = await graph.data("""{ companies(connections: ["conduit-north"], first: 3) { nodes {
        ... on ConduitCompany { one: apiToken { token } other: apiToken { token } }
    } } }""")

    assert all(node["one"] == node["other"] for node in data["companies"]["nodes"])
    assert len(await graph.calls("conduit")) == 1 + 3


async def test_a_company_without_a_token_has_null(graph: Graph) -> None:
    """Conduit documents one in every answer, but a missing one costs nothing else."""
    await graph.fault("conduit", body='{"id": "AURORA7", "name": "Aurora"}')
    data = await graph.data(ONE, id=AURORA)

    assert data == {"company": {"name": "Aurora", "apiToken": None}}
