"""The root of all writing, put together from the actions and their variants."""

import inspect
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any

import strawberry
from pydantic import BaseModel, ConfigDict, Field, create_model
from strawberry.utils.str_converters import to_camel_case

from resolvers.context import Info
from resolvers.rest import upstream
from schema.action import ACTIONS, Action, located
from schema.errors import Payload
from schema.guard import KEY, IdempotencyKey
from schema.outcome import Finding, Outcome, settled
from schema.payloads import pascal, payload_of, payload_of_write
from schema.write import WRITES, Write


def input_of(action: Action) -> type[BaseModel] | None:
    """Make the `@oneOf` input of an action's variants; None if none of them needs any."""
    fields: dict[str, Any] = {
        variant.key: (strawberry.Maybe[variant.input], Field(description=variant.about))
        for variant in action.variants
        if variant.input is not None
    }
    if not fields:
        return None
    name = f"{pascal(action.name)}Input"
    about = f"What `{to_camel_case(action.name)}` needs, by platform."
    made = create_model(name, __config__=ConfigDict(), __doc__=about, **fields)
    return strawberry.pydantic.input(made, one_of=True, description=about)


def _chosen(given: BaseModel) -> tuple[str | None, Any]:
    """Give the one variant that an input has, and its value."""
    sent = ((name, getattr(given, name)) for name in type(given).model_fields)
    return next((name, some.value) for name, some in sent if some is not None)


Id = Annotated[strawberry.ID, strawberry.argument(description="The id of the thing.")]
Resolver = Callable[..., Awaitable[Payload]]


def _action_resolver(action: Action, payload: type[Payload], input: Any) -> Resolver:
    """Make the resolver, with `id` and `input` as the action's variants take them."""

    async def resolve(info: Info, **arguments: Any) -> Payload:
        given, id = arguments.get("input"), arguments.get("id")
        key, value = (None, None) if given is None else _chosen(given)
        session, chosen = info.context.session, {"id": id, "key": key, "given": value}
        run = partial(action.run, session, **chosen)
        found = await settled(session, run, partial(action.ask, session, **chosen))
        shown = _deleted(found, id) if action.deletes else found.thing
        made: Any = payload
        return made(outcome=found.outcome, **{field: [] if action.many and not shown else shown})

    (field,) = payload.__annotations__
    takes: dict[str, Any] = {}
    if any(variant.kind for variant in action.variants):
        takes["id"] = Id
    if input is not None:
        takes["input"] = Annotated[
            input, strawberry.argument(description="What to do, for one platform.")
        ]
    return _shaped(resolve, takes, payload)


def _write_resolver(write: Write, payload: Any) -> Resolver:
    """Make the resolver, with `id` and `input` as the call needs them."""

    async def resolve(info: Info, **arguments: Any) -> Payload:
        id, session = arguments.get("id"), info.context.session
        given = {"id": id, "sent": arguments.get("input")}
        run = partial(write.run, session, **given)
        found = await settled(session, run, partial(write.ask, session, **given))
        made: dict[str, Any] = {} if write.gives is None else {write.gives[0]: found.thing}
        if write.deletes:
            made["deleted_id"] = _deleted(found, id)
        elif id is not None and write.shows_parent:
            made["at"] = located(session, id)[1]
        return payload(outcome=found.outcome, **made)

    takes: dict[str, Any] = {}
    if write.kind_name is not None:
        about = f"The id of a {write.kind_name}."
        takes["id"] = Annotated[strawberry.ID, strawberry.argument(description=about)]
    if write.input is not None:
        about = inspect.getdoc(write.input)
        takes["input"] = Annotated[write.input, strawberry.argument(description=about)]
    return _shaped(resolve, takes, payload)


def _deleted(found: Finding, id: str | None) -> str | None:
    return id if found.outcome is Outcome.CONFIRMED else None


def _shaped(resolve: Resolver, takes: dict[str, Any], payload: type[Payload]) -> Resolver:
    # Null, not an error of the whole answer, when a platform is down: what other mutations of the
    # same document did must not be lost with it.
    returned: Any = payload | None
    takes = {"info": Info, **takes}
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter(name, kind, annotation=takes[name]) for name in takes]
    parameters.append(inspect.Parameter(KEY, kind, annotation=IdempotencyKey, default=None))
    resolve.__annotations__ = {**takes, KEY: IdempotencyKey, "return": returned}
    shaped: Any = resolve
    shaped.__signature__ = inspect.Signature(parameters, return_annotation=returned)
    return shaped


def _action_field(action: Action) -> Any:
    payload, input = payload_of(action), input_of(action)
    resolve = _action_resolver(action, payload, input)
    calls = dict.fromkeys(read for variant in action.variants for read in variant.endpoints)
    return strawberry.field(resolve, description=_about(action), directives=upstream(*calls))


def _write_field(write: Write) -> Any:
    resolve = _write_resolver(write, payload_of_write(write))
    calls = [*write.directives, *upstream(write.endpoint)]
    return strawberry.field(resolve, description=write.about, directives=calls)


def _about(action: Action) -> str:
    ways = [
        f"{variant.kind.__name__}: {variant.about}"
        for variant in action.variants
        if variant.kind is not None and variant.input is None
    ]
    return "\n\n".join([action.about, *ways])


def mutation_type() -> type:
    """Make the root type out of every action that has a variant, and of every write."""
    fields = {action.name: _action_field(action) for action in ACTIONS if action.variants}
    fields |= {write.name: _write_field(write) for write in WRITES}
    made = type("Mutation", (), {"__doc__": "The root of all writing.", **fields})
    return strawberry.type(made, description=made.__doc__)
