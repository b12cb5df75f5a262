"""How no more of an endpoint's answers is decoded than is selected of the things in them."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast, get_args, get_origin

import msgspec
from pydantic import BaseModel

from resolvers.call import Call, Endpoint
from resolvers.paging import Page
from resolvers.reply import Envelope, Reading
from schema.plans.shape import path_of
from schema.scalars import OR_FALSE
from schema.selection import NotPlain


class DocumentReading:
    """Decodes answers as one type, and says of the things in them where they came from."""

    def __init__(self, decoded: Any, things: Callable[[Any], Any], *, is_located: bool) -> None:
        """Decode as a type of msgspec's; `things` gives the list of things in what is decoded.

        A thing in it that is none has the answer read as a whole, for somebody has to tell of it.
        """
        self._is_located = is_located
        self._decode: Callable[[bytes], Any] = msgspec.json.Decoder(decoded).decode
        self._things = things

    def read(self, body: bytes, call: Call) -> Any:
        """Give what is selected; raises `ValueError` where something is not as it should be."""
        decoded = self._decode(body)
        if self._is_located:
            at = call.origin
            for thing in self._things(decoded):
                thing.at = at
        return decoded


class EnvelopeReading(DocumentReading):
    """Decodes answers that are wrapped in something, and gives the list inside."""

    def read(self, body: bytes, call: Call) -> Any:
        """Give what is selected; raises `ValueError` where something is not as it should be."""
        return super().read(body, call).content


@cache
def item_of(endpoint: Endpoint[Any]) -> type[BaseModel] | None:
    """Give the class of the things in an endpoint's list; None if it is not that of one."""
    reply: Any = endpoint.reply
    if get_origin(reply) is list:
        found = get_args(reply)[0]
    elif isinstance(reply, type) and issubclass(reply, Page):
        found = cast("Any", reply).__pydantic_generic_metadata__["args"][0]
    elif isinstance(reply, type) and issubclass(reply, Envelope):
        found = _listed(cast("type[BaseModel]", reply))
    else:
        return None
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _listed(envelope: type[BaseModel]) -> Any:
    """Give the class of the things in an envelope's only list."""
    lists = [one.annotation for one in envelope.model_fields.values() if _is_list(one.annotation)]
    found = [one for one in _inside(lists[0]) if isinstance(one, type)] if len(lists) == 1 else []
    return next((one for one in found if issubclass(one, BaseModel)), None)


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list


def reading_of(
    endpoint: Endpoint[Any], thing: type[msgspec.Struct], *, is_located: bool = True
) -> Reading:
    """Make the way to read an endpoint's answers whose things are decoded as a struct.

    Where they are is noted on them if anybody asks that of them.
    """
    reply: Any = endpoint.reply
    if get_origin(reply) is list:
        return DocumentReading(list[cast("Any", thing)], _itself, is_located=is_located)
    if not isinstance(reply, type):
        # A list with rules of its own, for one.
        raise NotPlain
    if issubclass(reply, Page):
        page = _page(cast("type[BaseModel]", reply), item_of(endpoint), thing)
        return DocumentReading(page, lambda page: page.rows, is_located=is_located)
    if issubclass(reply, Envelope):
        wrapped = _page(cast("type[BaseModel]", reply), item_of(endpoint), thing)
        return EnvelopeReading(wrapped, lambda envelope: envelope.content, is_located=is_located)
    return DocumentReading(thing, lambda found: (found,), is_located=is_located)


def _page(envelope: type[BaseModel], item: Any, thing: Any) -> Any:
    """Make the struct of a list's envelope, which tells of itself as the envelope does."""
    if item is None:
        raise NotPlain
    fields: list[Any] = []
    renamed: dict[str, str] = {}
    for name, field in envelope.model_fields.items():
        (renamed[name],) = path_of(name, field)
        if _is_list(field.annotation) and item in _inside(field.annotation):
            fields.append((name, list[thing], _empty(is_required=field.is_required())))
        elif field.is_required() or any(rule is not OR_FALSE for rule in field.metadata):
            raise NotPlain
        else:
            fields.append((name, _PLAIN[field.annotation], field.default))
    told = {
        name: value
        for kind in reversed(envelope.__mro__)
        for name, value in vars(kind).items()
        if isinstance(value, property) and not name.startswith("model")
    }
    return msgspec.defstruct("Page", fields, rename=renamed, namespace=told, kw_only=True)


def _itself(things: Any) -> Any:
    return things


def _empty(*, is_required: bool) -> Any:
    return msgspec.field() if is_required else msgspec.field(default_factory=list[Any])


def _inside(annotation: Any) -> list[Any]:
    found: list[Any] = [annotation]
    for part in get_args(annotation):
        found += _inside(part)
    return found


# What else an envelope says of its page.
_PLAIN: dict[Any, Any] = {
    int | None: int | None,
    bool: bool,
    Mapping[str, Any] | None: dict[str, Any] | None,
}
