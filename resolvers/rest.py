"""An endpoint declared once becomes a field, or something to call from a resolver.

    api = Api(Clinked)

    class ClinkedGroup(Group):
        @api.get("/v3/groups/{group}/labels", "7.15.1")
        async def labels(self) -> list[ClinkedLabel] | None:
            "Labels attached to the group."
            ...

The stub's signature is the field: its arguments become keys in the path or query parameters, its
return type says how the answer is decoded, its docstring and the section of the platform's
documentation are the description. The path's braces are filled from where the object came from.
"""

import functools
import inspect
import re
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import (
    Any,
    Concatenate,
    ParamSpec,
    TypeVar,
    cast,
    get_args,
    get_origin,
    overload,
)

import strawberry
from strawberry.schema_directive import Location

from resolvers.arguments import Arguments as Placed
from resolvers.call import Endpoint, Method, Origin, QueryValue, Reply, placeholders
from resolvers.context import Info
from resolvers.located import Located
from resolvers.paging import Feed, Item, Page, fitting_size, paged, whole
from resolvers.platform import Credentials, Platform, credentials_by_platform
from resolvers.reply import Envelope, Rows
from resolvers.session import Session
from resolvers.types import without_none
from resolvers.upstream.errors import NotFound
from resolvers.upstream.wire import Response

Self_ = TypeVar("Self_", bound=Located)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

# A method without a body that is turned into a field, and what it is turned into.
Stub = Callable[Concatenate[Self_, Arguments], Coroutine[Any, Any, Result]]
Resolver = Callable[Concatenate[Self_, Info, Arguments], Coroutine[Any, Any, Result]]
StubField = Callable[[Stub[Self_, Arguments, Result]], Resolver[Self_, Arguments, Result]]

# What lists things: all at once, in an envelope or without, or page by page.
ListEndpoint = Endpoint[list[Any]] | Endpoint[Envelope[Any]] | Endpoint[Page[Any]]

_declared: list[Endpoint[Any]] = []


def declared() -> Iterator[Endpoint[Any]]:
    """Every endpoint declared so far, in the order of declaration."""
    return iter(tuple(_declared))


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    repeatable=True,
    description="A call that the field may make at a platform.",
)
class Upstream:
    """A call that the field may make at a platform."""

    # In the order of the sorted schema: in any other, strawberry prints the definition twice.
    method: Method
    path: str
    platform: Platform


def upstream(*endpoints: Endpoint[Any]) -> list[Upstream]:
    """Make the directives that print `endpoints` on a field."""
    calls = dict.fromkeys((e.platform, e.method, e.path) for e in endpoints)
    return [Upstream(platform=platform, method=m, path=path) for platform, m, path in calls]


@dataclass(frozen=True, slots=True)
class Getting:
    """What a field declares that gives the answer of one endpoint."""

    endpoint: Endpoint[Any]
    placed: Placed


@dataclass(frozen=True, slots=True)
class Counting:
    """What a field declares that gives a number out of an answer's header."""

    endpoint: Endpoint[Response]
    header: str

    def number(self, answer: Response) -> int | None:
        """Read the number; None if there is none."""
        number = answer.headers.get(self.header.lower(), "")
        return int(number) if re.fullmatch(r"\d{1,9}", number, re.ASCII) else None


class Unknown:
    """What a field declares that is null, whatever it is asked for of."""


class Api:
    """One platform's REST API, to declare endpoints of."""

    def __init__(self, credentials: type[Credentials]) -> None:
        """Declare for the platform of these credentials."""
        self.platform = credentials.platform

    def calls(self, method: Method, path: str) -> Upstream:
        """Make the directive of a field that asks an endpoint declared elsewhere."""
        return Upstream(platform=self.platform, method=method, path=path)

    def endpoint(
        self,
        method: Method,
        path: str,
        reply: type[Reply],
        section: str,
        *,
        body: type[Any] | None = None,
        query: tuple[str, ...] = (),
        fixed: Mapping[str, Any] | None = None,
        repeatable: bool = False,
    ) -> Endpoint[Reply]:
        """Declare an endpoint, for a resolver to ask."""
        made = Endpoint(
            self.platform, method, path, reply, section, body, query, fixed or {}, repeatable
        )
        _declared.append(made)
        return made

    def get(
        self,
        path: str,
        section: str,
        *,
        query: Mapping[str, str] | None = None,
        envelope: type[Envelope[Any]] | None = None,
        directives: Sequence[object] = (),
    ) -> StubField[Self_, Arguments, Result]:
        """Turn a stub into a field that reads `path`.

        `query` gives the platform's name of an argument where it is not the argument's own in
        camel case; `envelope` wraps the answer upstream. What the platform does not find is null.
        """

        def field(stub: Stub[Self_, Arguments, Result]) -> Resolver[Self_, Arguments, Result]:
            reply = wrapped(envelope, without_none(inspect.signature(stub).return_annotation))
            placed = Placed.of(stub, placeholders(path), query or {})
            asked = self.endpoint(Method.GET, path, reply, section, query=placed.query)
            link = Getting(asked, placed)
            return stub_field(stub, _reader(link), asked, link=link, directives=directives)

        return field

    def counting(self, path: str, section: str, header: str) -> Counting:
        """Declare an endpoint that tells a number in a header."""
        return Counting(self.endpoint(Method.HEAD, path, Response, section), header)

    def count(self, link: Counting) -> StubField[Self_, Arguments, int | None]:
        """Turn a stub into a field that reads a number out of a header."""

        async def read(parent: Located, info: Info) -> int | None:
            try:
                return link.number(await info.context.session.ask(link.endpoint, parent.origin))
            except NotFound:
                return None

        def field(
            stub: Stub[Self_, Arguments, int | None],
        ) -> Resolver[Self_, Arguments, int | None]:
            return stub_field(stub, read, link.endpoint, link=link)

        return field


