"""One platform's REST API, to declare endpoints of: fields that read, and mutations that write.

    api = Api(Clinked)

    class AccountBranding(LocatedWire):
        @api.get("/v3/accounts/{account}/branding", "4.10.1")
        async def branding(self) -> ClinkedBranding | None:
            "How its portal looks."
            ...

    @api.post("/v3/accounts/{account}/branding", "4.10.2", on="ClinkedAccount")
    async def clinked_branding_update(input: ClinkedBrandingInput) -> ClinkedBranding:
        "Change how an account's portal looks."
        ...

Each is one call: the stub's signature, its docstring and the section of the documentation are all
there is to say.
"""

import inspect
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partialmethod
from typing import Any, TypeVar, cast, get_args

from resolvers import rest
from resolvers.arguments import Arguments as Placed
from resolvers.call import Method, placeholders
from resolvers.paging import Page
from resolvers.reply import Envelope
from resolvers.rest import Arguments, Result, Self_, StubField, about
from resolvers.types import bare, without_none
from schema.action import Find
from schema.page import pages
from schema.write import declare

WriteStub = TypeVar("WriteStub", bound=Callable[..., Coroutine[Any, Any, Any]])


class Api(rest.Api):
    """One platform's REST API, to declare endpoints of."""

    def pages(
        self,
        path: str,
        section: str,
        envelope: type[Page[Any]] | type[Envelope[Any]] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        directives: Sequence[object] = (),
    ) -> StubField[Self_, Arguments, Result]:
        """Turn a stub into a field that gives pages of the list at `path`.

        `envelope` is what the platform wraps a page in, or all at once if it has no pages.
        """

        def field(stub: Any) -> Any:
            connection = bare(without_none(inspect.signature(stub).return_annotation))
            (item,) = get_args(connection)
            asked = Placed.of(stub, placeholders(path), query or {}).query
            paging: tuple[str, ...] = ()
            if envelope is not None and issubclass(envelope, Page):
                paging = (envelope.number_parameter, envelope.size_parameter)
                reply: Any = cast("Any", envelope)[item]
            else:
                reply = rest.wrapped(envelope, list[item])
            endpoint = self.endpoint(Method.GET, path, reply, section, query=(*asked, *paging))
            return pages(endpoint, query=query, directives=directives)(stub)

        return field

    def write(
        self,
        method: Method,
        path: str,
        section: str,
        *,
        on: str | None = None,
        gives: str | None = None,
        fixed: Mapping[str, Any] | None = None,
        envelope: type[Envelope[Any]] | None = None,
        found: Find | None = None,
        directives: Sequence[object] = (),
    ) -> Callable[[WriteStub], WriteStub]:
        """Turn a stub into a mutation of its name.

        `on` is the kind of thing that the mutation's `id` leads to, and whose keys fill the path;
        it is named, since the types of what is above are not known below. Without it the mutation
        is for a connection as a whole, and its input has a `connection`. The stub's one argument,
        if it has any, is the input; what it returns comes back in the payload, under a name after
        its type or `gives`. `fixed` is always in the body. `found` is asked what became of it where
        the platform's answer never came. `directives` has `ADMIN` where `write` is not enough.
        """

        def add(stub: WriteStub) -> WriteStub:
            signature = inspect.signature(stub)
            sent: Any = next((p.annotation for p in signature.parameters.values()), None)
            reply = rest.wrapped(envelope, signature.return_annotation)
            endpoint = self.endpoint(method, path, reply, section, body=sent, fixed=fixed)
            says = about(stub, endpoint)
            declare(stub, endpoint, says, on=on, gives=gives, found=found, directives=directives)
            return stub

        return add

    post = partialmethod(write, Method.POST)
    put = partialmethod(write, Method.PUT)
    patch = partialmethod(write, Method.PATCH)
    delete = partialmethod(write, Method.DELETE)
