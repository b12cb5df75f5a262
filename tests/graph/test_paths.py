"""Keys in ids stay one segment of a path, whatever is in them."""

from urllib.parse import quote

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import code_of, global_id

NODE = "query Node($id: ID!) { node(id: $id) { id } }"

# Where a kind's id leads: its platform, connection, keys that are good, and the path they fill.
PLACES = {
    "ClinkedAccount": ("clinked", "clinked", ("11",), "/v3/accounts/{}"),
    "ClinkedGroup": ("clinked", "clinked", ("11", "102"), "/v3/accounts/{}/groups/{}"),
    "ClinkedMember": ("clinked", "clinked", ("11", "ada.ashdown"), "/v3/accounts/{}/members/{}"),
    "ClinkedInvite": ("clinked", "clinked", ("11", "501"), "/v3/accounts/{}/invites/{}"),
    "CodatCompany": ("codat", "codat", ("8534f457",), "/companies/{}"),
    "CodatDataConnection": (
        "codat",
        "codat",
        ("8534f457", "43000de0"),
        "/companies/{}/connections/{}",
    ),
    "ConduitCompany": ("conduit", "conduit-north", ("1",), "/link/company/{}/"),
    "LeadConduitEntity": ("leadconduit", "leadconduit", ("65f0a11c",), "/entities/{}"),
}

# No spelling of these is safe: clients and servers resolve dots even when they are encoded.
NOWHERE = [
    *("", ".", "..", "\n", "1\n", "\r\nHost: x", "\0", "a\tb", "\x7f", "\u2028", "\ud800"),
    # A server in between may decode what was encoded, and resolve it.
    *("../x", "..\\x", "a/b", "/", "//x", "/..", "./", "1/groups/102", "1/../../12", "\\"),
    *("%2e%2e", "%2F", "..%2f", "%00", "50%25", "?", "1?x=1", "#", "1#x"),
    # So may one that writes characters in their usual form.
    *("..\uff0fx", "\uff0e\uff0e", "\uff0e", "1\uff1fx=1", "\ufe6a2ex", "\u2026\uff0f"),
]

ONE_SEGMENT = [
    *("&a=b", ";x", "..;", "@evil.example", ":80", " ", "a b", "+", "*", "{account}", "..."),
    *("é", "日本", "~", "%", "50% done", "a\u2215b"),
]


def edged(kind: str, bad: str) -> list[tuple[str, ...]]:
    """Put a bad key in the place of each of a kind's keys in turn."""
    good = PLACES[kind][2]
    return [(*good[:place], bad, *good[place + 1 :]) for place in range(len(good))]


@pytest.mark.parametrize("kind", PLACES)
async def test_a_key_that_points_nowhere_is_refused(graph: Graph, kind: str) -> None:
    """Empty segments, dots and control characters are never sent."""
    platform, connection, *_ = PLACES[kind]
    for bad in NOWHERE:
        for keys in edged(kind, bad):
            answer = await graph.answer(NODE, id=global_id(kind, connection, *keys))

            assert answer["data"] == {"node": None}
            assert code_of(answer) == "BAD_USER_INPUT"

    assert await graph.calls(platform) == []


@pytest.mark.parametrize("kind", PLACES)
async def test_a_key_stays_one_segment_of_its_path(graph: Graph, kind: str) -> None:
    """What looks like a path, a query or an encoding reaches the platform as one name."""
    platform, connection, _, template = PLACES[kind]
    for bad in ONE_SEGMENT:
        for keys in edged(kind, bad):
            await graph.answer(NODE, id=global_id(kind, connection, *keys))
            sent = [c for c in await graph.calls(platform) if c["path"] != "/oauth/token"]
            await graph.forget_calls()

            expected = template.format(*(quote(key, safe="@") for key in keys))
            assert [(call["path"], call["query"]) for call in sent] == [(expected, {})]


@pytest.mark.parametrize("bad", ["..", "../12", "a;b", "&x=1", "\n"])
async def test_keys_of_things_in_groups_stay_segments_too(graph: Graph, bad: str) -> None:
    """The group's own key stands before the member's in the path."""
    await graph.answer(NODE, id=global_id("ClinkedGroupMember", "clinked", "11", bad, "1001"))
    await graph.answer(NODE, id=global_id("ClinkedGroupMember", "clinked", "11", "102", bad))
    await graph.answer(NODE, id=global_id("ClinkedGroupInvite", "clinked", "11", bad, "701"))
    await graph.answer(NODE, id=global_id("ClinkedGroupInvite", "clinked", "11", "102", bad))

    key = quote(bad, safe="")
    expected = {
        f"/v3/groups/{key}/members/1001",
        f"/v3/groups/102/members/{key}",
        f"/v3/groups/{key}/invites/701",
        f"/v3/groups/102/invites/{key}",
    }
    sent = {call["path"] for call in await graph.calls("clinked")} - {"/oauth/token"}
    assert sent == (set[str]() if bad in {"..", "../12", "\n"} else expected)


async def test_a_key_is_never_a_query_to_codats_groups(graph: Graph) -> None:
    """A group's key is compared with those of the list, and is not sent at all."""
    answer = await graph.data(NODE, id=global_id("CodatGroup", "codat", "..;companies&x=1"))
    sent = [(call["path"], call["query"]) for call in await graph.calls("codat")]

    assert answer == {"node": None}
    assert sent == [("/groups", {})]
