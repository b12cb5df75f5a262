"""The values in an example, and those in what was decoded of it, by their places."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gateway.coverage.fields import members
from gateway.coverage.paths import join
from schema.pairs import ByName
from schema.scalars import JsonText


def values(document: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Give every plain value of a document with its place: `items[0].user.id`."""
    if isinstance(document, dict):
        for name, value in cast("dict[str, Any]", document).items():
            yield from values(value, join(at, name))
    elif isinstance(document, list):
        for number, value in enumerate(cast("list[Any]", document)):
            yield from values(value, f"{at}[{number}]")
    else:
        yield at or "$", document


def path_of(place: str) -> str:
    """Give the path of a place: no matter which item of a list."""
    return re.sub(r"\[\d+\]", "[]", place)


def decoded(value: Any, at: str = "", notes: tuple[Any, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Give every value that was decoded, lists and models too, with its place in the document."""
    yield at or "$", value
    pairs = next((note for note in notes if isinstance(note, ByName)), None)
    if pairs is not None:
        for item in value or ():
            yield from _pair(item, pairs, at)
    elif isinstance(value, BaseModel):
        for name, path, field in members(type(value)):
            yield from decoded(getattr(value, name), join(at, path), notes_on(field))
    elif isinstance(value, list):
        for number, item in enumerate(cast("list[Any]", value)):
            yield from decoded(item, f"{at}[{number}]")
    elif isinstance(value, Mapping):
        for name, item in cast("Mapping[str, Any]", value).items():
            yield from decoded(item, join(at, name))


def _pair(item: BaseModel, pairs: ByName, at: str) -> Iterator[tuple[str, Any]]:
    attributes = {path: (getattr(item, name), field) for name, path, field in members(type(item))}
    key, _ = attributes.pop(pairs.key)
    for path, (value, field) in attributes.items():
        below = "" if path == pairs.value else f".{path}"
        yield from decoded(value, f"{join(at, str(key))}{below}", notes_on(field))


def notes_on(field: FieldInfo) -> tuple[Any, ...]:
    """Give what is annotated on a field, whether it may be null or not."""
    return (*field.metadata, *_notes(field.annotation))


def _notes(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        return (*notes, *_notes(inner))
    if get_origin(annotation) in {list, dict} or isinstance(annotation, type):
        return ()
    return tuple(note for part in get_args(annotation) for note in _notes(part))


def is_json(notes: tuple[Any, ...]) -> bool:
    """Tell whether a value stands in its document as a text of JSON."""
    return any(isinstance(note, JsonText) for note in notes)
