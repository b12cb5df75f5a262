"""Clinked's stand-in: the tags of members."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

TAGS = "/v3/accounts/11/member-tags"
USER = {"id", "name", "username", "logo", "jobTitle", "lastModified"}


async def test_tags_follow_the_members(clinked: httpx.AsyncClient) -> None:
    """A tag is there as long as a member of the account has it."""
    before = (await clinked.get(TAGS)).json()
    await clinked.patch("/v3/accounts/11/members/bruno.ashdown", json={"tags": ["night shift"]})
    after = (await clinked.get(TAGS)).json()
    elsewhere = (await clinked.get("/v3/accounts/12/member-tags")).json()

    assert before == elsewhere == ["board", "contractor", "office", "remote"]
    assert after == ["board", "contractor", "night shift", "office", "remote"]


async def test_a_summary_comes_in_pages(clinked: httpx.AsyncClient) -> None:
    """The pages are of one tag unless the caller asks for more."""
    first = (await clinked.get(TAGS, params={"summary": "true"})).json()
    asked = {"summary": "true", "size": 3, "orderBy": "members", "ascending": "false"}
    large = (await clinked.get(TAGS, params=asked)).json()
    part = (await clinked.get(TAGS, params={"summary": "true", "startsWith": "off"})).json()

    assert first == {
        "items": [{"name": "board", "members": 10}],
        "currentPage": 1,
        "totalPages": 4,
        "pageSize": 1,
        "totalResults": 4,
        "nextPage": True,
        "previousPage": False,
    }
    assert [one["members"] for one in large["items"]] == [10, 9, 9]
    assert part["items"] == [{"name": "office", "members": 9}]


async def test_several_tags_are_asked_for_at_once(clinked: httpx.AsyncClient) -> None:
    """The answer maps each name to its members, whether the comma comes encoded or not."""
    plain = (await clinked.get(f"{TAGS}/board,remote")).json()
    encoded = (await clinked.get(f"{TAGS}/board%2Cremote")).json()

    assert plain == encoded
    assert list(plain) == ["board", "remote"]
    assert [len(people) for people in plain.values()] == [10, 9]
    assert set(plain["board"][0]) == USER
    assert plain["board"][0]["username"] == "ada.ashdown"


async def test_a_tag_that_nobody_has_is_refused(clinked: httpx.AsyncClient) -> None:
    """One wrong name among several is enough; so is a wrong order."""
    unknown = await clinked.get(f"{TAGS}/board,ghost")
    order = await clinked.get(TAGS, params={"summary": "true", "orderBy": "shoe"})

    assert (unknown.status_code, order.status_code) == (404, 400)
