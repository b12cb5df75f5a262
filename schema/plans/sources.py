"""What things are written from: objects, places of which nothing was read, and documents."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, cast, get_args

from graphql import (
    GraphQLNonNull,
    GraphQLString,
    get_named_type,
)
from msgspec import UNSET
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from resolvers.call import Origin
from resolvers.located import Located, has_located, stamp
from resolvers.reply import is_readable
from schema.node import Node
from schema.plans.leaves import Leaf, id_text, leaf_of, present, text, writer_of
from schema.plans.shape import NEVER, Part, Shape, Slot, path_of
from schema.plans.writer import Code, Expression, Inside, Way, is_list
from schema.selection import NotPlain, class_of


def _itself(at: Origin) -> Origin:
    return at


class OfObjects:
    """Things that are objects of their classes."""

    parent = staticmethod(attrgetter("origin"))
    knows_its_place = True

    def __init__(self, code: Code) -> None:
        """Write into a piece of source."""
        self.code = code

    def leaf(self, name: Way, kind: Any) -> Expression:
        """Write a value; what is not as its type says is not written."""
        write, reached = writer_of(kind), self._reached(name)
        call, value = self.code.constant(write), self.code.variable()
        if isinstance(kind, GraphQLNonNull):
            # No value is null for what writes values.
            return lambda of: f"{call}({reached(of)})"
        if write is text:
            found = f"({value} := {{}}).__class__ is str or {value} is None"
            return lambda of: f"({value} if {found.format(reached(of))} else {call}({value}))"
        return lambda of: f"(None if ({value} := {reached(of)}) is None else {call}({value}))"

    def inside(self, name: Way, kind: Any) -> Inside:
        """Reach an object in it; one that may not lack and does is not written."""
        return self.there(self._reached(name), kind)

    def there(self, reached: Expression, kind: Any) -> Inside:
        """Take an object that is reached in some way; one that may not lack is there."""
        if not isinstance(kind, GraphQLNonNull):
            return Inside(reached, self, may_lack=True)
        there = self.code.constant(present)
        return Inside(lambda of: f"{there}({reached(of)})", self, may_lack=False)

    def own(self, name: str) -> Expression:
        """Write what an object tells of where it is."""
        return lambda of: f"{of}.origin.platform.name" if name == "platform" else f"{of}.{name}"

    def origin(self) -> Expression:
        """Give where an object is."""
        return lambda of: f"{of}.origin"

    def key(self, name: str) -> Expression:
        """Give an attribute."""
        return lambda of: f"{of}.{name}"

    def _reached(self, name: Way) -> Expression:
        if isinstance(name, str):
            return lambda of: f"{of}.{name}"
        work = self.code.constant(name)
        return lambda of: f"{work}({of})"


class OfPlaces:
    """Things of which nothing was read: where they are, and no more."""

    parent = staticmethod(_itself)
    knows_its_place = True

    def __init__(self, code: Code, kind: type[Node]) -> None:
        """Write into a piece of source."""
        self.code = code
        self._kind = kind

    def leaf(self, name: Way, kind: Any) -> Expression:
        """Have no values."""
        del name, kind
        raise NotPlain

    def inside(self, name: Way, kind: Any) -> Inside:
        """Have nothing inside."""
        del name, kind
        raise NotPlain

    def own(self, name: str) -> Expression:
        """Write what the place tells."""
        return _own(name, self._kind, lambda of: of, lambda of: f"{of}.keys")

    def origin(self) -> Expression:
        """Give the place."""
        return lambda of: of

    def key(self, name: str) -> Expression:
        """Have no values."""
        del name
        raise NotPlain


class OfDocuments:
    """Things as a platform's document has them, of which no more is decoded than is written."""

    parent = staticmethod(attrgetter("at"))
    knows_its_place = False

    def __init__(
        self,
        code: Code,
        kind: type[BaseModel],
        shape: Shape,
        outer: "OfDocuments | None" = None,
    ) -> None:
        """Write into a piece of source, and gather in a shape what is to be decoded.

        What is inside other things, the `outer` ones, is where they are.
        """
        self.code, self._outer = code, outer
        self._kind, self._shape = kind, shape
        self._key: Expression | None = None
        # The outer thing in the source that is being written.
        self.outside = ""
        shape.need_all_of(kind)

    def leaf(self, name: Way, kind: Any) -> Expression:
        """Write a value."""
        name, field = self._field(name)
        *above, key = path_of(name, field)
        if NEVER in key:
            # No document has it.
            absent = self.code.constant(leaf_of(name, field, kind).absent)
            return lambda _: absent
        parts, shape = self._parts(above, is_required=field.is_required())
        slot = shape.slot(key)
        slot.is_required = slot.is_required or field.is_required()
        return _through(self.code, parts, slot, slot.use(name, field, kind))

    def inside(self, name: Way, kind: Any) -> Inside:
        """Reach an object in it."""
        name, field = self._field(name)
        (key, *more), held = path_of(name, field), class_of(get_named_type(kind))
        if not issubclass(held, BaseModel):
            raise NotPlain
        of_list = is_list(kind)
        may_lack = not isinstance(kind, GraphQLNonNull)
        if not (may_lack or of_list or field.is_required()):
            raise NotPlain
        if more or not _is_of(field, held):
            return self._by_rules(name, held, kind)
        part = self._shape.part(key, is_list=of_list)
        if field.is_required() or (of_list and not may_lack and not is_readable(field.metadata)):
            part.is_required = True
        inner = OfDocuments(self.code, held, part.shape, self)

        def reached(of: str) -> str:
            inner.outside = of
            return f"{of}.{part.attribute}"

        return Inside(reached, inner, may_lack)

    def _by_rules(self, name: str, held: type[BaseModel], kind: Any) -> Inside:
        """Reach objects that are read by rules of their own."""
        found, objects = self.leaf(name, kind), OfObjects(self.code)
        if not has_located(held):
            return objects.there(found, kind)
        origin, put = self.origin(), self.code.constant(_stamped)
        return objects.there(lambda of: f"{put}({found(of)}, {origin(of)})", kind)

    def own(self, name: str) -> Expression:
        """Write what is known of where it is."""
        self.code.asks_where = True
        self.find_keys()
        return _own(name, self._kind, self.at, self.keys)

    def origin(self) -> Expression:
        """Give where it is."""
        self.code.asks_where = True
        self.find_keys()
        if self._key is None:
            outer = self._outer
            return self.at if outer is None else lambda _: outer.origin()(self.outside)
        return lambda of: (
            f"Origin({self.at(of)}.platform, {self.at(of)}.connection, {self.keys(of)})"
        )

    def find_keys(self) -> None:
        """Have the keys decoded that lead to it."""
        kind = self._kind
        if issubclass(kind, Located) and kind.own_key is not None and self._key is None:
            self._key = self.key(kind.own_key)
        if self._outer is not None:
            self._outer.find_keys()

    def at(self, of: str) -> str:
        """Give where the answer is from."""
        return f"{of}.at" if self._outer is None else self._outer.at(self.outside)

    def keys(self, of: str) -> str:
        """Give the keys that lead to it."""
        if self._key is None:
            outer = self._outer
            return f"{of}.at.keys" if outer is None else outer.keys(self.outside)
        names = cast("type[Located]", self._kind).address
        return "{" + ", ".join(f"{name!r}: {self.step(name, of)}" for name in names) + "}"

    def step(self, name: str, of: str) -> str:
        """Give one of the keys that lead to it."""
        if self._key is not None and name == cast("type[Located]", self._kind).address[-1]:
            return self._key(of)
        if self._outer is None:
            return f"{of}.at.keys[{name!r}]"
        return self._outer.step(name, self.outside)

    def key(self, name: str) -> Expression:
        """Give a value that leads somewhere, as text; None where it may lack."""
        return self.leaf(name, GraphQLString)

    def _field(self, name: Way) -> tuple[str, FieldInfo]:
        field = self._kind.model_fields.get(name) if isinstance(name, str) else None
        if field is None:
            # What is worked out takes the whole thing.
            raise NotPlain
        return cast("str", name), field

    def _parts(self, steps: Sequence[str], *, is_required: bool) -> tuple[list[Part], Shape]:
        parts, shape = list[Part](), self._shape
        for step in steps:
            part = shape.part(step, is_list=False)
            part.is_required = part.is_required or is_required
            parts.append(part)
            shape = part.shape
        return parts, shape