def unknown(stub: Stub[Self_, Arguments, Result]) -> Resolver[Self_, Arguments, Result]:
    """Turn a stub into a field that is null, unless the type of a platform knows better."""

    async def read(parent: Located, info: Info, **arguments: Any) -> None:
        del parent, info, arguments

    return stub_field(stub, read, link=Unknown())


def stub_field(
    stub: Stub[Self_, Arguments, Result],
    reader: Callable[..., Coroutine[Any, Any, Any]],
    *asked: Endpoint[Any],
    link: object = None,
    directives: Sequence[object] = (),
) -> Resolver[Self_, Arguments, Result]:
    """Make a field of a stub: its signature and docstring, and `reader` to answer it.

    `link` is what it declares, for whoever answers it for many things at once.
    """
    resolver: Any = _with_info(stub, reader)
    resolver.link = link
    described: Any = strawberry.pydantic.field(
        resolver,
        description=about(stub, *asked),
        directives=[*directives, *upstream(*asked)],
    )
    return described


def about(stub: Callable[..., Any], *asked: Endpoint[Any]) -> str:
    """Describe a stub: its docstring, and where the platform documents what it asks."""
    says = inspect.getdoc(stub) or ""
    titles = {e: credentials_by_platform()[e.platform].title for e in asked if e.section}
    sections = [
        f"{title} API{' ' if e.section[0].isdigit() else ', '}{e.section}."
        for e, title in titles.items()
    ]
    return " ".join([says, *sections]).strip()


@overload
def feed(
    session: Session,
    endpoint: Endpoint[list[Item]],
    at: Origin,
    query: Mapping[str, QueryValue] | None = None,
) -> Feed[Item]: ...
@overload
def feed(
    session: Session,
    endpoint: Endpoint[Envelope[Any]],
    at: Origin,
    query: Mapping[str, QueryValue] | None = None,
) -> Feed[Any]: ...
@overload
def feed(
    session: Session,
    endpoint: Endpoint[Page[Item]],
    at: Origin,
    query: Mapping[str, QueryValue] | None = None,
) -> Feed[Item]: ...
def feed(
    session: Session,
    endpoint: ListEndpoint,
    at: Origin,
    query: Mapping[str, QueryValue] | None = None,
) -> Feed[Any]:
    """Read a list endpoint by offset, whether it answers page by page or all at once."""
    if get_origin(endpoint.reply) is list or not issubclass(endpoint.reply, Page):

        async def read() -> list[Any]:
            return opened(await session.listed(cast("Endpoint[Any]", endpoint), at, query))

        return whole(read)
    pages = cast("Endpoint[Page[Any]]", endpoint)

    def fetch(number: int, size: int) -> Coroutine[Any, Any, Page[Any]]:
        page = {pages.reply.number_parameter: number, pages.reply.size_parameter: size}
        return session.listed(pages, at, {**(query or {}), **page})

    return paged(fetch, pages.reply.largest)


def first_page(endpoint: ListEndpoint, count: int) -> dict[str, QueryValue]:
    """Give what a list is asked with for its first items, as `feed` asks for them."""
    reply: Any = endpoint.reply
    if get_origin(reply) is list or not (isinstance(reply, type) and issubclass(reply, Page)):
        return {}
    size = fitting_size(0, count, reply.largest)
    return {reply.number_parameter: 1, reply.size_parameter: size}


def _reader(link: Getting) -> Callable[..., Coroutine[Any, Any, Any]]:
    async def read(parent: Located, info: Info, **arguments: Any) -> Any:
        at, query = link.placed.place(arguments, parent.origin)
        try:
            answer = await info.context.session.ask(link.endpoint, at, query)
        except NotFound:
            return None
        return opened(answer)

    return read


def _with_info(
    stub: Callable[..., Any], reader: Callable[..., Coroutine[Any, Any, Any]]
) -> Callable[..., Coroutine[Any, Any, Any]]:
    """Give `reader` the name and signature of `stub`, with `info` behind `self`."""

    @functools.wraps(stub)
    async def resolve(self: Located, info: Info, **arguments: Any) -> Any:
        return await reader(self, info, **arguments)

    signature = inspect.signature(stub)
    itself, *arguments = signature.parameters.values()
    info = inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info)
    resolve.__signature__ = signature.replace(parameters=[itself, info, *arguments])  # type: ignore[attr-defined]
    resolve.__annotations__ = {**stub.__annotations__, "info": Info}
    return resolve


def opened(answer: Any) -> Any:
    """Give what is in an answer's envelope, if it has one."""
    return answer.opened() if isinstance(answer, Envelope) else answer


def wrapped(envelope: Any, reply: Any) -> Any:
    """Give the type of an answer as it comes: `reply`, in its envelope if it has one."""
    if reply is None or envelope is None:
        return NoneType if reply is None else reply
    if not envelope.__pydantic_generic_metadata__["parameters"]:
        return envelope
    return envelope[Rows[get_args(reply)[0]] if get_origin(reply) is list else reply]
