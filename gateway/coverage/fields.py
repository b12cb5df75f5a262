"""Which places of a platform's documents a type reads or an input writes."""

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from pydantic import AliasChoices, AliasPath, BaseModel, PlainSerializer
from pydantic.fields import FieldInfo
from strawberry import Maybe

from gateway.coverage.paths import is_below, join
from resolvers.call import Endpoint
from resolvers.upstream.wire import Response
from schema.node import OfKind, kind_named
from schema.pairs import ByName
from schema.scalars import JsonText
from schema.wire import WriteInput


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document, and the attribute that stands for it.

    Where `is_whole`, all that is below the place stands in the attribute too. `owner` is empty for
    an attribute of a noun, which is there for the sake of other platforms.
    """

    path: str
    owner: str
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What is looked at: a type at a path, the notes on it, and the models that it stands in."""

    path: str
    owner: str
    notes: tuple[Any, ...] = ()
    above: frozenset[type[BaseModel]] = frozenset()

    def into(self, path: str, *notes: Any) -> "Step":
        """Go down."""
        return Step(path, self.owner, notes, self.above)

    def note(self, kind: type[Any]) -> Any:
        """Give the note of a kind, if there is one."""
        return next((note for note in self.notes if isinstance(note, kind)), None)

    def place(self, *, is_whole: bool = False) -> Place:
        """Say that the path is read or written."""
        return Place(self.path or "$", self.owner, is_whole)


Aliases = Callable[[str, FieldInfo], list[str]]


def replied(endpoint: Endpoint[Any]) -> list[Place]:
    """Give the places of its answer that an endpoint reads."""
    if endpoint.reply in {NoneType, Response}:
        return []
    return list(_walk(endpoint.reply, Step("", str(endpoint)), _read_from))


def sent(endpoint: Endpoint[Any]) -> list[Place]:
    """Give the places of its request's body that an endpoint writes."""
    fixed = [Place(name, str(endpoint)) for name in endpoint.fixed]
    if endpoint.body is None:
        return fixed
    body: Any = endpoint.body
    step = Step("", str(endpoint))
    if isinstance(body, type) and issubclass(body, WriteInput) and body.whole_body is not None:
        field = body.model_fields[body.whole_body]
        return list(_walk(field.annotation, step.into("", *field.metadata), _written_to))
    return [*_walk(body, step, _written_to), *fixed]


def _read_from(name: str, field: FieldInfo) -> list[str]:
    return spelled(field.validation_alias or field.alias or name)


def _written_to(name: str, field: FieldInfo) -> list[str]:
    return [] if field.exclude else spelled(field.serialization_alias or field.alias or name)


def spelled(alias: str | AliasPath | AliasChoices) -> list[str]:
    """Give the paths that an alias stands for, from its model on."""
    if isinstance(alias, AliasChoices):
        return [path for choice in alias.choices for path in spelled(choice)]
    if isinstance(alias, AliasPath):
        path = ""
        for part in alias.path:
            path = f"{path}[]" if isinstance(part, int) else join(path, part)
        return [path]
    # What is stamped on an object has an alias that no document can have.
    return [] if "\0" in alias else [alias]


def _walk(annotation: Any, step: Step, aliases: Aliases) -> Iterator[Place]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner, *notes = arguments
        yield from _walk(inner, step.into(step.path, *step.notes, *notes), aliases)
    elif (whole := step.note(OfKind)) is not None:
        yield from _walk(kind_named(whole.kind), step.into(step.path), aliases)
    elif origin in {Union, UnionType, Maybe}:
        for part in arguments:
            if part is not NoneType:
                yield from _walk(part, step, aliases)
    elif step.note(ByName) is not None:
        yield from _walk_map(arguments[0], step, aliases)
    elif step.note(JsonText) is not None or annotation is Any:
        yield step.place(is_whole=True)
    elif aliases is _written_to and (serializer := step.note(PlainSerializer)) is not None:
        yield from _walk(_returned(serializer), step.into(step.path), aliases)
    else:
        yield from _walk_plain(annotation, step, aliases)


def _walk_plain(annotation: Any, step: Step, aliases: Aliases) -> Iterator[Place]:
    origin, arguments = get_origin(annotation) or annotation, get_args(annotation)
    if not isinstance(origin, type) or origin is Literal:
        yield step.place()
    elif issubclass(origin, BaseModel):
        yield from _walk_model(annotation, step, aliases)
    elif issubclass(origin, Mapping) and arguments:
        yield from _container(step)
        yield from _walk(arguments[1], step.into(join(step.path, "*")), aliases)
    elif issubclass(origin, Collection) and arguments:
        yield from _container(step)
        yield from _walk(arguments[0], step.into(f"{step.path}[]"), aliases)
    else:
        yield step.place()


def _walk_model(model: type[BaseModel], step: Step, aliases: Aliases) -> Iterator[Place]:
    yield from _container(step)
    if model in step.above:
        return
    inside = step.above | {model}
    for name, path, field in members(model, aliases):
        at = Step(join(step.path, path), owner(model, name), tuple(field.metadata), inside)
        yield from _walk(field.annotation, at, aliases)


def members(
    model: type[BaseModel], aliases: Aliases = _read_from
) -> Iterator[tuple[str, str, FieldInfo]]:
    """Give the attributes of a model, each with its path from the model on."""
    for name, field in model.model_fields.items():
        for path in aliases(name, field):
            yield name, path, field


def _walk_map(item: Any, step: Step, aliases: Aliases) -> Iterator[Place]:
    pairs = cast("ByName", step.note(ByName))
    name = join(step.path, "*")
    yield from _container(step)
    if pairs.value is None:
        yield Place(name, step.owner)
    for place in _walk(item, Step("", step.owner, (), step.above), aliases):
        if pairs.value is None and place.path != pairs.key:
            yield replace(place, path=join(name, place.path))
        elif place.path == pairs.value or is_below(place.path, pairs.value or place.path):
            yield replace(place, path=name + place.path.removeprefix(pairs.value or ""))


def _container(step: Step) -> Iterator[Place]:
    # A list's items are told by their own fields alone, and so is the document as a whole.
    if step.path and not step.path.endswith("[]"):
        yield step.place()


def _returned(serializer: PlainSerializer) -> Any:
    """Give the type that a serializer writes; what it does not tell is one plain value."""
    if isinstance(serializer.return_type, type) or get_origin(serializer.return_type):
        return serializer.return_type
    if not inspect.isfunction(serializer.func):
        return str
    return get_type_hints(serializer.func).get("return", str)


def owner(model: type[BaseModel], name: str) -> str:
    """Name an attribute by the class that declares it; empty for an attribute of a noun.

    What an envelope holds does not matter to its own attributes.
    """
    declaring = next(c for c in model.__mro__ if name in inspect.get_annotations(c))
    if is_interface(declaring):
        return ""
    generic: Any = getattr(declaring, "__pydantic_generic_metadata__", {}).get("origin")
    return f"{(generic or declaring).__name__}.{name}"


def is_interface(declaring: type[Any]) -> bool:
    """Tell whether a class is an interface of the graph."""
    definition: Any = vars(declaring).get("__strawberry_definition__")
    return definition is not None and definition.is_interface
