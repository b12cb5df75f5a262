"""What a field's arguments become in a call: keys in the path, or query parameters.

An argument that is named in the braces of the path fills them. One marked with `KeyOf` is a global
id, of which the platform gets its own key. An input object is a bundle of query parameters, under
their aliases. Every other argument is a query parameter, by its own name in camel case or by the
one that is given.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Annotated, Any, cast, get_args, get_origin

from pydantic import BaseModel
from strawberry.utils.str_converters import to_camel_case

from resolvers.call import Origin, QueryValue, comma_list
from resolvers.identity import GlobalId
from resolvers.types import without_none
from resolvers.upstream.errors import BadInput

# What pages are asked for by, which is not a query parameter by itself.
PAGING = frozenset({"first", "after"})


@dataclass(frozen=True, slots=True)
class KeyOf:
    """Marks an argument that takes the global id of a `kind`, or a list of such.

    `names` are the keys that it leads by; ids of one list lead to one place, by all but the last.
    """

    kind: str
    names: tuple[str, ...]

    def read(self, id: str, at: Origin, argument: str) -> dict[str, str]:
        """Give the keys in a global id; raises `BadInput` for an id of anything else."""
        path = (argument,)
        try:
            found = GlobalId.parse(id)
        except BadInput as error:
            raise BadInput(error.message, path=path) from None
        if found.kind != self.kind:
            message = f"That is the id of a {found.kind}, not of a {self.kind}."
            raise BadInput(message, path=path)
        if found.connection != at.connection:
            raise BadInput("That is on another connection.", path=path)
        if len(found.keys) != len(self.names):
            raise BadInput("That is not an id of this gateway.", path=path)
        keys = dict(zip(self.names, found.keys, strict=True))
        for name in self.names[:-1]:
            if at.keys.get(name, keys[name]) != keys[name]:
                message = f"That is in another {name}."
                raise BadInput(message, path=path)
        return keys

    def read_all(self, ids: Sequence[str], at: Origin, argument: str) -> dict[str, str]:
        """Give the keys in several global ids of one place, the last of them with commas."""
        every = list[str]()
        for id in ids:
            keys = self.read(id, at, argument)
            every.append(keys.pop(self.names[-1]))
            at = replace(at, keys={**at.keys, **keys})
        return {name: at.keys[name] for name in self.names[:-1]} | {
            self.names[-1]: comma_list(every)
        }


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a field: its name in Python, the platform's name of it, and its kind."""

    name: str
    wire: str
    key: KeyOf | None
    bundle: type[BaseModel] | None

    def parameters(self) -> tuple[str, ...]:
        """Name the query parameters that it may become."""
        if self.bundle is None:
            return (self.wire,)
        fields = self.bundle.model_fields.items()
        sent = ((name, field) for name, field in fields if not field.exclude)
        return tuple(field.serialization_alias or name for name, field in sent)


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one field, and the names in the path that they may fill."""

    every: tuple[Argument, ...]
    in_path: frozenset[str]

    @classmethod
    def of(
        cls, stub: Callable[..., Any], in_path: Sequence[str], given: Mapping[str, str]
    ) -> "Arguments":
        """Look at a stub's signature; `given` has the platform's names that differ."""
        _, *rest = inspect.signature(stub).parameters.values()
        every = (_argument(p, given) for p in rest if p.name not in PAGING)
        return cls(tuple(every), frozenset(in_path))

    @property
    def query(self) -> tuple[str, ...]:
        """The query parameters that they may become."""
        asked = (argument for argument in self.every if not self._is_key(argument))
        return tuple(name for argument in asked for name in argument.parameters())

    def asked(self, values: Mapping[str, Any]) -> dict[str, QueryValue] | None:
        """Give the query parameters, where nothing that was given is a key; None otherwise."""
        query = dict[str, QueryValue]()
        for argument in self.every:
            value = values.get(argument.name)
            if value is None:
                continue
            if argument.key is not None or argument.name in self.in_path:
                return None
            if value != []:
                query |= dict(_asked(argument, value))
        return query

    def place(self, values: Mapping[str, Any], at: Origin) -> tuple[Origin, dict[str, QueryValue]]:
        """Sort what a caller gave into keys and query parameters."""
        keys, query = dict(at.keys), dict[str, QueryValue]()
        for argument in self.every:
            value = values.get(argument.name)
            if value is None or (argument.key is not None and value == []):
                continue
            if argument.key is not None:
                ids = cast("list[str]", value if isinstance(value, list) else [value])
                keys |= argument.key.read_all(ids, replace(at, keys=keys), argument.name)
                value = keys[argument.key.names[-1]]
            if argument.name in self.in_path:
                if value == []:
                    raise BadInput("Give at least one.", path=(argument.name,))
                keys[argument.name] = _segment(value)
            elif not self._is_key(argument) and value != []:
                query |= dict(_asked(argument, value))
        return replace(at, keys=keys), query

    def _is_key(self, argument: Argument) -> bool:
        own = argument.name if argument.key is None else argument.key.names[-1]
        return argument.name in self.in_path or own in self.in_path


def _argument(parameter: inspect.Parameter, given: Mapping[str, str]) -> Argument:
    annotation = without_none(parameter.annotation)
    marks = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    key = next((mark for mark in marks if isinstance(mark, KeyOf)), None)
    kind = without_none(get_args(annotation)[0] if marks else annotation)
    wire = given.get(parameter.name, to_camel_case(parameter.name))
    return Argument(parameter.name, wire, key, _bundle(kind))


def _bundle(kind: Any) -> type[BaseModel] | None:
    if not isinstance(kind, type) or not issubclass(kind, BaseModel):
        return None
    return kind


def _segment(value: object) -> str:
    if isinstance(value, list):
        return comma_list(map(_segment, cast("list[object]", value)))
    return str(value.value if isinstance(value, Enum) else value)


def _asked(argument: Argument, value: Any) -> Iterator[tuple[str, QueryValue]]:
    if isinstance(value, BaseModel):
        dumped = value.model_dump(by_alias=True, exclude_unset=True)
        yield from dumped.items()
    else:
        yield argument.wire, value
