"""Fields that lead to a thing by its keys, which is read only for what its keys do not tell.

company(id: …) { groups { … } }     the groups alone are asked for
master { id }                       nothing is: the thing that has a master tells its key
company(id: …) { id }               the company is: nobody has told that there is one
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from graphql import GraphQLObjectType

from resolvers.call import Origin
from resolvers.context import Info
from resolvers.located import Located, located_at
from resolvers.rest import Arguments, Resolver, Result, Self_, Stub, StubField, Upstream, stub_field
from resolvers.upstream.errors import BadInput
from schema.node import Node, checked_origin, endpoint_of, kind_named, look
from schema.picking import Picking
from schema.selection import (
    TYPENAME,
    Selected,
    class_of,
    link_of,
    made_from,
    selection_of,
)

Found = TypeVar("Found", bound=Node)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a field declares that finds a thing of a noun by its id."""

    noun: type[Node]


class FindingAll:
    """What a field declares that finds things by their ids."""

    most = 100
    """As many as a page may hold."""

    @classmethod
    def check(cls, ids: Sequence[str]) -> None:
        """Raise `BadInput` for too many ids."""
        if len(ids) > cls.most:
            raise BadInput(f"`ids` holds at most {cls.most} ids.", path=("ids",))


@dataclass(frozen=True, slots=True)
class Leading:
    """What a field declares that gives another thing, by the keys that lead there.

    They are those of the thing that it is a field of; where `attribute` is named, its value is the
    last of them. The kind is named, since the types of what is above are not known below. Where it
    is not sure that there is such a thing, it is always read.
    """

    name: str
    attribute: str | None = None
    is_sure: bool = True

    @property
    def kind(self) -> type[Node]:
        """The kind of what it leads to."""
        return kind_named(self.name)

    def from_(self, at: Origin, key: str | None) -> Origin | None:
        """Give where it leads from a thing that is at a place, and has a key in the attribute."""
        address = self.kind.address
        if self.attribute is None:
            return Origin(at.platform, at.connection, {name: at.keys[name] for name in address})
        if key is None:
            return None
        *above, last = address
        if not (self.is_sure or at.keys.keys() >= {*above}):
            return None
        keys = {name: at.keys[name] for name in above}
        return Origin(at.platform, at.connection, {**keys, last: key})


def belongs_to(kind: str, call: Upstream) -> StubField[Self_, Arguments, Result]:
    """Turn a stub into a field that finds what a thing belongs to, by the keys that lead there."""
    return _leads(Leading(kind), call)


def leads_to(kind: str, attribute: str, call: Upstream) -> StubField[Self_, Arguments, Result]:
    """Turn a stub into a field that finds the thing whose key is the value of an attribute.

    It is null, and costs no call, where that is None.
    """
    return _leads(Leading(kind, attribute), call)


def looks_for(kind: str, attribute: str, call: Upstream) -> StubField[Self_, Arguments, Result]:
    """Turn a stub into a field that looks for a thing whose key is the value of an attribute.

    There may be none: then, and where no keys lead to where it would be, it is null.
    """
    return _leads(Leading(kind, attribute, is_sure=False), call)


def _leads(link: Leading, call: Upstream) -> StubField[Self_, Arguments, Result]:
    async def read(parent: Located, info: Info) -> Node | None:
        key: str | None = None if link.attribute is None else getattr(parent, link.attribute)
        at = link.from_(parent.origin, key)
        if at is None or not link.is_sure:
            return at and await look(info.context.session, link.kind, at)
        return await _led(info, link.kind, at, may_be_gone=False)

    def field(stub: Stub[Self_, Arguments, Result]) -> Resolver[Self_, Arguments, Result]:
        return stub_field(stub, read, link=link, directives=[call])

    return field


async def found(info: Info, id: str, noun: type[Found]) -> Found | None:
    """Find one thing by its id; None if it is gone. Raises `BadInput` for another noun's id."""
    kind, at = checked_origin(info.context.session, id, noun)
    thing = await _led(info, kind, at, may_be_gone=True)
    return thing if isinstance(thing, noun) else None


def is_own(kind: GraphQLObjectType, name: str) -> bool:
    """Tell whether an attribute is known by where a thing is."""
    return name in {"id", "platform", "connection"} and issubclass(class_of(kind), Node)


def is_read(kind: GraphQLObjectType, name: str) -> bool:
    """Tell whether a field takes more than to know where a thing is."""
    if name == TYPENAME:
        return False
    field = kind.fields[name]
    link = link_of(field)
    if link is not None:
        by_value = isinstance(link, Leading) and link.attribute is not None
        return by_value or isinstance(link, Picking)
    made = made_from(field)
    return made.base_resolver is not None or not is_own(kind, made.python_name)


def is_known(
    kind: type[Node], shown_as: GraphQLObjectType, fields: Sequence[Selected], *, may_be_gone: bool
) -> bool:
    """Tell whether a thing need not be read for what is selected of it.

    Of one that may be gone that is said by what its links lead to, if there are any.
    """
    if endpoint_of(kind) is None or any(is_read(shown_as, one.name) for one in fields):
        return False
    names = {one.name for one in fields} - {TYPENAME}
    return not may_be_gone or any(link_of(shown_as.fields[name]) is not None for name in names)


async def _led(info: Info, kind: type[Node], at: Origin, *, may_be_gone: bool) -> Node | None:
    """Give a thing for what is selected of it; None if it is gone. Raises a `Fault`."""
    session = info.context.session
    if _is_known(info, kind, may_be_gone=may_be_gone):
        session.check(at.platform, kind.needs, at.connection)
        return located_at(kind, at)
    return await look(session, kind, at)


def _is_known(info: Any, kind: type[Node], *, may_be_gone: bool) -> bool:
    raw = info._raw_info  # noqa: SLF001 - strawberry shows no more of it than names
    shown_as = raw.schema.type_map[kind.__name__]
    fields = selection_of(raw).of(shown_as)
    return is_known(kind, shown_as, fields, may_be_gone=may_be_gone)
