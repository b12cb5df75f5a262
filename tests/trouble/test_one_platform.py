"""One platform in trouble of any kind: the other four are whole, and it says what it is."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from gateway.sandbox import Sandbox
from tests.graph.conftest import Graph, opened
from tests.trouble.asking import (
    ALDER,
    AURORA,
    COMPANY,
    LARKSPUR,
    MARKER,
    PLATFORMS,
    codes,
    posted,
    sign_in,
    tuned,
    until,
)

NOUNS = ("companies", "groups", "members", "invites", "entities")
ASKS = "nodes { id platform } outages { platform connection code }"
SINGLE = {"clinked": LARKSPUR, "codat": COMPANY, "conduit": AURORA, "leadconduit": ALDER}
EVERYTHING = f"""query Everything {{
    {" ".join(f"{noun}(first: 100) {{ {ASKS} }}" for noun in NOUNS)}
    {" ".join(f'{name}: node(id: "{id}") {{ id }}' for name, id in SINGLE.items())}
    kondado: connection(name: "kondado") {{
        ... on KondadoConnection {{ sourceTypes {{ nodes {{ id name }} }} }}
    }}
}}"""

# A kind of trouble, and the codes that tell of it. What follows a request to wait is not sent.
TROUBLES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "500": ({"status": 500}, {"UPSTREAM_UNAVAILABLE"}),
    "429": (
        {"status": 429, "headers": {"Retry-After": "60"}},
        {"UPSTREAM_RATE_LIMITED", "RATE_LIMITED"},
    ),
    "cut": ({"cut": True}, {"UPSTREAM_UNAVAILABLE"}),
    "drop": ({"drop": True}, {"UPSTREAM_UNAVAILABLE"}),
    "drop before": ({"drop_before": True}, {"UPSTREAM_UNAVAILABLE"}),
    "half": ({"half": True}, {"UPSTREAM_MALFORMED"}),
    "html": ({"html": True}, {"UPSTREAM_MALFORMED"}),
    "html of a proxy": ({"html": True, "status": 502}, {"UPSTREAM_UNAVAILABLE"}),
    "a minute": ({"latency_ms": 60_000}, {"DEADLINE_EXCEEDED"}),
    "deep": ({"nested": 10_000, "megabytes": 10}, {"UPSTREAM_MALFORMED"}),
    "too large": ({"megabytes": 3}, {"UPSTREAM_MALFORMED"}),
}
MOST_BYTES = {"too large": 1_000_000}


def within(trouble: str) -> float:
    """Give a deadline: one that has to come before the minute, or one that must not come."""
    return 1.5 if trouble == "a minute" else 20


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """What the untroubled gateway answers, once it was asked."""
    return {}


@pytest.fixture
async def troubled(
    sandbox: Sandbox, request: pytest.FixtureRequest, whole: dict[str, Any]
) -> AsyncGenerator[Graph]:
    """A gateway that has its token, and reads no answer beyond what the trouble is to exceed."""
    most = MOST_BYTES.get(request.node.callspec.params["trouble"], 16 * 1024 * 1024)
    async with opened(sandbox, tuned(sandbox, most_answer_bytes=most)) as graph:
        if not whole:
            whole.update(await graph.data(EVERYTHING))
        await sign_in(graph)
        yield graph


async def given_up(graph: Graph, platform: str) -> bool:
    """Tell whether the stand-in has seen that nobody waits for any of its answers."""
    return all(call["status"] == 0 for call in await graph.calls(platform))


def of_others(listed: dict[str, Any], platform: str) -> list[Any]:
    """Give the items of a list that are not of the platform."""
    return [one for one in listed["nodes"] if one["platform"] != platform.upper()]


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_the_other_four_are_whole(
    troubled: Graph, whole: dict[str, Any], platform: str, trouble: str
) -> None:
    """What is missing is named with its platform and code; all else is as if nothing were."""
    faults, expected = TROUBLES[trouble]
    await troubled.fault(platform, **faults)
    response = await posted(troubled, EVERYTHING, within=within(trouble))
    data, errors = (response.json().get(name, []) for name in ("data", "errors"))

    outages: list[dict[str, str]] = []
    for noun in NOUNS:
        assert of_others(data[noun], platform) == of_others(whole[noun], platform)
        outages += [one for one in data[noun]["outages"] if one not in whole[noun]["outages"]]
    for name in SINGLE.keys() - {platform}:
        assert data[name] == whole[name]
    assert data["kondado"] == whole["kondado"] or platform == "kondado"
    assert [error["path"][0] for error in errors] == [platform]
    assert {one["platform"] for one in outages} == {platform.upper()} - {"KONDADO"}
    assert {one["code"] for one in outages} | set(codes(response.json())) <= expected
    assert MARKER not in response.text
    if trouble == "a minute":
        await until(lambda: given_up(troubled, platform))


GROUPS = """query Groups($id: ID!) { company(id: $id) { name ... on ClinkedAccount {
    groups(first: 3) { nodes { name members(first: 2) { nodes { name } } } }
} } }"""


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_trouble_that_begins_in_the_middle_costs_what_it_meets(
    troubled: Graph, trouble: str
) -> None:
    """The account and its groups were there before; one group's members are null."""
    whole = await troubled.data(GROUPS, id=LARKSPUR)
    faults, expected = TROUBLES[trouble]
    members = "/v3/groups/101/members"
    await troubled.fault("clinked", **faults, only={"path": members})
    response = await posted(troubled, GROUPS, within=within(trouble), id=LARKSPUR)
    answer = response.json()

    groups = answer["data"]["company"]["groups"]["nodes"]
    untroubled = whole["company"]["groups"]["nodes"]
    assert [one["name"] for one in groups] == [one["name"] for one in untroubled]
    lost = [place for place, one in enumerate(groups) if one["members"] is None]
    assert lost == [error["path"][3] for error in answer["errors"]]
    assert len(lost) == 1
    assert [one for one in groups if one["members"]] == [
        one for place, one in enumerate(untroubled) if place not in lost
    ]
    assert set(codes(answer)) <= expected
    assert MARKER not in response.text


@pytest.mark.parametrize("trouble", ["500", "429", "drop", "html", "a minute", "deep"])
async def test_a_token_service_in_trouble_is_its_platform_in_trouble(
    sandbox: Sandbox, whole: dict[str, Any], trouble: str
) -> None:
    """Without a token nothing is asked of Clinked, and nothing is kept from the others."""
    faults, expected = TROUBLES[trouble]
    async with opened(sandbox, tuned(sandbox)) as graph:
        whole = whole or await graph.data(EVERYTHING)
    async with opened(sandbox, tuned(sandbox)) as graph:
        await graph.fault("clinked", **faults, only={"path": "/oauth/token"})
        response = await posted(graph, EVERYTHING, within=within(trouble))
        paths = {call["path"] for call in await graph.calls("clinked")}

    answer = response.json()
    assert paths == {"/oauth/token"}
    for noun in NOUNS:
        listed = answer["data"][noun]
        others = [one for one in whole[noun]["nodes"] if one["platform"] != "CLINKED"]
        assert listed["nodes"] == others
        told = {one["code"] for one in listed["outages"] if one["connection"] == "clinked"}
        assert told <= expected
        assert told or noun == "entities"
    assert answer["data"]["kondado"] == whole["kondado"]
    assert MARKER not in response.text
