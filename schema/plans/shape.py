"""What is decoded of a platform's document: the fields that are selected, and those it must have.

A shape is gathered field by field, then made into a msgspec struct. Whatever of a document is not
in it is passed over; what is in it and is not of its type has the document decoded as a whole.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from pydantic import AliasPath, BaseModel
from pydantic.fields import FieldInfo

from resolvers.located import Located
from schema.plans.leaves import INT, Leaf, by_rules, id_text, leaf_of
from schema.selection import NotPlain
from schema.wire import Tolerant

# Whatever a document has of that name is written over.
_ORIGIN = "(at)"
# In a name that no document is to have.
NEVER = "\0"
_REQUIRED: Mapping[Any, Any] = {str: str, int: int, bool: bool, float: float}


class Slot:
    """One value of a document, which may be written in several ways."""

    def __init__(self) -> None:
        self._uses: list[tuple[str, FieldInfo, Any]] = []
        self._leaves: list[Leaf] = []
        self._needed: list[Any] = []
        self.is_required = False
        self.attribute = ""

    def use(self, name: str, field: FieldInfo, kind: Any) -> int:
        """Add a way in which it is written; gives its number."""
        self._uses.append((name, field, kind))
        self._leaves.append(leaf_of(name, field, kind))
        return len(self._uses) - 1

    def need(self, decoded: Any) -> None:
        """Have it be there and of a type, though it is not written."""
        self.is_required = True
        self._needed.append(decoded)

    def leaf(self, number: int) -> Leaf:
        """Give one way, once all are known."""
        if self.decoded is Any and not self._leaves[number].is_anything:
            _, field, kind = self._uses[number]
            return by_rules(field, kind)
        leaf = self._leaves[number]
        if leaf.decoded is str and self.decoded is not str:
            # Somewhere else it is an id, which may be a number.
            return Leaf(self.decoded, id_text, leaf.absent)
        return leaf

    @property
    def decoded(self) -> Any:
        """The type that is decoded: the one that all ways agree on, or anything."""
        wanted = {*(one.decoded for one in self._leaves), *self._needed}
        if len(wanted) == 1:
            return wanted.pop()
        if wanted == {INT, int}:
            return INT
        if wanted == {str | int, str}:
            return str | int
        if self._needed:
            raise NotPlain
        return Any


class Shape:
    """An object of a document."""

    def __init__(self, *, is_located: bool = False) -> None:
        """Start with nothing in it; one that is located remembers where it came from."""
        self._is_located = is_located
        self._slots: dict[str, Slot] = {}
        self._parts: dict[str, Part] = {}
        self._made: type[msgspec.Struct] | None = None

    def slot(self, key: str) -> Slot:
        """Give the value of a name; raises `NotPlain` where an object is expected."""
        if key in self._parts:
            raise NotPlain
        return self._slots.setdefault(key, Slot())

    def part(self, key: str, *, is_list: bool) -> "Part":
        """Give the object of a name, or the objects of its list."""
        if key in self._slots or (key in self._parts and self._parts[key].is_list is not is_list):
            raise NotPlain
        return self._parts.setdefault(key, Part(is_list))

    def need_all_of(self, kind: type[BaseModel]) -> None:
        """Have everything be there without which there is no object of a class."""
        for name, field in required_of(kind).items():
            self._need(name, field)

    def struct(self) -> type[msgspec.Struct]:
        """Make the type, once; nothing can be added afterwards."""
        if self._made is None:
            self._made = self._struct()
        return self._made

    def _need(self, name: str, field: FieldInfo) -> None:
        *above, key = path_of(name, field)
        at = self
        for step in above:
            part = at.part(step, is_list=False)
            part.is_required = True
            at = part.shape
        annotation: Any = field.annotation
        if field.metadata:
            raise NotPlain
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            part = at.part(key, is_list=False)
            part.is_required = True
            part.shape.need_all_of(annotation)
        elif annotation is str and name.endswith(("id", "key")):
            at.slot(key).need(str | int)
        elif annotation in _REQUIRED:
            at.slot(key).need(_REQUIRED[annotation])
        else:
            raise NotPlain

    def _struct(self) -> type[msgspec.Struct]:
        fields: list[Any] = []
        renamed: dict[str, str] = {}
        for key, held in [*self._slots.items(), *self._parts.items()]:
            held.attribute = f"f{len(fields)}"
            renamed[held.attribute] = key
            fields.append(held_as(held))
        if self._is_located:
            renamed["at"] = _ORIGIN
            fields.append(("at", Any, None))
        return msgspec.defstruct("Selected", fields, rename=renamed, kw_only=True, gc=False)


class Part:
    """An object in another, or a list of them."""

    def __init__(self, is_list: bool) -> None:
        self.shape = Shape()
        self.is_list = is_list
        self.is_required = False
        self.attribute = ""

    @property
    def decoded(self) -> Any:
        """The type that is decoded."""
        made: Any = self.shape.struct()
        return list[made] if self.is_list else made


def held_as(held: Slot | Part) -> tuple[Any, ...]:
    """Give the field of a struct."""
    if held.is_required:
        return held.attribute, held.decoded
    if held.decoded is Any:
        return held.attribute, Any, msgspec.UNSET
    return held.attribute, held.decoded | None, None


def path_of(name: str, field: FieldInfo) -> list[str]:
    """Give the names that lead to a field in a document, outermost first."""
    alias = field.validation_alias or field.alias or name
    steps: list[Any] = alias.path if isinstance(alias, AliasPath) else [alias]
    if not all(isinstance(step, str) for step in steps):
        raise NotPlain
    return steps


def required_of(kind: type[BaseModel]) -> dict[str, FieldInfo]:
    """Give the fields without which there is no object of a class; raises `NotPlain`.

    That is for a class that has rules of its own for more than one field at a time.
    """
    rules = kind.__pydantic_decorators__
    own = (rules.validators, rules.field_validators, rules.root_validators, rules.model_validators)
    tolerant: Any = Tolerant.__get_pydantic_core_schema__
    reads: Any = kind.__get_pydantic_core_schema__
    if any(own) or not issubclass(kind, Tolerant) or reads.__func__ is not tolerant.__func__:
        raise NotPlain
    if issubclass(kind, Located) and (kind.key, kind.at) != (Located.key, Located.at):
        raise NotPlain
    return {name: field for name, field in kind.model_fields.items() if field.is_required()}
