"""Whatever has an id is found again by it."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast

import pytest

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from schema.build import build
from schema.node import kinds
from tests.graph.conftest import opened
from tests.operations.operation import operations, with_ids

build()

# Kondado cannot be asked for one.
UNREADABLE = {"KondadoInvite"}
KINDS = sorted({kind.__name__ for kind in kinds()} - UNREADABLE)


def ids(value: Any) -> Iterator[str]:
    """Give the ids in what an operation answers."""
    if isinstance(value, str) and value.startswith("id:"):
        yield value
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from ids(inner)
    elif isinstance(value, dict):
        yield from ids(list(cast("dict[str, Any]", value).values()))


def shown() -> dict[str, list[str]]:
    """Give the ids of the seed that operations name, by kind: those read, and those changed."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for operation in operations():
        writes = operation.document.startswith("mutation")
        named = operation.expected.get("variables") if writes else operation.expected["data"]
        for id in ids([] if operation.expected.get("before") else named):
            found[id.removeprefix("id:").partition("/")[0]].append(id)
    return found


SHOWN = shown()


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_thing_is_found_by_its_id(sandbox: Sandbox, kind: str) -> None:
    """Some operation names one, and its id leads to the same thing."""
    assert SHOWN[kind] != []
    id = with_ids(SHOWN[kind][0])
    document = f"query($id: ID!) {{ node(id: $id) {{ id ... on {kind} {{ platformId }} }} }}"
    async with opened(sandbox, sandbox_settings(sandbox)) as graph:
        node = (await graph.data(document, id=id))["node"]

    assert node is not None, json.dumps(SHOWN[kind][0])
    assert node["id"] == id
    assert node["platformId"] != ""
