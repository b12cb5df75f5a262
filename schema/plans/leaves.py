"""How a value is written: as it stands in an object, or as it stands in a platform's document.

A document's value is written without the object that it would become, where that comes to the same.
"""

import types
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Annotated, Any, Union, cast, get_args, get_origin

import msgspec
from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    is_leaf_type,
)
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    WrapValidator,
)
from pydantic.fields import FieldInfo

from resolvers.reply import Readable, is_readable
from schema.scalars import write_moment
from schema.selection import NotPlain

Write = Callable[[Any], Any]
# What GraphQL takes for an Int.
_LEAST_INT, _MOST_INT = -(2**31), 2**31 - 1
INT = Annotated[int, msgspec.Meta(ge=_LEAST_INT, le=_MOST_INT)]
_CONFIG = ConfigDict(coerce_numbers_to_str=True)
# A number of more than this many is in milliseconds, as pydantic reads it.
_MOST_SECONDS = 20_000_000_000
_LAST_MILLISECOND = 253_402_300_799_999
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VALIDATORS = (AfterValidator, BeforeValidator, PlainValidator, WrapValidator)


class Unclean(ValueError):
    """A value is not as its type says, and what is to be done about it others know."""


def present(value: Any) -> Any:
    """Give what may not lack; raises `Unclean` where it does."""
    if value is None:
        raise Unclean
    return value


def text(value: Any) -> str:
    """Write a text."""
    if value.__class__ is str:
        return value
    raise Unclean


def id_text(value: Any) -> str:
    """Write an id, which may be a number upstream."""
    return value if value.__class__ is str else str(value)


def _int(value: Any) -> int:
    if value.__class__ is int and _LEAST_INT <= value <= _MOST_INT:
        return value
    raise Unclean


def _whole(value: Any) -> int:
    if value.__class__ is int:
        return value
    raise Unclean


def _float(value: Any) -> float:
    if value.__class__ is float and value - value == 0.0:
        return value
    raise Unclean


def _bool(value: Any) -> bool:
    if value is True or value is False:
        return value
    raise Unclean


def moment(value: Any) -> str:
    """Write a moment of a document: a text, or seconds or milliseconds since 1970."""
    if value.__class__ is int and _MOST_SECONDS < value <= _LAST_MILLISECOND:
        at = _EPOCH + timedelta(milliseconds=value)
        return at.isoformat().removesuffix("+00:00") + "Z"
    try:
        return write_moment(_moments.validate_python(value))
    except ValidationError:
        raise Unclean from None


_moments = TypeAdapter(datetime)

_SCALARS: dict[str, Write] = {
    "String": text,
    "ID": text,
    "Int": _int,
    "BigInt": _whole,
    "Float": _float,
    "Boolean": _bool,
}


def writer_of(kind: Any) -> Write:
    """Give what writes an object's value of a leaf type, or of a list of such; not of null."""
    if isinstance(kind, GraphQLNonNull):
        return writer_of(cast("Any", kind).of_type)
    if isinstance(kind, GraphQLList):
        return _list_writer(cast("Any", kind).of_type)
    if isinstance(kind, GraphQLEnumType):
        return _enum_writer(kind)
    if not isinstance(kind, GraphQLScalarType):
        raise NotPlain
    return _SCALARS.get(kind.name) or _scalar_writer(kind)


