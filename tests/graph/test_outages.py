"""One platform down: what the others give, and how the one comes back."""

from typing import Any

import pytest

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from gateway.settings import Settings
from tests.graph.conftest import Graph, opened
from tests.graph.lists import SEEDED, code_of, flat, global_id, page, walk

FIVE = """query Five {
    companies(first: 9) { ...Page nodes { id } }
    entities(first: 9) { ...Page nodes { id } }
    invites(first: 9) { ...Page nodes { id } }
    kondado: connection(name: "kondado") {
        ... on KondadoConnection { sourceTypes { totalCount } }
    }
}""".replace("...Page", "outages { connection code } pageInfo { endCursor }")

# Which connections each list lacks while a platform is down.
MISSING: dict[str, dict[str, set[str]]] = {
    "clinked": {"companies": {"clinked"}, "invites": {"clinked"}},
    "codat": {"companies": {"codat"}},
    "conduit": {"companies": {"conduit-north", "conduit-south"}},
    "kondado": {},
    "leadconduit": {"entities": {"leadconduit"}, "invites": {"leadconduit"}},
}
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "503": ({"status": 503}, "UPSTREAM_UNAVAILABLE"),
    "503 of a proxy": ({"status": 503, "body": "<html>no</html>"}, "UPSTREAM_UNAVAILABLE"),
    "cut": ({"cut": True}, "UPSTREAM_UNAVAILABLE"),
    "200 of a proxy": ({"body": "<html>Welcome</html>"}, "UPSTREAM_MALFORMED"),
    "429": ({"status": 429}, "UPSTREAM_RATE_LIMITED"),
}


def patient(sandbox: Sandbox, seconds: float) -> Settings:
    """Make settings with which every connection waits so long for an answer."""
    settings = sandbox_settings(sandbox)
    waiting = {"timeout_seconds": seconds}
    connections = {n: c.model_copy(update=waiting) for n, c in settings.connections.items()}
    return settings.model_copy(update={"connections": connections})


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("platform", MISSING)
async def test_one_platform_down_costs_its_own_part_alone(
    graph: Graph, platform: str, fault: str
) -> None:
    """The other four answer in full, and the outage is told once for each connection and list."""
    faults, code = FAULTS[fault]
    await graph.fault(platform, **faults)
    answer = await graph.answer(FIVE)

    data = answer["data"]
    for noun in ("companies", "entities", "invites"):
        told = [(o["connection"], o["code"]) for o in data[noun]["outages"]]
        down = {(connection, code) for connection in MISSING[platform].get(noun, set())}
        cannot = {("kondado", "NOT_SUPPORTED")} if noun == "invites" else set[tuple[str, str]]()

        assert sorted(told) == sorted(down | cannot)
        assert data[noun]["nodes"] or (noun, platform) == ("entities", "leadconduit")
    if platform == "kondado":
        assert data["kondado"] == {"sourceTypes": None}
        assert code_of(answer) == code
    else:
        assert data["kondado"] == {"sourceTypes": {"totalCount": 12}}
        assert "errors" not in answer


@pytest.mark.parametrize("noun", ["companies", "groups", "members", "invites", "entities"])
@pytest.mark.parametrize("platform", MISSING)
async def test_a_platform_that_comes_back_is_resumed(
    graph: Graph, platform: str, noun: str
) -> None:
    """Over the whole walk every item comes once, though a platform was down for its start."""
    every = flat(await walk(graph, noun, first=100))
    await graph.fault(platform, status=503)
    begun = await page(graph, noun, first=7)
    again = await page(graph, noun, first=7, after=begun["pageInfo"]["endCursor"])
    await graph.fault(platform)
    rest = flat(await walk(graph, noun, first=7, after=again["pageInfo"]["endCursor"]))
    seen = [node["id"] for read in (begun, again) for node in read["nodes"]] + rest

    assert sorted(seen) == sorted(every)
    assert len(seen) == SEEDED[noun]


async def test_a_platform_that_goes_down_on_the_way_keeps_its_place(graph: Graph) -> None:
    """What was read before the outage does not come again after it."""
    every = flat(await walk(graph, "companies"))
    begun = await page(graph, "companies", first=9)
    await graph.fault("codat", cut=True)
    without = await page(graph, "companies", first=9, after=begun["pageInfo"]["endCursor"])
    await graph.fault("codat")
    rest = flat(await walk(graph, "companies", after=without["pageInfo"]["endCursor"]))
    seen = [node["id"] for read in (begun, without) for node in read["nodes"]] + rest

    assert sorted(seen) == sorted(every)


