"""Codat's stand-in: companies, their connections and groups."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

COMPANY = {
    "id",
    "name",
    "description",
    "redirect",
    "lastSync",
    "created",
    "createdByUserName",
    "products",
    "tags",
    "groups",
    "referenceParentCompany",
    "referenceSubsidiaryCompanies",
    "dataConnections",
}
CONNECTION = {
    "id",
    "integrationId",
    "integrationKey",
    "sourceId",
    "sourceType",
    "platformName",
    "linkUrl",
    "status",
    "lastSync",
    "created",
    "dataConnectionErrors",
    "connectionInfo",
}
TROUBLE = {
    "statusCode",
    "statusText",
    "errorMessage",
    "erroredOnUtc",
    "status",
    "resolvedOnUtc",
}
ERROR = {
    "statusCode",
    "service",
    "error",
    "correlationId",
    "validation",
    "canBeRetried",
    "detailedErrorCode",
}


def held(several: list[dict[str, Any]]) -> set[str]:
    """Tell which fields hold something in any of several objects."""
    return {name for one in several for name, value in one.items() if value}


async def names(client: httpx.AsyncClient, **asked: str) -> list[str]:
    """List the names that a query finds."""
    page = (await client.get("/companies", params=asked)).json()
    return [one["name"] for one in page["results"]]


async def test_pages_are_linked_with_their_neighbours(codat: httpx.AsyncClient) -> None:
    """Links are relative, and following them finds every company once."""
    page = (await codat.get("/companies", params={"pageSize": 15})).json()
    found = list(page["results"])
    while "next" in page["_links"]:
        page = (await codat.get(page["_links"]["next"]["href"])).json()
        found += page["results"]

    assert len({one["id"] for one in found}) == len(found) == page["totalResults"] == 32
    assert page["pageNumber"] == 3
    assert page["_links"]["self"] == {"href": "/companies"}
    assert page["_links"]["previous"] == {"href": "/companies?page=2&pageSize=15"}
    assert set(found[0]) >= COMPANY


async def test_the_seed_shows_every_field_of_a_company(codat: httpx.AsyncClient) -> None:
    """Each field holds something in one of the companies or in one of the connections."""
    companies = (await codat.get("/companies")).json()["results"]
    connections = [one for company in companies for one in company["dataConnections"]]
    parent, child = companies[0], companies[1]
    told = [one["dataConnectionErrors"] for one in connections if one["dataConnectionErrors"]]
    errors: list[dict[str, Any]] = told[0]

    assert held(companies) >= COMPANY | {"ownerUserIds"}
    assert held(connections) == CONNECTION
    assert parent["referenceSubsidiaryCompanies"][0]["id"] == child["id"]
    assert child["referenceParentCompany"]["id"] == parent["id"]
    assert set(child["referenceParentCompany"]) == {"id", "name", "description", "links", "tags"}
    assert all(set(error) == TROUBLE for error in errors)
    assert {error["status"] for error in errors} == {"Active", "Resolved", None}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=Calder Foods", 1),
        ("name != Calder Foods", 31),
        ("name~calder", 4),
        ("{name~calder || name~farrow} && name~foods", 2),
        ("name~calder||name~farrow&&name~foods", 5),
        ("created>=2026-05-01&&created<2026-06-01", 4),
        ("name~amberlea & sons", 0),
        ("description!=Customer number 1001", 31),
        ("dataConnections.status=Linked", 11),
    ],
)
async def test_queries_find_companies(codat: httpx.AsyncClient, query: str, found: int) -> None:
    """Conditions can be joined and grouped; && binds closer than ||."""
    page = (await codat.get("/companies", params={"query": query, "pageSize": 100})).json()

    assert page["totalResults"] == found


@pytest.mark.parametrize("query", ["name", "name=", "{name=a", "name=a}", "&& name=a", "a=1"])
async def test_a_malformed_query_is_refused(codat: httpx.AsyncClient, query: str) -> None:
    """The refusal is a 400 in Codat's envelope."""
    refused = await codat.get("/companies", params={"query": query})

    assert refused.status_code == 400
    assert set(refused.json()) == ERROR
    assert refused.json()["error"].startswith("Error parsing query - ")


async def test_companies_are_found_by_tags_and_ordered(codat: httpx.AsyncClient) -> None:
    """A minus before the property orders from its end."""
    tagged = await names(codat, tags="team=cedar && region!=uk", orderBy="-name")

    assert tagged == sorted(tagged, reverse=True)
    assert tagged
    assert (await codat.get("/companies", params={"pageSize": 5001})).status_code == 400


