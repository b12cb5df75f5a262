"""The gateway's own credentials: got once, renewed once, and never asked for again in vain."""

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from gateway.settings import Settings
from tests.graph.conftest import Graph, opened
from tests.graph.lists import code_of, global_id

TOKEN = "/oauth/token"
LARKSPUR = global_id("ClinkedAccount", "clinked", "11")
READ = "query Read($id: ID!) { company(id: $id) { name } }"

# For each platform something that is only read with its credentials.
READS = {
    "clinked": "{ companies(platforms: [CLINKED]) { outages { code } } }",
    "codat": "{ companies(platforms: [CODAT]) { outages { code } } }",
    "conduit": "{ companies(platforms: [CONDUIT]) { outages { code } } }",
    "leadconduit": "{ entities { outages { code } } }",
}
SECRETS = {
    "clinked": "client_secret",
    "codat": "api_key",
    "conduit-north": "link_app_token",
    "conduit-south": "link_app_token",
    "kondado": "token",
    "leadconduit": "api_key",
}


def wrong(sandbox: Sandbox) -> Settings:
    """Make settings in which no secret is right."""
    settings = sandbox_settings(sandbox)
    connections = {
        name: one.model_copy(update={SECRETS[name]: SecretStr("wrong")})
        for name, one in settings.connections.items()
    }
    return settings.model_copy(update={"connections": connections})


async def asked(graph: Graph, path: str) -> list[int]:
    """Tell how Clinked answered the calls to a path."""
    return [call["status"] for call in await graph.calls("clinked") if call["path"] == path]


async def fifty(graph: Graph) -> list[dict[str, Any]]:
    """Run fifty operations at once, each of which reads something else, which is not there."""
    ids = [global_id("ClinkedAccount", "clinked", str(number)) for number in range(1000, 1050)]
    return await asyncio.gather(*(graph.answer(READ, id=id) for id in ids))


async def statuses(graph: Graph) -> list[int]:
    """Tell how Clinked answered all calls but those for tokens."""
    return [call["status"] for call in await graph.calls("clinked") if call["path"] != TOKEN]


async def test_fifty_first_operations_ask_for_one_token(graph: Graph) -> None:
    """All of them wait for the same token."""
    answers = await fifty(graph)

    assert answers == [{"data": {"company": None}}] * 50
    assert await asked(graph, TOKEN) == [200]
    assert await statuses(graph) == [404] * 50


async def test_fifty_operations_with_an_ended_token_ask_for_one_new(graph: Graph) -> None:
    """Whoever is refused with the old token takes the new one, however late."""
    await graph.data(READ, id=LARKSPUR)
    await graph.fault("clinked", expire_tokens=True)
    await graph.forget_calls()
    answers = await fifty(graph)

    assert answers == [{"data": {"company": None}}] * 50
    assert await asked(graph, TOKEN) == [200]
    told = await statuses(graph)
    assert told.count(404) == 50
    assert 1 <= told.count(401) <= 50


async def test_a_token_is_kept_from_operation_to_operation(graph: Graph) -> None:
    """It lasts two hours, and every request for one is a risk."""
    await graph.data(READ, id=LARKSPUR)
    await graph.data(READ, id=LARKSPUR)

    assert await asked(graph, TOKEN) == [200]


async def test_a_read_that_was_refused_is_sent_once_more_with_a_new_token(graph: Graph) -> None:
    """The caller sees nothing of a token that ended early."""
    await graph.data(READ, id=LARKSPUR)
    await graph.fault("clinked", expire_tokens=True)
    await graph.forget_calls()
    data = await graph.data(READ, id=LARKSPUR)

    assert data == {"company": {"name": "Larkspur Architects"}}
    calls = [(call["path"], call["status"]) for call in await graph.calls("clinked")]
    assert calls == [("/v3/accounts/11", 401), (TOKEN, 200), ("/v3/accounts/11", 200)]


async def test_a_platform_that_always_refuses_is_asked_once_more_and_no_more(graph: Graph) -> None:
    """There is no end to retries that begin again at every refusal."""
    await graph.data(READ, id=LARKSPUR)
    await graph.fault("clinked", status=401)
    await graph.forget_calls()
    answer = await graph.answer(READ, id=LARKSPUR)

    assert code_of(answer) == "UPSTREAM_UNAUTHORIZED"
    calls = [(call["path"], call["status"]) for call in await graph.calls("clinked")]
    assert calls == [("/v3/accounts/11", 401), (TOKEN, 401)]


@pytest.mark.parametrize("platform", READS)
async def test_wrong_credentials_are_told_as_such(sandbox: Sandbox, platform: str) -> None:
    """The operator reads which connection to mend, and the platform is not pestered."""
    async with opened(sandbox, wrong(sandbox)) as graph:
        data = await graph.data(READS[platform])
        calls = await graph.calls(platform)

    (listed,) = data.values()
    assert {outage["code"] for outage in listed["outages"]} == {"UPSTREAM_UNAUTHORIZED"}
    assert len(calls) == len(listed["outages"])
    assert {call["status"] for call in calls} == {401}


async def test_wrong_credentials_of_kondado_are_told_as_such(sandbox: Sandbox) -> None:
    """Kondado says so in the body of an answer that is well by its status."""
    document = """{ connection(name: "kondado") {
        ... on KondadoConnection { sourceTypes { nodes { name } } }
    } }"""
    async with opened(sandbox, wrong(sandbox)) as graph:
        answer = await graph.answer(document)
        calls = await graph.calls("kondado")

    assert answer["data"] == {"connection": {"sourceTypes": None}}
    assert code_of(answer) == "UPSTREAM_UNAUTHORIZED"
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        ({"status": 500}, "UPSTREAM_UNAVAILABLE"),
        ({"status": 400}, "UPSTREAM_UNAUTHORIZED"),
        ({"status": 429, "headers": {"Retry-After": "1"}}, "UPSTREAM_RATE_LIMITED"),
        ({"cut": True}, "UPSTREAM_UNAVAILABLE"),
        ({"body": "{}"}, "UPSTREAM_MALFORMED"),
        ({"body": "<html>"}, "UPSTREAM_MALFORMED"),
        ({"body": '{"access_token": 7, "expires_in": "soon"}'}, "UPSTREAM_MALFORMED"),
    ],
)
async def test_a_token_that_cannot_be_had_is_a_fault_of_the_platform(
    graph: Graph, faults: dict[str, Any], code: str
) -> None:
    """Nothing is sent without a token, and the next operation tries anew."""
    await graph.fault("clinked", **faults)
    answer = await graph.answer(READ, id=LARKSPUR)
    paths = {call["path"] for call in await graph.calls("clinked")}
    await graph.fault("clinked")
    later = await graph.data(READ, id=LARKSPUR)

    assert code_of(answer) == code
    assert paths == {TOKEN}
    assert later == {"company": {"name": "Larkspur Architects"}}
