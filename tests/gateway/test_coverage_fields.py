"""What a declaration reads and writes, told by its types."""

from datetime import datetime
from types import NoneType
from typing import Annotated, Any, ClassVar

import pytest
import strawberry
from pydantic import AliasChoices, AliasPath, BaseModel, Field, PlainSerializer

from gateway.coverage.compare import is_covered, verdict
from gateway.coverage.facts import Kind
from gateway.coverage.fields import Place, replied, sent
from resolvers.call import Endpoint, Method
from resolvers.platform import Platform
from resolvers.reply import Items, Rows
from resolvers.upstream.wire import Response
from schema.clinked.properties import ClinkedGroupProperty
from schema.node import Node, OfKind
from schema.nouns import Invite
from schema.pairs import ByName
from schema.scalars import CommaList, JsonText
from schema.wire import Wire, WriteInput


class Owner(Wire):
    """A person."""

    id: str
    name: str | None = Field(default=None, alias="fullName")


class Folder(Wire):
    """A thing that may stand in another one of its kind."""

    id: str
    parent: "Folder | None" = None


class Record(Wire):
    """A domain's record."""

    host: str = Field(alias="dnsName")
    data: str | None = None


class Setting(Wire):
    """A name with values."""

    name: str
    hosts: list[str] = Field(alias="value")


class Mask(BaseModel):
    """What stands in a text of JSON."""

    mask: int


class Everything(Wire):
    """One of each kind of attribute."""

    owner_id: str = Field(validation_alias=AliasPath("request", "owner", "id"))
    either: str = Field(default="", validation_alias=AliasChoices("one", "other"))
    first: str = Field(default="", validation_alias=AliasPath("names", 0))
    at: datetime | None = None
    tags: CommaList = []
    raw: dict[str, Any] | None = None
    anything: Any = None
    mask: Annotated[Mask | None, JsonText()] = Field(default=None, alias="parameters")
    records: Annotated[list[Record], ByName("dnsName")] = Field(default=[], alias="dns")
    settings: Annotated[list[Setting], ByName("name", "value")] = []
    people: Items[Owner] = []
    kept: Annotated[Owner | None, Field(exclude=True)] = None


def by_id(people: list[str]) -> dict[str, int]:
    """Write people as a map."""
    return dict.fromkeys(people, 1)


@strawberry.pydantic.input
class Sent(WriteInput):
    """One of each kind of field that is sent or not."""

    account_id: str = Field(exclude=True)
    """What it belongs to."""
    name: strawberry.Maybe[str | None] = Field(serialization_alias="friendlyName")
    """Renamed."""
    people: strawberry.Maybe[Annotated[list[str], PlainSerializer(by_id)]]
    """Written as a map."""
    at: strawberry.Maybe[Annotated[datetime, PlainSerializer(lambda at: at.timestamp())]]
    """Written as something that is not told."""


@strawberry.pydantic.input
class Hosts(WriteInput):
    """A body that is no object."""

    whole_body: ClassVar[str | None] = "hosts"

    hosts: list[str]
    """All of it."""


def endpoint(reply: Any, body: Any = None, **fixed: str) -> Endpoint[Any]:
    """Declare an endpoint that answers and takes this."""
    return Endpoint(Platform("clinked"), Method.POST, "/x", reply, "1", body, (), fixed)


def paths(places: list[Place]) -> list[str]:
    """Give the paths of places, marked where all below is read too."""
    return sorted(f"{place.path}{'!' if place.is_whole else ''}" for place in places)


def test_every_kind_of_attribute_is_found_at_its_place() -> None:
    """Aliases, maps, lists and what is kept as it came."""
    assert paths(replied(endpoint(Everything))) == [
        "anything!",
        "at",
        "dns",
        "dns.*",
        "dns.*.data",
        "kept",
        "kept.fullName",
        "kept.id",
        "names[]",
        "one",
        "other",
        "parameters!",
        "people",
        "people[].fullName",
        "people[].id",
        "raw",
        "raw.*!",
        "request.owner.id",
        "settings",
        "settings.*",
        "settings.*[]",
        "tags",
        "tags[]",
    ]


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (list[Owner], ["[].fullName", "[].id"]),
        (list[str], ["[]"]),
        (Rows[Owner], ["[].fullName", "[].id"]),
        (bool, ["$"]),
        (dict[str, Owner], ["*", "*.fullName", "*.id"]),
        (Annotated[list[Setting], ByName("name", "value")], ["*", "*[]"]),
        (Folder, ["id", "parent"]),
        (Annotated[Node | None, OfKind(ClinkedGroupProperty.__name__)], ["name", "name", "value"]),
        (NoneType, []),
        (Response, []),
    ],
    ids=["list", "texts", "rows", "scalar", "by-key", "by-name", "tree", "kind", "none", "whole"],
)
def test_an_answer_may_be_of_any_form(reply: Any, found: list[str]) -> None:
    """A type that stands in itself is told as far as it is new."""
    assert paths(replied(endpoint(reply))) == found


def test_a_body_has_what_is_sent_and_what_is_always_sent() -> None:
    """Under the platform's names, as it is written."""
    assert paths(sent(endpoint(NoneType, Sent, action="restore"))) == [
        "action",
        "at",
        "friendlyName",
        "people",
        "people.*",
    ]


def test_a_body_may_be_one_field_of_its_input() -> None:
    """A list, for one, or a single value."""
    assert paths(sent(endpoint(NoneType, Hosts))) == ["[]"]
    assert paths(sent(endpoint(NoneType, bool))) == ["$"]


def test_what_a_noun_brings_along_belongs_to_nobody() -> None:
    """So that it need not be documented by each platform."""

    class Letter(Invite):
        """An invitation by post."""

        sent_to: str | None = None

    owners = {place.path: place.owner for place in replied(endpoint(Letter))}

    assert owners == {
        "id": "",
        "email": "",
        "status": "",
        "expires_at": "",
        "sent_to": "Letter.sent_to",
    }


@pytest.mark.parametrize(
    ("path", "is_read"),
    [
        ("owner", True),
        ("owner.id", True),
        ("owner.name", False),
        ("tags", True),
        ("tags[]", True),
        ("count", True),
        ("count[]", False),
        ("raw.inside.deep", True),
        ("links.self", True),
        ("links.self.href", False),
        ("own", False),
    ],
)
def test_a_documented_path_is_covered_by_what_is_read(path: str, is_read: bool) -> None:
    """At the place itself, below it, or in something that is kept as it came."""
    places = [
        Place("owner.id", "X.owner_id"),
        Place("tags", "X.tags"),
        Place("tags[]", "X.tags"),
        Place("count", "X.count"),
        Place("raw", "X.raw", is_whole=True),
        Place("links.*", "X.links"),
    ]

    assert is_covered(path, places) is is_read


@pytest.mark.parametrize(
    ("path", "is_known"),
    [
        ("owner", True),
        ("owner.id", True),
        ("owner.age", False),
        ("branding.color", True),
        ("labels[].id", True),
        ("tags[]", True),
        ("tags.first", False),
        ("invented", False),
    ],
)
def test_a_declared_path_is_documented_or_stands_in_something_that_is(
    path: str, is_known: bool
) -> None:
    """A container whose inside no document tells may hold anything."""
    documented = {
        "owner.id": Kind.NUMBER,
        "branding": Kind.OBJECT,
        "labels": Kind.ARRAY,
        "tags": Kind.STRING,
    }

    assert verdict(path, documented).is_for is is_known