async def test_a_company_lives_from_post_to_delete(codat: httpx.AsyncClient) -> None:
    """Forbidden characters vanish from a name; a patch leaves what a put clears."""
    body = {"name": "Vex (Trading[1])", "description": "New", "tags": {"team": "oak"}}
    made = (await codat.post("/companies", json=body)).json()
    path = f"/companies/{made['id']}"
    patched = (await codat.patch(path, json={"name": "Vex", "tags": None})).json()
    put = (await codat.put(path, json={"name": "Vex Two"})).json()
    deleted = await codat.delete(path)
    missing = await codat.get(path)

    assert (made["name"], set(made) >= COMPANY) == ("Vex Trading1", True)
    assert patched == made | {"name": "Vex"}
    assert (put["name"], put["description"], put["tags"]) == ("Vex Two", None, {})
    assert (deleted.status_code, missing.status_code) == (204, 404)
    assert set(missing.json()) == ERROR


@pytest.mark.parametrize(
    "body",
    [{}, {"name": ""}, {"name": "[]"}, {"name": "A", "tags": {"k": 1}}, {"name": "A", "groups": 1}],
)
async def test_a_bad_company_is_refused(codat: httpx.AsyncClient, body: dict[str, Any]) -> None:
    """The refusal says what is wrong under validation."""
    refused = await codat.post("/companies", json=body)

    assert refused.status_code == 400
    assert refused.json()["validation"]["errors"][0]["message"]


async def test_a_repeated_key_repeats_the_answer(codat: httpx.AsyncClient) -> None:
    """The same key makes one company only, and is refused with another body."""
    headers = {"Idempotency-Key": "5f0c4a7e-1111-4222-8333-944455556666"}
    first = await codat.post("/companies", json={"name": "Once"}, headers=headers)
    again = await codat.post("/companies", json={"name": "Once"}, headers=headers)
    other = await codat.post("/companies", json={"name": "Twice"}, headers=headers)

    assert (first.json(), first.status_code) == (again.json(), again.status_code)
    assert other.status_code == 422
    assert await names(codat, query="name=Once") == ["Once"]


async def test_companies_join_and_leave_groups(codat: httpx.AsyncClient) -> None:
    """A company can be made in a group, join another and leave it."""
    groups = (await codat.get("/groups")).json()["results"]
    one, two = groups[0]["id"], groups[1]["id"]
    made = (await codat.post("/companies", json={"name": "G", "groups": [{"id": one}]})).json()
    path = f"/companies/{made['id']}/groups"
    joined = (await codat.patch(path, json={"groupId": two})).json()
    left = await codat.delete(f"{path}/{two}")

    assert made["groups"] == [{"id": one}]
    assert joined["groups"] == [{"id": one}, {"id": two}]
    assert left.status_code == 204
    assert (await codat.delete(f"{path}/{two}")).status_code == 404


async def test_a_client_has_twenty_groups_at_most(codat: httpx.AsyncClient) -> None:
    """The twenty-first is refused with 409, a name that is too long with 400."""
    statuses = [
        (await codat.post("/groups", json={"name": f"Group {number}"})).status_code
        for number in range(17)
    ]

    assert statuses == [200] * 16 + [409]
    assert (await codat.post("/groups", json={"name": "n" * 51})).status_code == 400


async def test_a_connection_lives_from_post_to_delete(codat: httpx.AsyncClient) -> None:
    """It waits for authorization, is linked, unlinked once, and deleted."""
    company = (await codat.post("/companies", json={"name": "C"})).json()
    many = f"/companies/{company['id']}/connections"
    made = (await codat.post(many, json={"platformKey": "acbk"})).json()
    path = f"{many}/{made['id']}"
    early = await codat.patch(path, json={"status": "Unlinked"})
    linked = (await codat.put(f"{path}/authorization", json={})).json()
    unlinked = (await codat.patch(path, json={"status": "Unlinked"})).json()
    listed = (await codat.get(many)).json()
    deleted = await codat.delete(path)

    assert (set(made), made["status"]) == (CONNECTION, "PendingAuth")
    assert (early.status_code, linked["status"], unlinked["status"]) == (400, "Linked", "Unlinked")
    assert listed["results"] == [unlinked]
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await codat.get(path)).status_code == 404
    assert (await codat.post(many, json={"platformKey": "x"})).status_code == 400


async def test_a_company_has_products_and_a_token(codat: httpx.AsyncClient) -> None:
    """Products come and go; the token is a bearer's."""
    company = (await codat.get("/companies")).json()["results"][1]
    path = f"/companies/{company['id']}"
    added = await codat.put(f"{path}/products/lending")
    products = (await codat.get(path)).json()["products"]
    await codat.delete(f"{path}/products/lending")
    token = (await codat.get(f"{path}/accessToken")).json()

    assert (added.status_code, products) == (204, ["lending"])
    assert (await codat.get(path)).json()["products"] == []
    assert set(token) == {"expiresIn", "accessToken", "tokenType"}


async def test_the_key_has_neither_user_nor_colon(
    codat: httpx.AsyncClient, described: dict[str, dict[str, Any]]
) -> None:
    """The same key as a password is refused."""
    key = described["codat"]["credentials"]["api_key"]
    refused = await codat.get("/companies", auth=("", key))

    assert (refused.status_code, refused.json()["error"]) == (401, "Unauthorized")