def _stamped(found: Any, origin: Origin) -> Any:
    stamp(found, origin)
    return found


def _is_of(field: FieldInfo, held: type) -> bool:
    """Tell whether a field is an object of a class, or a list of such, and has no rules beside."""
    if field.metadata and not is_readable(field.metadata):
        return False
    annotation: Any = field.annotation
    inside = [part for part in get_args(annotation) if part is not type(None)]
    return annotation is held or inside == [held] or [get_args(one) for one in inside] == [(held,)]


def _own(name: str, kind: type[BaseModel], at: Expression, keys: Expression) -> Expression:
    if name == "platform":
        return lambda of: f"{at(of)}.platform.name"
    if name == "connection":
        return lambda of: f"{at(of)}.connection"
    return lambda of: f"written_id({kind.__name__!r}, {at(of)}.connection, {keys(of)})"


def _through(code: Code, parts: Sequence[Part], slot: Slot, number: int) -> Expression:
    """Write a value that stands in other objects, any of which may lack."""

    def expression(of: str) -> str:
        leaf = slot.leaf(number)
        conditions = list[str]()
        for part in parts:
            of = f"{of}.{part.attribute}"
            if not part.is_required:
                held = code.variable()
                conditions.append(f"({held} := {of}) is None")
                of = held
        value = _leaf(code, leaf, slot, f"{of}.{slot.attribute}")
        if conditions:
            return f"({code.constant(leaf.absent)} if {' or '.join(conditions)} else {value})"
        return value

    return expression


def _leaf(code: Code, leaf: Leaf, slot: Slot, reached: str) -> str:
    value = code.variable()
    if slot.is_required:
        return _written(code, leaf, reached, value)
    if leaf.write is None and leaf.absent is None:
        return reached
    nothing = code.constant(UNSET if leaf.is_anything else None)
    written = _written(code, leaf, value, value)
    absent = code.constant(leaf.absent)
    return f"({absent} if ({value} := {reached}) is {nothing} else {written})"


def _written(code: Code, leaf: Leaf, reached: str, value: str) -> str:
    if leaf.write is None:
        return reached
    if leaf.write is id_text:
        # Most ids are texts already.
        look = reached if reached == value else f"({value} := {reached})"
        return f"({value} if {look}.__class__ is str else str({value}))"
    return f"{code.constant(leaf.write)}({reached})"
