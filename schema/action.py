"""A mutation that several platforms may answer, each with an input of its own.

An action is declared once for its noun; a platform adds its variant where its types are:

    @company_create.create("codat", CodatCompanyCreateInput, CREATE, found=_made)
    async def _(session: Session, input: CodatCompanyCreateInput) -> CodatCompany: ...

The graph then has `companyCreate(input: CompanyCreateInput!)`, where the input is `@oneOf` the
variants. An action on a thing that exists also takes the thing's `id`, whose kind has to be the
variant's; one without an input is chosen by that kind alone.

`found` is asked where the platform's answer to it never came. It gets the same arguments, and the
moment at which the write began. Without it, what was to be deleted or changed is looked at, and of
all else nothing is known.
"""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from strawberry.utils.str_converters import to_camel_case

from resolvers.call import Endpoint, Origin
from resolvers.session import Session
from resolvers.upstream.errors import BadInput, NotSupported, UpstreamFault
from schema.links import check_links
from schema.lookup import changed, gone
from schema.node import Node, origin_of
from schema.outcome import UNKNOWN, Finding
from schema.scopes import check_mutation
from schema.wire import WriteInput

Input = TypeVar("Input", bound=WriteInput)
Read = TypeVar("Read")

# What a variant gives back: the changed thing, several of them, or nothing if it is gone.
Changed = Awaitable[Node | Sequence[Node] | None]
Create = Callable[[Session, Input], Changed]
Change = Callable[[Session, Origin, Input], Changed]
Act = Callable[[Session, Origin], Changed]
Find = Callable[..., Awaitable[Finding]]


@dataclass(frozen=True, slots=True)
class Variant:
    """How one platform does it; `kind` is what the id has to lead to, `input` what it needs."""

    key: str
    about: str
    endpoints: tuple[Endpoint[Any], ...]
    run: Callable[..., Changed]
    kind: type[Node] | None = None
    input: type[WriteInput] | None = None
    found: Find | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A variant, what it is run with, and where the thing is that it is for, if there is one."""

    variant: Variant
    given: Any
    at: Origin | None = None

    @property
    def arguments(self) -> list[Any]:
        """What the variant's function takes beside the session."""
        both = [self.at, None if self.variant.input is None else self.given]
        return [argument for argument in both if argument is not None]


class Action:
    """A mutation: its name, the noun it gives back, its description and its variants.

    `many` gives back several, and `deletes` only the id of what is gone.
    """

    def __init__(
        self, name: str, noun: type[Node], about: str, *, many: bool = False, deletes: bool = False
    ) -> None:
        self.name = name
        self.noun = noun
        self.about = about
        self.many = many
        self.deletes = deletes
        self.variants: list[Variant] = []
        ACTIONS.append(self)

    def create(
        self,
        key: str,
        input: type[Input],
        *endpoints: Endpoint[Any],
        found: Find | None = None,
    ) -> Callable[[Create[Input]], Create[Input]]:
        """Add a variant that makes something out of an input."""

        def add(run: Create[Input]) -> Create[Input]:
            made = Variant(key, _about(run), endpoints, run, input=input, found=found)
            self.variants.append(made)
            return run

        return add

    def change(
        self,
        key: str,
        kind: type[Node],
        input: type[Input],
        *endpoints: Endpoint[Any],
        found: Find | None = None,
    ) -> Callable[[Change[Input]], Change[Input]]:
        """Add a variant that changes a thing of `kind` by an input."""

        def add(run: Change[Input]) -> Change[Input]:
            self.variants.append(Variant(key, _about(run), endpoints, run, kind, input, found))
            return run

        return add

    def act(self, kind: type[Node], *endpoints: Endpoint[Any]) -> Callable[[Act], Act]:
        """Add a variant that does something to a thing of `kind`, with nothing more to say."""

        def add(run: Act) -> Act:
            self.variants.append(Variant(kind.__name__, _about(run), endpoints, run, kind))
            return run

        return add

    def sends(self, key: str, kind: type[Node], endpoint: Endpoint[Any], about: str) -> None:
        """Add a variant that is one call: the input, if the endpoint has a body, and the reply."""

        async def run(
            session: Session, at: Origin, given: WriteInput | None = None
        ) -> Node | Sequence[Node] | None:
            return await session.ask(endpoint, at, body=None if given is None else given.body())

        self.variants.append(Variant(key, about, (endpoint,), run, kind, endpoint.body))

    async def run(
        self, session: Session, *, id: str | None = None, key: str | None = None, given: Any = None
    ) -> Node | Sequence[Node] | None:
        """Run the variant that the input's key and the id's kind choose; raises a `Fault`."""
        chosen = self._choose(session, id, key, given)
        variant, at = chosen.variant, chosen.at
        for platform in {endpoint.platform for endpoint in variant.endpoints}:
            check_mutation(session, platform, given)
        if at is not None and variant.input is not None and not given.model_fields_set:
            raise BadInput("There is nothing to change.", path=("input", variant.key))
        connection, inside = (None, None) if at is None else (at.connection, at.keys)
        try:
            check_links(session, given, connection, inside)
            return await variant.run(session, *chosen.arguments)
        except BadInput as error:
            # A variant knows its own fields, not where they stand in the mutation's arguments.
            path = ("id",) if variant.input is None else ("input", variant.key, *error.path)
            raise BadInput(error.message, path=path) from None

    async def ask(
        self,
        session: Session,
        began: float,
        *,
        id: str | None = None,
        key: str | None = None,
        given: Any = None,
    ) -> Finding:
        """Ask the platform what became of such a run, whose write began at that epoch second."""
        chosen = self._choose(session, id, key, given)
        variant, at = chosen.variant, chosen.at
        if variant.found is not None:
            return await variant.found(session, *chosen.arguments, began)
        if variant.kind is None or at is None:
            return UNKNOWN
        if self.deletes:
            return await gone(session, variant.kind, at)
        if variant.input is None:
            return UNKNOWN
        return await changed(session, variant.kind, at, given, began)

    def _choose(self, session: Session, id: str | None, key: str | None, given: Any) -> Chosen:
        if id is None:
            return Chosen(self._keyed(key), given)
        kind, origin = located(session, id)
        return Chosen(self._for(kind, key), given, origin)

    def _keyed(self, key: str | None) -> Variant:
        return next(variant for variant in self.variants if variant.key == key)

    def _for(self, kind: type[Node], key: str | None) -> Variant:
        able = [variant for variant in self.variants if variant.kind is kind]
        if not able:
            raise NotSupported(f"{kind.__name__} has no {to_camel_case(self.name)}.", path=("id",))
        if key is None or able[0].key == key:
            return able[0]
        message = f"A {kind.__name__} takes the input `{to_camel_case(able[0].key)}`."
        raise BadInput(message, path=("input", key))


ACTIONS: list[Action] = []


def located(session: Session, id: str) -> tuple[type[Node], Origin]:
    """Read the id that a mutation was given; raises `BadInput` at its path."""
    try:
        return origin_of(session, id)
    except BadInput as error:
        raise BadInput(error.message, path=("id",)) from None


async def read_back(reading: Awaitable[Read]) -> Read | None:
    """Read what a write has made where its own answer does not tell; None if that cannot be read.

    The write is done, and an error now would make callers repeat it.
    """
    try:
        return await reading
    except UpstreamFault:
        return None


def _about(run: Callable[..., Any]) -> str:
    return inspect.getdoc(run) or ""