async def test_reading_resumes_from_an_edge_of_a_page_with_an_outage(graph: Graph) -> None:
    """The cursor of every edge keeps the place of the platform that was down."""
    every = flat(await walk(graph, "companies"))
    await graph.fault("clinked", status=500)
    begun = await page(graph, "companies", first=6)
    await graph.fault("clinked")
    for place, edge in enumerate(begun["edges"], 1):
        rest = flat(await walk(graph, "companies", after=edge["cursor"]))
        seen = [node["id"] for node in begun["nodes"][:place]] + rest

        assert sorted(seen) == sorted(every)


@pytest.mark.parametrize("noun", ["companies", "groups", "members", "invites", "entities"])
@pytest.mark.parametrize("platform", ["clinked", "codat", "conduit", "leadconduit"])
async def test_a_loop_over_pages_ends_though_a_platform_stays_down(
    graph: Graph, platform: str, noun: str
) -> None:
    """A client that loops while `hasNextPage` must not loop for as long as the outage lasts."""
    await graph.fault(platform, status=503)
    pages = await walk(graph, noun, first=10)
    await graph.fault(platform)

    seen = flat(pages)
    assert len(seen) == len(set(seen)) <= SEEDED[noun]
    # One page beyond the last item is the price of telling that there is more to come.
    assert len(pages) <= len(seen) // 10 + 2


async def test_all_platforms_down_is_an_empty_page_and_not_an_error(graph: Graph) -> None:
    """The page says who is missing, its cursor is where the list began, and a loop ends."""
    for platform in ("clinked", "codat", "conduit"):
        await graph.fault(platform, status=503)
    read = await page(graph, "companies")
    for platform in ("clinked", "codat", "conduit"):
        await graph.fault(platform)
    rest = flat(await walk(graph, "companies", after=read["pageInfo"]["endCursor"]))

    assert read["nodes"] == []
    assert len(read["outages"]) == 4
    assert read["pageInfo"]["hasNextPage"] is False
    assert len(rest) == SEEDED["companies"]


async def test_an_outage_tells_when_to_come_back(graph: Graph) -> None:
    """`Retry-After` of a platform that limits is passed on."""
    await graph.fault("codat", status=429, headers={"Retry-After": "17"})
    document = """{ companies { outages {
        platform connection code message retryAfterSeconds
    } } }"""
    outages = (await graph.data(document))["companies"]["outages"]

    assert outages == [
        {
            "platform": "CODAT",
            "connection": "codat",
            "code": "UPSTREAM_RATE_LIMITED",
            "message": "Codat asks to wait: too many requests.",
            "retryAfterSeconds": 17,
        }
    ]


async def test_a_total_is_not_told_while_a_platform_is_down(graph: Graph) -> None:
    """A sum without one platform would look like the whole."""
    await graph.fault("codat", status=503)
    data = await graph.data("{ companies { totalCount } }")

    assert data == {"companies": {"totalCount": None}}


@pytest.mark.parametrize("platform", ["codat", "conduit", "leadconduit"])
async def test_a_platform_that_is_too_slow_is_down(sandbox: Sandbox, platform: str) -> None:
    """After the connection's timeout the others are not kept waiting."""
    late = set[str]().union(*MISSING[platform].values())
    async with opened(sandbox, patient(sandbox, 0.25)) as graph:
        await graph.data("{ companies(platforms: [CLINKED]) { nodes { id } } }")
        await graph.fault(platform, latency_ms=400)
        data = await graph.data(FIVE)
        # The stand-in notes a call when it answers; none may be left for the next test.
        while len(await graph.calls(platform)) < len(late):
            continue

    told = {
        o["connection"]: o["code"] for n in ("companies", "entities") for o in data[n]["outages"]
    }
    assert told == dict.fromkeys(late, "UPSTREAM_UNAVAILABLE")


async def test_a_list_inside_a_thing_fails_as_a_field(graph: Graph) -> None:
    """A company's own list has one source, so its outage is an error with null in its place."""
    id = global_id("ClinkedAccount", "clinked", "11")
    document = """query Nested($id: ID!) {
        company(id: $id) { id members { nodes { id } } }
    }"""
    await graph.data(document, id=id)
    body = '{"id": 11, "name": "larkspur", "friendlyName": "Larkspur Architects"}'
    await graph.fault("clinked", body=body.replace("{", '{"items": "none", ', 1))
    answer = await graph.answer(document, id=id)

    assert answer["data"] == {"company": {"id": id, "members": None}}
    assert answer["errors"][0]["path"] == ["company", "members"]
    assert code_of(answer) == "UPSTREAM_MALFORMED"
