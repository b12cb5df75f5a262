"""What is refused when companies are made, changed and deleted."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.mutations.writing import Write, global_id, nothing_was_sent, refused

BEXWELL = "c79d6793-46d4-4c7a-9c39-02b38963dc6e"
CODAT = global_id("CodatCompany", "codat", BEXWELL)
CONDUIT = global_id("ConduitCompany", "conduit-north", "tyr")
CLINKED = global_id("ClinkedAccount", "clinked", "11")


TOO_MANY_TAGS = [{"name": f"t{number}", "value": ""} for number in range(11)]


@pytest.mark.parametrize(("name", "id"), [("companyCreate", None), ("companyUpdate", CODAT)])
@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("name", "Kestrel (Mills)", ["name"]),
        ("name", "Zürich", ["name"]),
        ("name", "", ["name"]),
        ("tags", TOO_MANY_TAGS, ["tags"]),
        ("tags", [{"name": "n" * 28, "value": "x"}], ["tags", "0", "name"]),
        ("tags", [{"name": "", "value": "x"}], ["tags", "0", "name"]),
        ("tags", [{"name": "ok", "value": "v" * 101}], ["tags", "0", "value"]),
        ("tags", [{"name": "twice", "value": "x"}] * 2, ["tags"]),
    ],
)
async def test_what_codat_would_not_keep_is_refused_before_anything_is_sent(
    graph: Graph, name: str, id: str | None, field: str, value: object, where: list[str]
) -> None:
    """Codat drops forbidden characters without a word; a caller hears of it instead."""
    given = {"codat": {"name": "Kestrel", field: value}}
    told = await refused(graph, Write(name, "codat", id, given))

    assert told == [("INVALID", ["input", "codat", *where], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"id": "with-dash"}, "id"),
        ({"id": ""}, "id"),
        ({"id": "A" * 1025}, "id"),
        ({"id": "OK", "name": "n" * 1025}, "name"),
    ],
)
async def test_what_conduit_does_not_take_is_refused_before_anything_is_sent(
    graph: Graph, given: dict[str, Any], where: str
) -> None:
    """Its ids are letters and digits, and names have a length."""
    given = {"conduit": {"connection": "conduit-south", **given}}
    told = await refused(graph, Write("companyCreate", "conduit", input=given))

    assert told == [("INVALID", ["input", "conduit", where], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"conduit": {"id": "A"}}, ["conduit", "connection"]),
        ({"conduit": {"id": "A", "connection": "codat"}}, ["conduit", "connection"]),
        ({"codat": {"name": "A", "connection": "nowhere"}}, ["codat", "connection"]),
        ({"codat": {"name": "A", "groupIds": [CODAT]}}, ["codat", "groupIds", "0"]),
        ({"codat": {"name": "A", "groupIds": ["nonsense"]}}, ["codat", "groupIds", "0"]),
    ],
)
async def test_a_company_cannot_be_made_where_it_is_not_clear_where(
    graph: Graph, given: dict[str, Any], where: list[str]
) -> None:
    """A connection has to be of the platform, and named where there are several."""
    told = await refused(graph, Write("companyCreate", "", input=given))

    assert told == [("INVALID", ["input", *where], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize(
    ("id", "given", "where"),
    [
        (CODAT, {"codat": {"name": None}}, ["codat", "name"]),
        (CONDUIT, {"conduit": {"name": None}}, ["conduit", "name"]),
        (CONDUIT, {"conduit": {"isPageEnabled": None}}, ["conduit", "isPageEnabled"]),
        (CLINKED, {"clinked": {"name": None}}, ["clinked", "name"]),
        (CLINKED, {"clinked": {"slug": None}}, ["clinked", "slug"]),
        (CLINKED, {"clinked": {"name": ""}}, ["clinked", "name"]),
        (CLINKED, {"clinked": {"slug": ""}}, ["clinked", "slug"]),
    ],
)
async def test_what_a_company_needs_cannot_be_cleared(
    graph: Graph, id: str, given: dict[str, Any], where: list[str]
) -> None:
    """Null clears only what may be empty."""
    told = await refused(graph, Write("companyUpdate", "", id, given))

    assert told == [("INVALID", ["input", *where], None)]
    assert await nothing_was_sent(graph)


async def test_an_id_and_an_input_of_two_platforms_are_refused(graph: Graph) -> None:
    """The error points at the input's key, since the id decides."""
    told = await refused(graph, Write("companyUpdate", "", CONDUIT, {"codat": {"name": "A"}}))

    assert told == [("INVALID", ["input", "codat"], None)]
    assert await nothing_was_sent(graph)


async def test_an_input_for_two_platforms_at_once_is_refused(graph: Graph) -> None:
    """The input is one of its keys, and GraphQL itself says so."""
    given = {"codat": {"name": "A"}, "conduit": {"id": "A"}}
    write = Write("companyCreate", "", input=given)
    answer = await graph.answer(write.document(), **write.variables)

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_USER_INPUT"]
    assert await nothing_was_sent(graph)


async def test_an_id_that_is_taken_at_conduit_is_a_conflict(graph: Graph) -> None:
    """In upper or lower case, within one Link App."""
    given = {"conduit": {"connection": "conduit-north", "id": "aurora7"}}
    told = await refused(graph, Write("companyCreate", "conduit", input=given))

    assert told == [("CONFLICT", None, "CONDUIT")]


async def test_a_slug_that_is_taken_at_clinked_is_a_conflict(graph: Graph) -> None:
    """Accounts have their slugs to themselves."""
    write = Write("companyUpdate", "clinked", CLINKED, {"clinked": {"slug": "tidewater"}})

    assert await refused(graph, write) == [("CONFLICT", None, "CLINKED")]


@pytest.mark.parametrize("id", [CONDUIT, CLINKED])
async def test_only_codat_deletes_companies(graph: Graph, id: str) -> None:
    """Neither Conduit nor Clinked has a way to."""
    told = await refused(graph, Write("companyDelete", "", id))

    assert told == [("NOT_SUPPORTED", ["id"], None)]
    assert await nothing_was_sent(graph)
