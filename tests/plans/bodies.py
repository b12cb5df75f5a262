"""Bodies of answers, written from the types that they are read as.

A maker writes one value as JSON, drawn by chance. One is made for each type, from the same
annotations and aliases by which the gateway reads it.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from pydantic import AliasPath, BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from resolvers.paging import Page
from schema.node import Node, OfKind, kind_named
from schema.pairs import ByName
from schema.scalars import JsonText
from tests.plans import texts
from tests.plans.texts import Draw

Maker = Callable[[Draw], str]

# Things may stand in things of their own type.
_DEEPEST = 3
# Members by whose values things are found again.
_KEYS = {"id", "clientId", "username"}
_LENGTHS = (0, 1, 1, 2, 2, 3)

_LEAVES: dict[Any, tuple[str, ...]] = {
    str: texts.STRINGS,
    int: texts.INTS,
    float: texts.FLOATS,
    bool: texts.BOOLS,
    datetime: texts.MOMENTS,
    Any: texts.ANYTHING,
}


def body(kind: Any, draw: Draw) -> str:
    """Write a body that is read as `kind`."""
    made = maker(kind)(draw)
    if draw.chance(0.1):
        # As some write it, and as all may.
        made = made.replace(',"', '\r\n\t, "').replace('":', '" : ').replace('"id"', '"\\u0069d"')
    if not draw.wild or not draw.chance(0.06):
        return made
    return draw.one(texts.WILD_BODIES).format(made, made)


def own_key(kind: Any) -> str | None:
    """Name the member that a thing's own key stands in; None for what has none."""
    if not (isinstance(kind, type) and issubclass(kind, Node)) or kind.own_key is None:
        return None
    return _path(kind.own_key, kind.model_fields[kind.own_key])[-1]


