"""Making applications at Clinked, whose secrets are told once."""

import json

import pytest

from gateway import logs
from tests.graph.conftest import Graph

CREATE = """mutation Create($input: ClinkedApplicationCreateInput!) {
    clinkedApplicationCreate(input: $input) {
        newApplication { application { id name description } clientSecret }
        userErrors { code field }
    }
}"""
LIST = """{ connection(name: "clinked") { ... on ClinkedConnection {
    applications { nodes { id name } }
} } }"""


async def test_a_new_application_is_found_by_the_id_it_came_with(graph: Graph) -> None:
    """What the mutation gives is the thing that the list has."""
    given = {"name": "Tide Table", "description": "High and low water"}
    made = (await graph.data(CREATE, input=given))["clinkedApplicationCreate"]
    application = made["newApplication"]["application"]
    listed = (await graph.data(LIST))["connection"]["applications"]["nodes"]

    assert made["userErrors"] == []
    assert application["description"] == "High and low water"
    assert {"id": application["id"], "name": "Tide Table"} in listed


async def test_a_new_applications_secret_is_told_once_and_not_logged(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever reads the log or the list cannot sign in with it."""
    logs.configure("debug")
    made = await graph.data(CREATE, input={"name": "Tide Table"})
    secret = made["clinkedApplicationCreate"]["newApplication"]["clientSecret"]
    listed = await graph.data(LIST)
    captured = capsys.readouterr()

    assert "POST /v3/applications" in captured.out + captured.err
    assert secret not in captured.out + captured.err
    assert secret not in json.dumps(listed)


async def test_an_application_has_to_have_a_name(graph: Graph) -> None:
    """Nothing is sent without one."""
    made = (await graph.data(CREATE, input={"name": ""}))["clinkedApplicationCreate"]

    assert made["newApplication"] is None
    assert made["userErrors"] == [{"code": "INVALID", "field": ["input", "name"]}]
    assert await graph.calls("clinked") == []


async def test_null_is_no_kind_of_device_to_change_an_application_to(graph: Graph) -> None:
    """It would be sent as OTHER, which Clinked takes."""
    listed = (await graph.data(LIST))["connection"]["applications"]["nodes"]
    await graph.forget_calls()
    changed = await graph.data(
        """mutation Update($id: ID!) {
            clinkedApplicationUpdate(id: $id, input: { deviceType: null, devicePlatform: null }) {
                userErrors { code message field }
            }
        }""",
        id=listed[0]["id"],
    )

    assert changed["clinkedApplicationUpdate"]["userErrors"] == [
        {"code": "INVALID", "message": "This cannot be null.", "field": ["input", name]}
        for name in ("devicePlatform", "deviceType")
    ]
    assert await graph.calls("clinked") == []
