"""What is in a Clinked group is changed in that group alone."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.mutations.writing import ERRORS, global_id, nothing_was_sent

ACCOUNT = global_id("ClinkedAccount", "clinked", "11")
BIDS = global_id("ClinkedGroup", "clinked", "11", "101")
HERE = global_id("ClinkedTrashItem", "clinked", "11", "101", "931")
NEXT_DOOR = global_id("ClinkedTrashItem", "clinked", "11", "102", "931")


def document(name: str, kind: str) -> str:
    """Write the document of a mutation."""
    return (
        f"mutation($id: ID!, $input: {kind}!) {{ {name}(id: $id, input: $input) {{ {ERRORS} }} }}"
    )


def labelled(number: str) -> dict[str, Any]:
    """Attach a label by its number."""
    return {"labels": [{"labelPlatformId": number}]}


def mailed(number: str) -> dict[str, Any]:
    """Have mail go into what has a number."""
    return {"name": "bids-survey", "contextKey": number}


@pytest.mark.parametrize(
    ("name", "kind", "id", "input", "place"),
    [
        (
            "clinkedTrashItemsDelete",
            "ClinkedTrashItemsInput",
            BIDS,
            {"itemIds": [HERE, NEXT_DOOR]},
            "group",
        ),
        (
            "clinkedTrashItemsRestore",
            "ClinkedTrashItemsInput",
            BIDS,
            {"itemIds": [HERE, NEXT_DOOR]},
            "group",
        ),
        (
            "clinkedGroupsReorder",
            "ClinkedGroupsReorderInput",
            ACCOUNT,
            {"groupIds": [BIDS, global_id("ClinkedGroup", "clinked", "12", "201")]},
            "account",
        ),
    ],
)
async def test_what_is_elsewhere_is_refused_before_anything_is_sent(
    graph: Graph, name: str, kind: str, id: str, input: dict[str, Any], place: str
) -> None:
    """Its number might be that of another thing here, and what is gone does not come back."""
    answer = await graph.data(document(name, kind), id=id, input=input)

    (error,) = answer[name]["userErrors"]
    (field,) = input
    assert (error["code"], error["field"]) == ("INVALID", ["input", field, "1"])
    assert error["message"] == f"That is in another {place}."
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize("number", ["", "41x", "-41", "file_901"])
@pytest.mark.parametrize(
    ("name", "kind", "given", "field"),
    [
        (
            "clinkedGroupLabelsAttach",
            "ClinkedGroupLabelsAttachInput",
            labelled,
            ["input", "labels", "0", "labelPlatformId"],
        ),
        (
            "clinkedMailRecipientCreate",
            "ClinkedMailRecipientCreateInput",
            mailed,
            ["input", "contextKey"],
        ),
    ],
    ids=["label", "context"],
)
async def test_numbers_of_clinked_are_numbers(
    graph: Graph,
    name: str,
    kind: str,
    given: Callable[[str], dict[str, Any]],
    field: list[str],
    number: str,
) -> None:
    """What is none is refused before anything is sent."""
    answer = await graph.data(document(name, kind), id=BIDS, input=given(number))

    told = [(error["code"], error["field"]) for error in answer[name]["userErrors"]]
    assert told == [("INVALID", field)]
    assert await nothing_was_sent(graph)


async def test_a_component_is_not_set_to_two_values_of_one_name(graph: Graph) -> None:
    """One of them would be lost without a word."""
    twice = [{"name": "view", "value": "list"}, {"name": "view", "value": "grid"}]
    given = {"clinked": {"components": [{"name": "files", "configuration": twice}]}}
    answer = await graph.data(document("groupUpdate", "GroupUpdateInput"), id=BIDS, input=given)

    (error,) = answer["groupUpdate"]["userErrors"]
    assert error["code"] == "INVALID"
    assert error["field"] == ["input", "clinked", "components", "0", "configuration"]
    assert await nothing_was_sent(graph)