@cache
def maker(kind: Any) -> Maker:
    """Give what writes values of a type."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _marked(inside[0], inside[1:])
    if origin in {Union, UnionType}:
        return _optional(next(one for one in inside if one is not NoneType))
    if origin is list:
        return _list(maker(inside[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _leaf(("{}", '{"current":{}}', '{"next":null}', '{"next":{"href":"/more"}}'))
    return _plain(kind)


def _plain(kind: Any) -> Maker:
    if isinstance(kind, TypeVar):
        return _leaf(texts.ANYTHING)
    if getattr(kind, "__name__", "") == "BigInt":
        return _leaf(texts.LONGS)
    if kind in _LEAVES:
        return _leaf(_LEAVES[kind])
    if issubclass(kind, Enum):
        values = tuple(json.dumps(one.value) for one in kind)
        return _leaf((*values, *values, '"something new"' if issubclass(kind, str) else "5"))
    return _model(kind)


def _marked(kind: Any, marks: tuple[Any, ...]) -> Maker:
    found = maker(kind)
    for mark in marks:
        if isinstance(mark, ByName):
            found = _map(_item_of(kind), mark)
        elif isinstance(mark, OfKind):
            found = _later(mark.kind)
        elif isinstance(mark, JsonText):
            found = _text_of(found)
        elif isinstance(mark, BeforeValidator):
            found = _read_before(mark, found)
    return found


def _read_before(mark: BeforeValidator, found: Maker) -> Maker:
    name = getattr(mark.func, "__name__", "")
    if name == "_without_zone_name":
        return _leaf(texts.ZONED)
    if name == "_counted":
        return _leaf(("[]", "[1,2]", "null"))
    if name == "_comma_list":
        return _either(found, _leaf(texts.STRINGS))
    return _either(found, _leaf(texts.KEYS)) if name == "_named" else found


def _leaf(options: tuple[str, ...]) -> Maker:
    def make(draw: Draw) -> str:
        return draw.value(options)

    return make


def _either(one: Maker, other: Maker) -> Maker:
    return lambda draw: (one if draw.chance(0.5) else other)(draw)


def _optional(kind: Any) -> Maker:
    found = maker(kind)
    return lambda draw: "null" if draw.chance(0.08) else found(draw)


def _later(kind: str) -> Maker:
    def make(draw: Draw) -> str:
        # The kind is declared after what holds it.
        return maker(kind_named(kind))(draw)

    return make


def _text_of(found: Maker) -> Maker:
    return lambda draw: json.dumps(found(draw)) if draw.chance(0.9) else found(draw)


def _item_of(kind: Any) -> Any:
    return get_args(get_args(kind)[0] if get_origin(kind) is Annotated else kind)[0]


def _list(item: Maker) -> Maker:
    def make(draw: Draw) -> str:
        if draw.is_wild():
            return draw.bad()
        items = [item(draw) for _ in range(_length(draw))]
        if draw.is_wild():
            items.append(draw.bad())
        return f"[{','.join(items)}]"

    return make


def _map(item: Any, mark: ByName) -> Maker:
    """Write a list as the map that its platform has for it."""
    names = ('"alpha"', '"beta"', '"1"', '"\\u00e9"', '"12"')
    inner = maker(item)
    if mark.value is not None:
        fields = cast("type[BaseModel]", item).model_fields.items()
        value = next(field for name, field in fields if mark.value in _path(name, field))
        inner = _of_field(value)

    def make(draw: Draw) -> str:
        if draw.is_wild():
            return draw.bad()
        pairs = [f"{draw.one(names)}:{inner(draw)}" for _ in range(_length(draw))]
        return "{" + ",".join(pairs) + "}"

    return make


def _length(draw: Draw) -> int:
    return 0 if draw.deep > _DEEPEST else draw.one(_LENGTHS)


def _model(kind: type[BaseModel]) -> Maker:
    made: list[Maker] = []

    def make(draw: Draw) -> str:
        if not made:
            # Not before, since a type may hold itself.
            made.append(_object(_tree(kind)))
        return made[0](draw)

    return make


# What stands at a member of an object: fields, and members of what stands there.
_Tree = dict[str, tuple[list[tuple[Maker, bool, int]], Any]]


def _tree(kind: type[BaseModel]) -> _Tree:
    tree: _Tree = {}
    for name, field in kind.model_fields.items():
        path = _path(name, field)
        if path[0].startswith("\0"):
            # What no platform can fill, by no name that one would have.
            continue
        here = tree
        for step in path[:-1]:
            here = here.setdefault(step, ([], {}))[1]
        fields, _ = here.setdefault(path[-1], ([], {}))
        found = _bookmark(kind, path) or _of_field(field)
        fields.append((found, field.is_required(), _rank(field)))
    return tree


def _bookmark(kind: type[BaseModel], path: tuple[str, ...]) -> Maker | None:
    """Write what a page says of itself so that few others follow it."""
    if not issubclass(kind, Page):
        return None
    if path == ("nextPage",):
        return _leaf((*["false"] * 6, "true"))
    if path == ("_links",):
        return _leaf((*["{}"] * 6, '{"next":{"href":"/more"}}'))
    return _leaf(("null", "null", "100", "25", "2")) if path == ("pageSize",) else None


def _path(name: str, field: FieldInfo) -> tuple[str, ...]:
    alias = field.validation_alias or field.alias or name
    if isinstance(alias, AliasPath):
        return tuple(str(step) for step in alias.path)
    return (str(alias),)


def _of_field(field: FieldInfo) -> Maker:
    marks = tuple(field.metadata)
    kind: Any = Annotated[(field.annotation, *marks)] if marks else field.annotation
    return maker(kind)


def _rank(field: FieldInfo) -> int:
    """Tell which of the fields that read one member knows most of it."""
    kinds = [field.annotation, *get_args(field.annotation)]
    classes = [one for one in kinds if isinstance(one, type) and not get_args(one)]
    if any(issubclass(one, Enum | BaseModel) for one in classes):
        return 2
    return int(str in classes)


def _object(tree: _Tree) -> Maker:
    members = [(json.dumps(name) + ":", *_member(name, at)) for name, at in tree.items()]

    def make(draw: Draw) -> str:
        if draw.is_wild() and draw.chance(0.5):
            return draw.bad()
        draw.deep += 1
        written = [
            name + found(draw)
            for name, found, needed in members
            if (not draw.is_wild() if needed else not draw.chance(0.2))
        ]
        if draw.is_wild():
            name, found, _ = draw.one(members)
            written += [name + found(draw), draw.one(texts.ODD_EXTRAS)]
        if draw.chance(0.15):
            written.insert(int(draw.random() * (len(written) + 1)), draw.one(texts.EXTRAS))
        if draw.chance(0.05):
            written.reverse()
        draw.deep -= 1
        return "{" + ",".join(written) + "}"

    return make


def _member(name: str, at: tuple[list[tuple[Maker, bool, int]], Any]) -> tuple[Maker, bool]:
    fields, below = at
    needed = any(is_required for _, is_required, _ in fields) or _needs(below)
    if not fields:
        return _object(below), needed
    if name in _KEYS:
        return _key(name), True
    makers = [found for found, _, _ in sorted(fields, key=lambda one: -one[2])]
    return _flat(_read_twice(makers) if len(makers) > 1 else makers[0]), needed


def _read_twice(makers: list[Maker]) -> Maker:
    """Write mostly what is best for all fields that read one member, and what is good for one."""
    return lambda draw: (draw.one(makers) if draw.chance(draw.odd) else makers[0])(draw)


def _needs(below: Any) -> bool:
    return any(
        required or _needs(inner) for fields, inner in below.values() for _, required, _ in fields
    )


def _key(name: str) -> Maker:
    def make(draw: Draw) -> str:
        if name in draw.own:
            return draw.own.pop(name)
        return draw.bad(texts.KEYS) if draw.is_wild() else draw.one(texts.KEYS)

    return make


def _flat(found: Maker) -> Maker:
    """Leave out what lies too deep."""
    return lambda draw: "null" if draw.deep > _DEEPEST + 2 else found(draw)
