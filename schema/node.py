"""Node: everything with a global id, and how an id leads back to its thing."""

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, TypeVar

import strawberry
from pydantic import Field, GetCoreSchemaHandler, ValidationError, computed_field
from pydantic_core import CoreSchema, core_schema

from resolvers.call import Endpoint, Origin, checked_key
from resolvers.caller import Scope
from resolvers.identity import GlobalId
from resolvers.platform import Platform
from resolvers.rest import (
    ListEndpoint,
    feed,
)
from resolvers.session import Session
from resolvers.upstream.errors import BadInput, NotFound
from schema.wire import LocatedWire


@strawberry.pydantic.interface
class Node(LocatedWire):
    """Anything with an id of its own, which `node(id:)` finds again.

    What leads to such a thing `needs` a scope, if it says so.
    """

    own_key: ClassVar[str | None] = "platform_id"
    needs: ClassVar[Scope | None] = None

    platform_id: str = Field(alias="id")
    """The platform's own id, for talking about the thing with the platform."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Make the kind known, so that its ids can be read."""
        super().__pydantic_init_subclass__(**kwargs)
        if cls.address:
            _kinds[cls.__name__] = cls

    @computed_field(description="Global id: opaque, and never the same for two things.")
    @property
    def id(self) -> strawberry.ID:
        """Write the global id."""
        origin = self.origin
        keys = tuple(origin.keys[name] for name in self.address)
        return strawberry.ID(str(GlobalId(type(self).__name__, origin.connection, keys)))

    @computed_field(description="The platform that the thing is on.")
    @property
    def platform(self) -> Platform:
        """Say whose it is."""
        return self.origin.platform

    @computed_field(description="The name of the connection that it was found on.")
    @property
    def connection(self) -> str:
        """Say which set of credentials found it."""
        return self.origin.connection


# How many items of a list to look through at once for one of them.
_STRETCH = 100

Found = TypeVar("Found", bound=Node)
Finder = Callable[[Session, Origin], Awaitable[Node | None]]

_kinds: dict[str, type[Node]] = {}
_endpoints: dict[type[Node], Endpoint[Any]] = {}
_finders: dict[type[Node], tuple[Finder, tuple[Endpoint[Any], ...]]] = {}


def finds(kind: type[Found], endpoint: Endpoint[Found]) -> None:
    """Say which endpoint reads one thing of `kind`."""
    if not set(endpoint.parameters) <= set(kind.address):
        message = f"{endpoint} asks for keys that {kind.__name__} does not have"
        raise TypeError(message)

    async def find(session: Session, at: Origin) -> Node | None:
        return await session.ask(endpoint, at)

    finder(kind, endpoint)(find)
    _endpoints[kind] = endpoint


def finder(kind: type[Node], *reads: Endpoint[Any]) -> Callable[[Finder], Finder]:
    """Say how one thing of `kind` is read, where that is more than one call to an endpoint."""

    def add(find: Finder) -> Finder:
        _finders[kind] = (find, reads)
        return find

    return add


def found_in(kind: type[Found], endpoint: ListEndpoint) -> None:
    """Say which list has the things of `kind`, where the platform cannot be asked for one."""

    async def find(session: Session, at: Origin) -> Node | None:
        wanted, more, offset = at.keys[kind.address[-1]], True, 0
        while more:
            window = await feed(session, endpoint, at)(offset, _STRETCH)
            for item in window.items:
                if item.key() == wanted:
                    return item
            more = window.more and bool(window.items)
            offset = window.after[-1] if more else 0
        return None

    finder(kind, endpoint)(find)


def reads_of(noun: type[Node]) -> list[Endpoint[Any]]:
    """Give the endpoints that may be called to find things of a noun."""
    return [
        read for kind, (_, reads) in _finders.items() if issubclass(kind, noun) for read in reads
    ]


def reads_for(kind: type[Node]) -> tuple[Endpoint[Any], ...]:
    """Give the endpoints that may be called to find one thing of `kind`."""
    _, reads = _finders[kind]
    return reads


def endpoint_of(kind: type[Node]) -> Endpoint[Any] | None:
    """Give the endpoint whose answer is one thing of `kind`, where there is such a one."""
    return _endpoints.get(kind)


def origin_of(session: Session, id: str) -> tuple[type[Node], Origin]:
    """Read a global id: its kind, and where the thing is; raises `BadInput`."""
    parsed = GlobalId.parse(id)
    kind = _kinds.get(parsed.kind)
    if kind is None or len(kind.address) != len(parsed.keys):
        message = "That is not an id of this gateway."
        raise BadInput(message)
    for key in parsed.keys:
        checked_key(key)
    platform = session.connections[parsed.connection].platform
    # Only an id that was made by hand puts a platform's thing on another's connection.
    if kind.__module__.split(".")[1] != platform:
        raise BadInput("That is not an id of this gateway.")
    keys = dict(zip(kind.address, parsed.keys, strict=True))
    return kind, Origin(platform, parsed.connection, keys)


def checked_origin(session: Session, id: str, noun: type[Node]) -> tuple[type[Node], Origin]:
    """Read a global id of a noun's; raises `BadInput` for another noun's id."""
    kind, origin = origin_of(session, id)
    if not issubclass(kind, noun):
        message = f"That is the id of a {kind.__name__}, not of a {noun.__name__}."
        raise BadInput(message, path=("id",))
    return kind, origin


async def look(session: Session, kind: type[Node], origin: Origin) -> Node | None:
    """Read one thing of `kind`; None if it is gone. Raises a `Fault`.

    Whatever leads to a thing by its keys comes through here, and so does whether the caller may.
    """
    session.check(origin.platform, kind.needs, origin.connection)
    finder, _ = _finders[kind]
    try:
        return await finder(session, origin)
    except NotFound:
        return None


class OfKind:
    """Marks a field whose thing stands in the same answer; what cannot be read is null.

    The kind is named, and the field typed by its noun, since the types of what is above are not
    known below.
    """

    def __init__(self, kind: str) -> None:
        """Name the kind."""
        self.kind = kind

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read the kind once it is known."""
        return core_schema.no_info_plain_validator_function(self._read)

    def _read(self, value: Any) -> Node | None:
        try:
            return kind_named(self.kind).model_validate(value)
        except ValidationError:
            return None


def kind_named(name: str) -> type[Node]:
    """Give the kind of that name."""
    return _kinds[name]


def kinds() -> list[type[Node]]:
    """Every kind of thing that has ids, for the schema to know them all."""
    return list(_kinds.values())
