"""An endpoint declared once becomes a field, or something to call from a resolver.

    api = Api(Clinked)

    class ClinkedGroup(Group):
        @api.get("/v3/groups/{group}/labels")
        async def labels(self) -> list[ClinkedLabel] | None:
            "Labels attached to the group. Clinked API 7.15.1."
            ...

The stub's signature is the field: its arguments become query parameters, its return type says how
the answer is decoded, its docstring is the description. The path's braces are filled from where
the object came from.
"""

import functools
import inspect
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import (
    Any,
    Concatenate,
    ParamSpec,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    overload,
)

import strawberry
from strawberry.schema_directive import Location
from strawberry.utils.str_converters import to_camel_case

from resolvers.call import Endpoint, Method, Origin, QueryValue, Reply
from resolvers.context import Info
from resolvers.located import Located
from resolvers.paging import Feed, Item, Page, paged, whole
from resolvers.platform import Credentials, Platform
from resolvers.reply import Envelope, Rows
from resolvers.session import Session
from resolvers.upstream.errors import NotFound

Self_ = TypeVar("Self_", bound=Located)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

# A method without a body that is turned into a field, and what it is turned into.
Stub = Callable[Concatenate[Self_, Arguments], Coroutine[Any, Any, Result]]
Resolver = Callable[Concatenate[Self_, Info, Arguments], Coroutine[Any, Any, Result]]
StubField = Callable[[Stub[Self_, Arguments, Result]], Resolver[Self_, Arguments, Result]]

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
        *,
        body: type[Any] | None = None,
        query: tuple[str, ...] = (),
    ) -> Endpoint[Reply]:
        """Declare an endpoint, for a resolver to ask."""
        made = Endpoint(self.platform, method, path, reply, body, query)
        _declared.append(made)
        return made

    def get(
        self,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        envelope: type[Envelope[Any]] | None = None,
    ) -> StubField[Self_, Arguments, Result]:
        """Turn a stub into a field that reads `path`.

        `query` gives the platform's name of an argument where it is not the argument's own in
        camel case; `envelope` wraps the answer upstream. What the platform does not find is null.
        """

        def field(stub: Stub[Self_, Arguments, Result]) -> Resolver[Self_, Arguments, Result]:
            names = query_names(stub, query or {})
            reply = without_none(inspect.signature(stub).return_annotation)
            reply = reply if envelope is None else _wrapped(envelope, reply)
            asked = self.endpoint(Method.GET, path, reply, query=tuple(names.values()))
            return stub_field(stub, _reader(asked, names), upstream(asked))

        return field


def unknown(stub: Stub[Self_, Arguments, Result]) -> Resolver[Self_, Arguments, Result]:
    """Turn a stub into a field that is null, unless the type of a platform knows better."""

    async def read(parent: Located, info: Info, **arguments: Any) -> None:
        del parent, info, arguments

    return stub_field(stub, read, ())


def stub_field(
    stub: Stub[Self_, Arguments, Result],
    reader: Callable[..., Coroutine[Any, Any, Any]],
    directives: Sequence[Upstream],
) -> Resolver[Self_, Arguments, Result]:
    """Make a field of a stub: its signature and docstring, and `reader` to answer it."""
    described: Any = strawberry.pydantic.field(
        _with_info(stub, reader), description=inspect.getdoc(stub), directives=directives
    )
    return described


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
    endpoint: Endpoint[Page[Item]],
    at: Origin,
    query: Mapping[str, QueryValue] | None = None,
) -> Feed[Item]: ...
def feed(
    session: Session,
    endpoint: Endpoint[list[Any]] | Endpoint[Page[Any]],
    at: Origin,
    query: Mapping[str, QueryValue] | None = None,
) -> Feed[Any]:
    """Read a list endpoint by offset, whether it answers page by page or all at once."""
    if get_origin(endpoint.reply) is list:
        return whole(lambda: session.ask(cast("Endpoint[list[Any]]", endpoint), at, query))
    pages = cast("Endpoint[Page[Any]]", endpoint)

    def fetch(number: int, size: int) -> Coroutine[Any, Any, Page[Any]]:
        page = {pages.reply.number_parameter: number, pages.reply.size_parameter: size}
        return session.ask(pages, at, {**(query or {}), **page})

    return paged(fetch, pages.reply.largest)


def _reader(
    asked: Endpoint[Any], names: Mapping[str, str]
) -> Callable[..., Coroutine[Any, Any, Any]]:
    async def read(parent: Located, info: Info, **arguments: Any) -> Any:
        query = {names[name]: value for name, value in arguments.items()}
        try:
            answer = await info.context.session.ask(asked, parent.origin, query)
        except NotFound:
            return None
        return answer.opened() if isinstance(answer, Envelope) else answer

    return read


def query_names(stub: Callable[..., Any], given: Mapping[str, str]) -> dict[str, str]:
    """Name the query parameter of each of the stub's arguments."""
    _, *arguments = inspect.signature(stub).parameters
    return {name: given.get(name, to_camel_case(name)) for name in arguments}


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


def _wrapped(envelope: Any, reply: Any) -> Any:
    return envelope[Rows[get_args(reply)[0]] if get_origin(reply) is list else reply]


def without_none(annotation: Any) -> type[Any]:
    """Give the type of what comes back, without the None of a field that may fail."""
    if get_origin(annotation) in {Union, UnionType}:
        (annotation,) = (part for part in get_args(annotation) if part is not NoneType)
    return annotation
