"""A mutation that one platform alone has: one call, declared as a stub. See `schema.api`."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_origin

from strawberry import Some

from resolvers.call import Endpoint, Origin, checked_key
from resolvers.platform import Platform
from resolvers.rest import declared, opened
from resolvers.session import Session
from resolvers.upstream.errors import BadInput
from schema.action import Find, located
from schema.links import check_links
from schema.lookup import changed, compared, gone
from schema.node import Node, kind_named
from schema.outcome import UNKNOWN, Finding
from schema.scopes import check_mutation
from schema.wire import WriteInput, given


@dataclass(frozen=True, slots=True)
class Write:
    """One call as a mutation.

    `kind` names what its `id` has to lead to; without one it is for a connection as a whole, which
    the input names. `gives` is the name and type of what comes back, if anything does. `found` is
    asked what became of it where the platform's answer never came.
    """

    name: str
    about: str
    endpoint: Endpoint[Any]
    kind_name: str | None
    input: type[WriteInput] | None
    gives: tuple[str, Any] | None
    found: Find | None = None
    directives: Sequence[object] = ()

    @property
    def kind(self) -> type[Node] | None:
        """What the mutation's `id` leads to."""
        return None if self.kind_name is None else kind_named(self.kind_name)

    @property
    def deletes(self) -> bool:
        """Whether it is the thing of the `id` that is gone afterwards."""
        kind = self.kind
        own = kind is not None and self.endpoint.path.endswith(f"{{{kind.address[-1]}}}")
        return self.endpoint.is_delete and own

    @property
    def shows_parent(self) -> bool:
        """Whether the payload leads on to the thing that it was done to."""
        gives = None if self.gives is None else self.gives[1]
        return self.kind_name is not None and not self.deletes and gives is not self.kind

    @property
    def can_be_asked(self) -> bool:
        """Whether its platform can be asked afterwards what became of it."""
        own = self.kind is not None and not self.shows_parent
        readable = self.input is not None and (own or self._same_place() is not None)
        return self.found is not None or self.deletes or readable

    async def run(self, session: Session, id: str | None, sent: WriteInput | None) -> Any:
        """Make the call and give what comes back; raises a `Fault`."""
        check_mutation(session, self.endpoint.platform, sent)
        at = self._at(session, id, sent)
        try:
            self._check(session, at, sent)
        except BadInput as error:
            raise BadInput(error.message, path=("input", *error.path)) from None
        body = None if sent is None or not sent.has_body() else sent.body()
        answer = await session.ask(self.endpoint, self._filled(at, sent), body=body)
        return opened(answer)

    async def ask(
        self, session: Session, began: float, id: str | None, sent: WriteInput | None
    ) -> Finding:
        """Ask the platform what became of such a run, whose write began at that epoch second.

        Unless `found` says how, a thing of the `id` is looked at, and what can be read where it was
        written to.
        """
        at = self._filled(self._at(session, id, sent), sent)
        if self.found is not None:
            return await self.found(session, at, sent, began)
        if self.deletes and self.kind is not None:
            return await gone(session, self.kind, at)
        if sent is None or not self.can_be_asked:
            return UNKNOWN
        if self.kind is not None and not self.shows_parent:
            return await changed(session, self.kind, at, sent, began)
        read = self._same_place()
        thing = None if read is None else opened(await session.ask(read, at))
        return compared(session, at, sent, thing, began)

    def _same_place(self) -> Endpoint[Any] | None:
        """Find what reads the very thing that is written."""
        written = self.endpoint
        place = (written.platform, written.path, written.reply)
        reads = (read for read in declared() if read.is_read)
        return next((r for r in reads if (r.platform, r.path, r.reply) == place), None)

    def _at(self, session: Session, id: str | None, sent: WriteInput | None) -> Origin:
        if id is None:
            named: Some[str] | None = getattr(sent, "connection", None)
            try:
                return session.connections.only(self.endpoint.platform, given(named)).root
            except BadInput as error:
                raise BadInput(error.message, path=("input", *error.path)) from None
        kind, at = located(session, id)
        if kind is not self.kind:
            message = f"That is the id of a {kind.__name__}, not of a {self.kind_name}."
            raise BadInput(message, path=("id",))
        return at

    def _filled(self, at: Origin, sent: WriteInput | None) -> Origin:
        """Take the keys of the path that the input names."""
        names = set[str]() if sent is None else sent.addressing()
        wanted = names.intersection(self.endpoint.parameters)
        named = {name: str(getattr(sent, name)) for name in wanted}
        for name, key in named.items():
            try:
                checked_key(key)
            except BadInput as error:
                raise BadInput(error.message, path=("input", name)) from None
        return replace(at, keys={**at.keys, **named})

    def _check(self, session: Session, at: Origin, sent: WriteInput | None) -> None:
        if sent is not None and not sent.model_fields_set:
            raise BadInput("There is nothing to send.")
        check_links(session, sent, at.connection, at.keys)


WRITES: list[Write] = []


def declare(
    stub: Callable[..., Any],
    endpoint: Endpoint[Any],
    about: str,
    *,
    on: str | None,
    gives: str | None,
    found: Find | None = None,
    directives: Sequence[object] = (),
) -> None:
    """Make a stub known as a mutation."""
    sent: Any = next((p.annotation for p in inspect.signature(stub).parameters.values()), None)
    reply = inspect.signature(stub).return_annotation
    given = None if reply is None else (gives or _named(reply, endpoint), reply)
    WRITES.append(Write(stub.__name__, about, endpoint, on, sent, given, found, directives))


def short_name(kind: str, platform: Platform) -> str:
    """Name a type within its platform: a `ClinkedGroupBranding` is a `group_branding`."""
    if kind.lower().startswith(platform.value):
        kind = kind[len(platform.value) :]
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in kind).lstrip("_")


def _named(reply: Any, endpoint: Endpoint[Any]) -> str:
    if get_origin(reply) is not None:
        message = f"{endpoint} gives a list, which needs a name: gives=…"
        raise TypeError(message)
    return short_name(reply.__name__, endpoint.platform)
