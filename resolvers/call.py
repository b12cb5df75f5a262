"""An endpoint as declared, and a call as a value."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from resolvers.platform import Platform
from resolvers.upstream.errors import BadInput

Reply = TypeVar("Reply")
Reply_co = TypeVar("Reply_co", covariant=True)

_PARAMETER = re.compile(r"\{(\w+)\}")

# What a query parameter may be before it is written; None is left out.
QueryValue = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Origin:
    """A connection, and the keys that lead to one place at its platform."""

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

    `reply` is the Python type of the body of a good answer: `NoneType` where it is empty or of no
    interest, `Response` where the answer stands in a header. `query` names the documented query
    parameters and `body` the type of the request's body, for those who compare declarations with
    the platform's documentation.
    """

    platform: Platform
    method: Method
    path: str
    reply: type[Reply_co]
    body: type[Any] | None = None
    query: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in the path's braces, in order."""
        return tuple(_PARAMETER.findall(self.path))

    @property
    def is_read(self) -> bool:
        """Whether asking changes nothing at the platform."""
        return self.method in {Method.GET, Method.HEAD}

    def __str__(self) -> str:
        """Verb and template, as the platform's documentation heads its sections."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Call:
    """One endpoint with its parameters, on one connection: all that decides what is sent.

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

    @classmethod
    def make(
        cls,
        endpoint: Endpoint[Any],
        at: Origin,
        query: Mapping[str, QueryValue] | None = None,
        body: object = None,
    ) -> "Call":
        """Make the value, filling the path template from the keys of `at`."""
        return cls(
            endpoint,
            at.connection,
            fill(endpoint.path, at.keys),
            written(query.items()) if query else (),
            None if body is None else json.dumps(body, separators=(",", ":")).encode(),
            at,
        )


def fill(template: str, keys: Mapping[str, str]) -> str:
    """Put `keys` into a path template, each as one segment of the path and never more.

    >>> fill("/v3/accounts/{account}/members/{username}", {"account": "1", "username": "a/b"})
    '/v3/accounts/1/members/a%2Fb'
    """
    return _PARAMETER.sub(lambda found: segment(keys[found[1]]), template)


def segment(key: str) -> str:
    """Write a key as one segment of a path; raises `BadInput` where it cannot be."""
    # Dots are not escaped by percent-encoding, and clients and servers resolve dot segments.
    if key in {"", ".", ".."} or not key.isprintable():
        raise BadInput("That id points nowhere.")
    return quote(key, safe="@")


def written(query: Iterable[tuple[str, QueryValue]]) -> tuple[tuple[str, str], ...]:
    """Query parameters as text: None left out, booleans as `true` and `false`."""
    return tuple(
        (name, str(value).lower() if isinstance(value, bool) else str(value))
        for name, value in query
        if value is not None
    )
