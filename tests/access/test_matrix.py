"""Every documented endpoint, asked for by callers who lack a scope: what is refused, and how."""

import re
from typing import Any

import pytest

from tests.access.conftest import ALL, Door, Opener
from tests.access.expecting import Expected
from tests.access.rules import written
from tests.operations.operation import Operation, operations, shown, with_ids

OPERATIONS = list(operations())
RULES = written()
PLATFORMS = ("clinked", "codat", "conduit", "kondado", "leadconduit")
CALLERS = {"nobody": "", "reader": "read", "writer": "write", "administrator": "admin"}


async def prepared(door_of: Opener, operation: Operation) -> Door:
    """Open the gateway where the operation would go well."""
    door = await door_of(operation.platform, operation.expected.get("credentials"))
    before: list[dict[str, Any]] = operation.expected.get("before", [])
    if before or is_mutation(operation):
        door.renew()
    for earlier in before:
        await door.data(earlier["document"], with_ids(earlier.get("variables", {})))
    door.forget_calls()
    return door


def is_mutation(operation: Operation) -> bool:
    """Say whether an operation changes something."""
    return operation.document.startswith("mutation")


def refusals(answer: dict[str, Any]) -> list[tuple[str | int, ...]]:
    """Give the paths of an answer's errors, all of which have to be refusals."""
    errors: list[dict[str, Any]] = answer.get("errors", [])
    assert {one["extensions"]["code"] for one in errors} <= {"FORBIDDEN"}, errors
    return sorted((tuple(one["path"]) for one in errors), key=str)


def made_by(call: tuple[str, str, str], template: tuple[str, str, str]) -> bool:
    """Say whether a call that was received is one of those that a field names."""
    pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template[2]))
    return call[:2] == template[:2] and re.fullmatch(pattern, call[2]) is not None


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_a_caller_is_refused_exactly_what_it_has_no_scope_for(
    door_of: Opener, operation: Operation
) -> None:
    """All else of the answer is as it is for others, and what is refused is not asked for."""
    door = await prepared(door_of, operation)
    variables = with_ids(operation.expected.get("variables", {}))
    try:
        for caller, scopes in CALLERS.items():
            expected = Expected.of(
                operation.document,
                variables,
                operation.expected["data"],
                RULES,
                frozenset(scopes.split()),
            )
            answer = await door.ask(scopes, operation.document, variables)

            assert shown(expected.data, answer["data"]) == expected.data, caller
            assert refusals(answer) == sorted(expected.forbidden, key=str), caller
            received = door.calls()
            if expected.is_refused:
                assert received == [], caller
            for lost in expected.lost - expected.kept:
                assert not [one for one in received if made_by(one, lost)], caller
            door.forget_calls()
    finally:
        if is_mutation(operation):
            door.renew()


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_a_caller_of_other_platforms_causes_no_call_to_a_platform(
    door_of: Opener, operation: Operation
) -> None:
    """Whatever its scopes are else, and whichever way leads there."""
    door = await prepared(door_of, operation)
    others = [f"platform:{one}" for one in PLATFORMS if one != operation.platform]
    variables = with_ids(operation.expected.get("variables", {}))

    answer = await door.ask(" ".join([ALL, *others]), operation.document, variables)

    platform = operation.platform.upper()
    assert [one for one in door.calls() if one[0] == platform] == []
    if any(root is not None for root in answer["data"].values()):
        # A list that spans platforms goes on without this one.
        assert f'"{operation.platform}"' not in str(answer["data"]).replace("'", '"')
        assert refusals(answer) == []
    else:
        assert refusals(answer) == sorted(((root,) for root in answer["data"]), key=str)
        assert {one["extensions"]["platform"] for one in answer["errors"]} == {platform}