def _list_writer(item: Any) -> Write:
    write, is_required = writer_of(item), isinstance(item, GraphQLNonNull)

    def written(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise Unclean
        items = cast("list[Any]", value)
        if is_required and None in items:
            raise Unclean
        return [None if one is None else write(one) for one in items]

    return written


def _enum_writer(kind: GraphQLEnumType) -> Write:
    names = dict[Any, str]()

    def written(value: Any) -> str:
        if not isinstance(value, Enum):
            raise Unclean
        name = names.get(value)
        if name is None:
            name = names[value] = _serialized(kind, value)
        return name

    return written


def _scalar_writer(kind: GraphQLScalarType) -> Write:
    return lambda value: _serialized(kind, value)


def _serialized(kind: Any, value: Any) -> Any:
    try:
        return kind.coerce_output_value(value)
    except Exception:  # noqa: BLE001 - graphql-core meets it again, and tells it
        raise Unclean from None


@dataclass(frozen=True, slots=True)
class Leaf:
    """How a value is decoded of a document and written.

    `decoded` is its type in msgspec's words; `write` is None where what is decoded is the answer.
    `absent` is written where there is none.
    """

    decoded: Any
    write: Write | None
    absent: Any

    @property
    def is_anything(self) -> bool:
        """Whether it is decoded whatever it is, null included."""
        return self.decoded is Any


def leaf_of(name: str, field: FieldInfo, kind: Any) -> Leaf:
    """Tell how a field of a document is decoded and written; raises `NotPlain`.

    What is no leaf becomes the objects that it stands for.
    """
    if not is_leaf_type(_innermost(kind)):
        return objects_by_rules(field)
    inner = cast("Any", kind).of_type if isinstance(kind, GraphQLNonNull) else kind
    absent = _absent(field, inner)
    if absent is None and isinstance(kind, GraphQLNonNull) and not field.is_required():
        raise NotPlain
    nullable, base = _bare(field.annotation)
    if is_readable(field.metadata) and get_args(base) == (str,):
        return Leaf(list[str], None, absent)
    found = None if _has_rules(field) else _exact(name, base, inner)
    # Null that may not stand there is as if there were nothing; where it may, it is written.
    if found is None or (nullable and (absent is not None or field.is_required())):
        return by_rules(field, kind)
    return Leaf(*found, absent)


def _absent(field: FieldInfo, kind: Any) -> Any:
    """Give what is written where nothing is."""
    if field.is_required():
        return None
    default = field.get_default(call_default_factory=True, validated_data={})
    return None if default is None else writer_of(kind)(default)


def _bare(annotation: Any) -> tuple[bool, Any]:
    """Tell whether a type may be None, and what it is otherwise."""
    if get_origin(annotation) not in {Union, types.UnionType}:
        return False, annotation
    parts = [part for part in get_args(annotation) if part is not type(None)]
    return len(parts) < len(get_args(annotation)), parts[0] if len(parts) == 1 else annotation


def _has_rules(field: FieldInfo) -> bool:
    rules = [one for one in field.metadata if isinstance(one, _VALIDATORS)]
    return bool(rules) or any(hasattr(o, "__get_pydantic_core_schema__") for o in field.metadata)


def _exact(name: str, base: Any, kind: Any) -> tuple[Any, Write | None] | None:
    """Give the type of what may stand there as it is, and how it is written."""
    named = getattr(kind, "name", None)
    if base is str and named == "String" and name.endswith(("id", "key")):
        # Where ids are numbers, they are so in every item.
        return str | int, id_text
    if isinstance(base, type) and issubclass(base, Enum) and isinstance(kind, GraphQLEnumType):
        return _enum(base, kind)
    if get_origin(base) is list and get_args(base) == (str,):
        return list[str], None
    return (int, None) if named == "BigInt" else _EXACT.get((base, named))


_EXACT: dict[Any, tuple[Any, Write | None]] = {
    (str, "String"): (str, None),
    (bool, "Boolean"): (bool, None),
    (float, "Float"): (float, None),
    (int, "Int"): (INT, None),
    (datetime, "DateTime"): (int | str, moment),
}


def _enum(base: type[Enum], kind: GraphQLEnumType) -> tuple[Any, Write] | None:
    values = {one.value for one in base}
    names = {one.value: _serialized(kind, one) for one in base}
    if all(value.__class__ is str for value in values):
        wanted: Any = str
    elif all(value.__class__ is int for value in values):
        wanted = int
    else:
        return None

    def written(value: Any) -> str:
        name = names.get(value)
        if name is None:
            try:
                name = _serialized(kind, base(value))
            except ValueError:
                raise Unclean from None
        return name

    return wanted, written


def by_rules(field: FieldInfo, kind: Any) -> Leaf:
    """Read by the field's own rules, and fall back on its default as the field does."""
    write, absent = writer_of(kind), _absent(field, kind)
    read = _reader(field, absent, _CONFIG)

    def written(value: Any) -> Any:
        found = read(value)
        if found is None or found is absent:
            return found
        return write([*cast("list[Any]", found)] if isinstance(found, Readable) else found)

    return Leaf(Any, written, absent)


def objects_by_rules(field: FieldInfo) -> Leaf:
    """Read the objects of a field by its own rules, to be written as any others."""
    absent: Any = None
    if not field.is_required():
        absent = field.get_default(call_default_factory=True, validated_data={})
    return Leaf(Any, _reader(field, absent, None), absent)


def _reader(field: FieldInfo, absent: Any, config: ConfigDict | None) -> Callable[[Any], Any]:
    # As it is annotated, without the names that it has in documents.
    annotated: Any = field.annotation
    for rule in field.metadata:
        annotated = Annotated[annotated, rule]
    validate = TypeAdapter[Any](annotated, config=config).validate_python
    is_required = field.is_required()

    def read(value: Any) -> Any:
        try:
            return validate(value)
        except ValidationError:
            if is_required:
                raise Unclean from None
            return absent

    return read


def _innermost(kind: Any) -> Any:
    while isinstance(kind, GraphQLNonNull | GraphQLList):
        kind = cast("Any", kind).of_type
    return kind
