"""What a field's arguments become in a call."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import pytest
import strawberry
from pydantic import Field

from resolvers.arguments import Arguments, KeyOf
from resolvers.call import Origin
from resolvers.identity import GlobalId
from resolvers.platforms.clinked import Clinked
from resolvers.upstream.errors import BadInput
from schema.wire import WriteInput

AT = Origin(Clinked.platform, "here", {"account": "11"})
GROUP = KeyOf("Group", ("account", "group"))


class Level(StrEnum):
    """A made-up enum."""

    HIGH = "high-level"
    """High."""


@strawberry.pydantic.input
class Narrow(WriteInput):
    """A made-up bundle."""

    name_contains: strawberry.Maybe[str] = Field(serialization_alias="name")
    """A name."""


def stub(
    self: Any,
    tags: list[str],
    name_starts: str | None = None,
    level: Level | None = None,
    narrow: Narrow | None = None,
    group_id: Annotated[str | None, GROUP] = None,
    group_ids: Annotated[list[str] | None, GROUP] = None,
    first: int = 25,
    after: str | None = None,
) -> None:
    """Take every kind of argument."""
    del self, tags, name_starts, level, narrow, group_id, group_ids, first, after


def placed(path: tuple[str, ...], **values: Any) -> tuple[dict[str, str], dict[str, Any]]:
    """Sort values into keys and query parameters."""
    asked: Callable[..., Any] = stub
    arguments = Arguments.of(asked, path, {"name_starts": "startsWith"})
    at, query = arguments.place(values, AT)
    return dict(at.keys), query


def test_an_argument_that_the_path_names_fills_it() -> None:
    """A list is one segment, with commas, and no query parameter."""
    keys, query = placed(("tags",), tags=["a", "b"])

    assert keys == {"account": "11", "tags": "a,b"}
    assert query == {}


def test_a_comma_in_one_of_several_is_refused() -> None:
    """The platform would look for each half of it."""
    ids = [str(GlobalId("Group", "here", ("11", key))) for key in ("7", "8,9")]

    with pytest.raises(BadInput):
        placed(("tags",), tags=["a,b"])
    with pytest.raises(BadInput):
        placed((), group_ids=ids)
    assert placed((), name_starts="a,b")[1] == {"startsWith": "a,b"}


def test_every_other_argument_is_a_query_parameter() -> None:
    """By the platform's name of it; neither None nor what asks for pages is sent."""
    _, query = placed((), tags=["a"], name_starts="x", level=Level.HIGH, after=None)

    assert query == {"tags": ["a"], "startsWith": "x", "level": Level.HIGH}


def test_an_empty_list_is_no_query_parameter() -> None:
    """It asks for nothing, and a name without a value may mean something else."""
    assert placed((), tags=[])[1] == {}


def test_a_bundle_is_its_fields() -> None:
    """Only those that the caller sent."""
    sent = Narrow(name_contains=strawberry.Some("x"))

    assert placed((), narrow=sent)[1] == {"name": "x"}
    assert placed((), narrow=Narrow.model_construct())[1] == {}


def test_an_id_becomes_the_platforms_own_key() -> None:
    """In the path if that names it, and else in the query; what it leads by is known below."""
    id = str(GlobalId("Group", "here", ("11", "7")))

    assert placed(("group",), group_id=id) == ({"account": "11", "group": "7"}, {})
    assert placed((), group_id=id) == ({"account": "11", "group": "7"}, {"groupId": "7"})
    assert placed(("account",), group_id=id)[1] == {"groupId": "7"}


def test_what_an_id_leads_by_is_known_below() -> None:
    """An id at a connection leads to an account, and ids after it have to agree."""
    at = Origin(Clinked.platform, "here")
    stubbed: Callable[..., Any] = stub
    arguments = Arguments.of(stubbed, (), {})
    first, other = (str(GlobalId("Group", "here", (account, "7"))) for account in ("12", "13"))
    found, _ = arguments.place({"group_id": first}, at)

    assert found.keys == {"account": "12", "group": "7"}
    with pytest.raises(BadInput) as refused:
        arguments.place({"group_id": first, "group_ids": [other]}, at)
    assert refused.value.path == ("group_ids",)


def test_several_ids_become_keys_with_commas() -> None:
    """In the path or in the query, as one id does; an empty list asks for nothing."""
    ids = [str(GlobalId("Group", "here", ("11", key))) for key in ("7", "8")]

    assert placed((), group_ids=ids)[1] == {"groupIds": "7,8"}
    assert placed(("group",), group_ids=ids) == ({"account": "11", "group": "7,8"}, {})
    assert placed((), group_ids=[]) == ({"account": "11"}, {})


@pytest.mark.parametrize(
    "id",
    [
        "",
        "nothing",
        str(GlobalId("Member", "here", ("11", "7"))),
        str(GlobalId("Group", "elsewhere", ("11", "7"))),
        str(GlobalId("Group", "here", ("11",))),
        str(GlobalId("Group", "here", ("12", "7"))),
    ],
)
def test_an_id_of_anything_else_is_refused_at_its_argument(id: str) -> None:
    """Garbage, another kind, another connection, a forged one, and one in another place."""
    with pytest.raises(BadInput) as refused:
        placed((), group_id=id)

    assert refused.value.path == ("group_id",)


def test_the_query_parameters_are_known_before_anything_is_asked() -> None:
    """For those who compare declarations with the platform's documentation."""
    arguments = Arguments.of(stub, ("tags", "group"), {"name_starts": "startsWith"})

    assert arguments.query == ("startsWith", "level", "name")
