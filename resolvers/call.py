"""An endpoint as declared, and a call as a value."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Generic, TypeVar, cast
from urllib.parse import quote

from resolvers.platform import Platform
from resolvers.upstream.errors import BadInput

Reply = TypeVar("Reply")
Reply_co = TypeVar("Reply_co", covariant=True)

_PARAMETER = re.compile(r"\{(\w+)\}")
# What ends a part of an address, or stands for what may.
_OF_ADDRESSES = re.compile(r"[/\\?#]|%[0-9A-Fa-f]{2}")

# What a query parameter may be before it is written; None is left out.
QueryValue = str | float | bool | date | Enum | Sequence[str | int | Enum] | None


@dataclass(slots=True)
class Origin:
    """A connection, and the keys that lead to one place at its platform; nobody changes one."""

    platform: Platform
    connection: str
    keys: Mapping[str, str] = field(default_factory=dict[str, str])


class Method(StrEnum):
    """The verb of a call."""

    GET = "GET"
    """Reads."""
    HEAD = "HEAD"
    """Reads what stands in the headers of an answer."""
    POST = "POST"
    """Makes something or, at Conduit Link, changes it."""
    PUT = "PUT"
    """Replaces something."""
    PATCH = "PATCH"
    """Changes a part of something."""
    DELETE = "DELETE"
    """Deletes something."""


@dataclass(frozen=True, eq=False)
class Endpoint(Generic[Reply_co]):
    """Verb, path template and reply type of one thing that a platform can be asked.

    `path` may end in a query that is always sent, which tells one meaning of a path from another
    (`…/member-tags?summary=true`, `…/announcements?id={announcement}`); `fixed` does the same in a
    body. `reply` is the Python type of the body of a good answer: `NoneType` where it is empty or
    of no interest, `Response` where the answer stands in a header. `section` is the platform's own
    name of the part of its documentation, `query` names what else may be in the query, and `body`
    is the type of the request's body. A write is `repeatable` where sending it twice leaves the
    platform as sending it once.
    """

    platform: Platform
    method: Method
    path: str
    reply: type[Reply_co]
    section: str = ""
    body: type[Any] | None = None
    query: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict[str, Any])
    repeatable: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in the braces of the path and its query, in order."""
        return placeholders(self.path)

    @property
    def is_read(self) -> bool:
        """Whether asking changes nothing at the platform."""
        return self.method in {Method.GET, Method.HEAD}

    @property
    def is_delete(self) -> bool:
        """Whether asking deletes something at the platform."""
        return self.method is Method.DELETE

    def __str__(self) -> str:
        """Verb and template, as the platform's documentation heads its sections."""
        return f"{self.method} {self.path}"


@dataclass(slots=True)
class Call:
    """One endpoint with its parameters, on one connection: all that decides what is sent.

    Nobody changes one; to enforce it would take most of the time that it takes to make one.

    Equal calls are one call. `origin` has the keys of everything that the call's path stands in
    (a group's account, say); they go into the ids of what comes back and do not change what is
    sent, so of the origin only the connection counts.
    """

    endpoint: Endpoint[Any]
    connection: str
    path: str
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)
    origin: Origin | None = field(default=None, compare=False)
    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        # It is looked up more often than it is made.
        if not self._hash:
            self._hash = hash((self.endpoint, self.connection, self.path, self.query, self.body))
        return self._hash

    @classmethod
    def make(
        cls,
        endpoint: Endpoint[Any],
        at: Origin,
        query: Mapping[str, QueryValue] | None = None,
        body: object = None,
    ) -> "Call":
        """Make the value, filling the path template from the keys of `at`."""
        path, always = _parted(endpoint.path)
        asked = [(name, value.format_map(at.keys)) for name, value in always]
        return cls(
            endpoint,
            at.connection,
            fill(path, at.keys),
            (*asked, *written(query.items())) if query else tuple(asked),
            _written_body(endpoint, body),
            at,
        )


class Calls:
    """Calls of one endpoint with one query, each for another place."""

    __slots__ = ("_always", "_endpoint", "_path", "_query", "_written")

    def __init__(self, endpoint: Endpoint[Any], query: Mapping[str, QueryValue]) -> None:
        """Write the query once."""
        self._endpoint, self._query = endpoint, query
        self._path, self._always = _parted(endpoint.path)
        self._written = written(query.items())

    def at(self, place: Origin) -> Call:
        """Make the call for a place; raises `BadInput` for a key that cannot stand in a path."""
        if self._always:
            return Call.make(self._endpoint, place, self._query)
        path = fill(self._path, place.keys)
        return Call(self._endpoint, place.connection, path, self._written, None, place)


def placeholders(template: str) -> tuple[str, ...]:
    """Name what stands in the braces of a path template, in order."""
    return tuple(_PARAMETER.findall(template))


@cache
def _parted(template: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Part a template into its path and what is always in the query."""
    path, _, always = template.partition("?")
    pairs = (pair.partition("=") for pair in always.split("&") if pair)
    return path, tuple((name, value) for name, _, value in pairs)


@cache
def _steps(template: str) -> tuple[str, tuple[str, ...]]:
    """Make of a path template one for the percent sign, and name what goes into it."""
    return _PARAMETER.sub("%s", template.replace("%", "%%")), placeholders(template)


def fill(template: str, keys: Mapping[str, str]) -> str:
    """Put `keys` into a path template, each as one segment of the path and never more.

    >>> fill("/v3/accounts/{account}/members/{username}", {"account": "1", "username": "a/b"})
    '/v3/accounts/1/members/a%2Fb'
    """
    path, names = _steps(template)
    return path % tuple([segment(keys[name]) for name in names])


def segment(key: str) -> str:
    """Write a key as one segment of a path; raises `BadInput` where it cannot be."""
    if key.isascii() and key.isalnum():
        return key
    # Dots are not escaped by percent-encoding, and clients and servers resolve dot segments.
    if key in {"", ".", ".."} or not key.isprintable():
        raise BadInput("That id points nowhere.")
    return quote(key, safe="@")


def checked_key(key: str) -> str:
    """Give a key that an id may have; raises `BadInput` for what no platform calls a thing.

    It would be sent as one segment; but what stands between the gateway and the platform may decode
    it, and then go another way.
    """
    if key.isascii() and key.isalnum():
        return key
    plain = unicodedata.normalize("NFKC", key)
    if _OF_ADDRESSES.search(plain):
        raise BadInput("That id points nowhere.")
    segment(plain)
    segment(key)
    return key


def written(query: Iterable[tuple[str, QueryValue]]) -> tuple[tuple[str, str], ...]:
    """Query parameters as text: None left out, lists with commas, booleans in lower case."""
    return tuple((name, _text(value)) for name, value in query if value is not None)


def comma_list(texts: Iterable[str]) -> str:
    """Write texts as one, with commas; raises `BadInput` where that would make more of them."""
    every = list(texts)
    if any("," in text for text in every):
        raise BadInput("What has a comma in it cannot be asked for in a list.")
    return ",".join(every)


def _text(value: QueryValue) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return comma_list(map(_text, value))
    return value.isoformat() if isinstance(value, date) else _whole(str(value))


def _whole(text: str) -> str:
    """Give a text that can be sent; raises `BadInput` where a surrogate stands alone in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput("What has half of a character in it cannot be asked for.") from None
    return text


def _written_body(endpoint: Endpoint[Any], body: Any) -> bytes | None:
    whole = {**endpoint.fixed, **cast("dict[str, Any]", body or {})} if endpoint.fixed else body
    return None if whole is None else json.dumps(whole, separators=(",", ":")).encode()
