"""From the bytes of an answer to objects that know where they came from.

Decoding is tolerant: one unreadable item costs a list that item and no more. A list of nothing but
such items is unreadable itself.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from functools import cache
from types import NoneType
from typing import Annotated, Any, Generic, Protocol, TypeVar, cast, get_args, get_origin

import structlog
from pydantic import BaseModel, GetCoreSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from resolvers.call import Call, Origin
from resolvers.located import stamp
from resolvers.paging import Page
from resolvers.upstream.errors import Fault
from resolvers.upstream.wire import Response

Item = TypeVar("Item")

_log = structlog.stdlib.get_logger("manifold.upstream")


class OrNone:
    """Marks what is None where it cannot be read, so that it costs nothing else."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read it in compiled code, like all else."""
        schema = handler(source)
        return core_schema.with_default_schema(schema, default=None, on_error="default")


# A list inside an answer. What cannot be read is None and keeps its place, so that whoever counts
# the platform's items (to page, say) counts as the platform does.
Rows = list[Annotated[Item | None, OrNone()]]


class _Readable:
    """Reads null as an empty list, and leaves out what cannot be read."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        rows: Any = Rows[get_args(source)[0]]  # pyright: ignore[reportInvalidTypeArguments]
        return core_schema.no_info_after_validator_function(
            _readable, handler.generate_schema(rows | None)
        )


def is_readable(rules: Iterable[object]) -> bool:
    """Tell by what is annotated on a list whether what cannot be read of it is left out."""
    return [type(rule) for rule in rules] == [_Readable]


def _readable(rows: list[Any] | None) -> "Readable[Any]":
    return Readable(rows or ())


class Readable(list[Item]):
    """What could be read of a list that a platform gave, and how many items could not."""

    def __init__(self, rows: Iterable[Item | None]) -> None:
        """Leave out what could not be read."""
        every = list(rows)
        super().__init__(row for row in every if row is not None)
        self.left_out = len(every) - len(self)


# A list inside a thing, where nothing is counted: one unreadable item costs that item alone.
Items = Annotated[list[Item], _Readable()]


class Envelope(BaseModel, Generic[Item]):
    """What a platform wraps its answers in."""

    @property
    @abstractmethod
    def content(self) -> Item:
        """What is inside."""

    def opened(self) -> Any:
        """Give what is inside; of a list, what could be read."""
        inside: Any = self.content
        if isinstance(inside, list):
            return _readable(cast("list[Any]", inside))
        return inside


class Reading(Protocol):
    """A way to read answers of one endpoint that gives no more of them than somebody selected."""

    def read(self, body: bytes, call: Call) -> Any:
        """Give what is selected.

        Raises `ValueError` for an answer that is not as plain as this way of reading needs it.
        """
        ...


class Reply:
    """One good answer, which any number of readers read in their ways, each way once."""

    __slots__ = ("_decode", "_read", "response")

    def __init__(self, response: Response, decode: Callable[[Call, Response], Any]) -> None:
        """Take the answer, and what decodes it as a whole."""
        self.response = response
        self._decode = decode
        self._read: dict[Reading | None, tuple[Origin | None, Any]] = {}

    def whole(self, call: Call) -> Any:
        """Give all of it, as the reply type of the endpoint; raises what decoding raises."""
        held = self._held(None, call)
        if held is None:
            try:
                held = (call.origin, self._decode(call, self.response))
            except Fault as fault:
                # What cannot be read nobody reads again.
                held, self.response = (call.origin, fault), Response(self.response.status)
            self._read[None] = held
        if isinstance(held[1], Fault):
            raise held[1]
        return held[1]

    def selected(self, reading: Reading, call: Call) -> Any:
        """Give what is selected; None where the answer has to be read as a whole."""
        held = self._held(reading, call)
        if held is None:
            try:
                held = (call.origin, reading.read(self.response.body, call))
            except (ValueError, RecursionError):
                held = (call.origin, None)
            self._read[reading] = held
        return held[1]

    def _held(self, reading: Reading | None, call: Call) -> tuple[Origin | None, Any] | None:
        held = self._read.get(reading)
        # Equal calls may have come by different ways, which go into the ids of what they give.
        if held is None or held[0] is call.origin or held[0] == call.origin:
            return held
        return None


def decode(call: Call, response: Response) -> Any:
    """Read the answer to `call` as its endpoint's reply type; raises pydantic's ValidationError.

    Where a list is expected, null is an empty one, and its unreadable items are left out, unless
    nothing is left. What is deleted may be told by nothing at all.
    """
    reply = call.endpoint.reply
    if reply is NoneType or (call.endpoint.is_delete and not response.body.strip()):
        return None
    if reply is Response:
        return response
    value = _adapter(reply).validate_json(response.body)
    _tell_lost(call, value)
    if get_origin(reply) is list:
        value = _some(_readable(value))
    if call.origin is not None:
        stamp(value, call.origin)
    return value


def _some(read: "Readable[Any]") -> "Readable[Any]":
    """Refuse a whole list of which nothing can be read: it would say that all is gone."""
    if read.left_out and not read:
        unreadable = PydanticCustomError("unreadable", "nothing in the list can be read")
        raise ValidationError.from_exception_data("list", [{"type": unreadable, "input": None}])
    return read


def _tell_lost(call: Call, value: Any) -> None:
    """Log how many items of a list could not be read, since callers see only the others."""
    rows = cast("Page[Any]", value).rows if isinstance(value, Page) else value
    lost = cast("list[Any]", rows).count(None) if isinstance(rows, list) else 0
    if lost:
        _log.warning(
            "items left out", endpoint=str(call.endpoint), connection=call.connection, count=lost
        )


@cache
def _adapter(reply: Any) -> TypeAdapter[Any]:
    if get_origin(reply) is list:
        rows: Any = Rows[get_args(reply)[0]]  # pyright: ignore[reportInvalidTypeArguments]
        reply = rows | None
    return TypeAdapter[Any](reply)
