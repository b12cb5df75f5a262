"""The root of all writing, put together from the actions and their variants."""

import inspect
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, get_args

import strawberry
from graphql import GraphQLSchema
from pydantic import BaseModel, ConfigDict, Field, create_model
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.utils.str_converters import to_camel_case

from resolvers.context import Info
from resolvers.rest import upstream
from schema.action import ACTIONS, Action
from schema.errors import CORRECTABLE, Payload, user_errors


def _pascal(name: str) -> str:
    camel = to_camel_case(name)
    return camel[:1].upper() + camel[1:]


def payload_of(action: Action) -> type[Payload]:
    """Make the type that an action answers: what it changed, beside the user errors."""
    noun = action.noun
    if action.deletes:
        name, kind, about = "deleted_id", strawberry.ID | None, "The id of what is gone."
    elif action.many:
        name, kind, about = f"{noun.__name__.lower()}s", list[noun], "What was made."
    else:
        name, kind, about = noun.__name__.lower(), noun | None, "The thing as it is now."
    default: dict[str, Any] = {"default_factory": list} if action.many else {"default": None}
    members = {
        "__annotations__": {name: kind},
        "__doc__": f"What `{to_camel_case(action.name)}` answers.",
        "__module__": __name__,
        name: strawberry.field(description=about, **default),
    }
    made = type(f"{_pascal(action.name)}Payload", (Payload,), members)
    return strawberry.type(made, description=made.__doc__)


def input_of(action: Action) -> type[BaseModel] | None:
    """Make the `@oneOf` input of an action's variants; None if none of them needs any."""
    fields: dict[str, Any] = {
        variant.key: (strawberry.Maybe[variant.input], Field(description=variant.about))
        for variant in action.variants
        if variant.input is not None
    }
    if not fields:
        return None
    name = f"{_pascal(action.name)}Input"
    about = f"What `{to_camel_case(action.name)}` needs, by platform."
    made = create_model(name, __config__=ConfigDict(), __doc__=about, **fields)
    return strawberry.pydantic.input(made, one_of=True, description=about)


def _chosen(given: BaseModel) -> tuple[str | None, Any]:
    """Give the one variant that an input has, and its value."""
    sent = ((name, getattr(given, name)) for name in type(given).model_fields)
    return next((name, some.value) for name, some in sent if some is not None)


Id = Annotated[strawberry.ID, strawberry.argument(description="The id of the thing.")]
Resolver = Callable[..., Awaitable[Payload]]


def _resolver(action: Action, payload: type[Payload], input: Any) -> Resolver:
    """Make the resolver, with `id` and `input` as the action's variants take them."""

    async def resolve(info: Info, **arguments: Any) -> Payload:
        given, id = arguments.get("input"), arguments.get("id")
        key, value = (None, None) if given is None else _chosen(given)
        changed = await action.run(info.context.session, id=id, key=key, given=value)
        made: Any = payload
        return made(**{field: id if action.deletes else changed})

    (field,) = (name for name in payload.__annotations__ if name != "user_errors")
    # Null, not an error of the whole answer, when a platform is down: what other mutations of the
    # same document did must not be lost with it.
    signature: dict[str, Any] = {"info": Info, "return": payload | None}
    if any(variant.kind for variant in action.variants):
        signature["id"] = Id
    if input is not None:
        signature["input"] = Annotated[
            input, strawberry.argument(description="What to do, for one platform.")
        ]
    return _shaped(resolve, signature)


def _shaped(resolve: Resolver, annotations: dict[str, Any]) -> Resolver:
    returned = annotations["return"]
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    names = (name for name in annotations if name != "return")
    parameters = [inspect.Parameter(n, kind, annotation=annotations[n]) for n in names]
    resolve.__annotations__ = annotations
    shaped: Any = resolve
    shaped.__signature__ = inspect.Signature(parameters, return_annotation=returned)
    return shaped


def _field(action: Action) -> Any:
    payload, input = payload_of(action), input_of(action)
    resolve = _resolver(action, payload, input)
    calls = dict.fromkeys(read for variant in action.variants for read in variant.endpoints)
    return strawberry.field(resolve, description=_about(action), directives=upstream(*calls))


def _about(action: Action) -> str:
    ways = [
        f"{variant.kind.__name__}: {variant.about}"
        for variant in action.variants
        if variant.kind is not None and variant.input is None
    ]
    return "\n\n".join([action.about, *ways])


def mutation_type() -> type:
    """Make the root type out of every action that has a variant."""
    fields = {action.name: _field(action) for action in ACTIONS if action.variants}
    made = type("Mutation", (), {"__doc__": "The root of all writing.", **fields})
    return strawberry.type(made, description=made.__doc__)


def catch_user_errors(schema: GraphQLSchema) -> None:
    """Let each mutation answer what the caller can put right in its payload.

    Arguments are checked before a resolver runs, so this goes around it.
    """
    for field in schema.mutation_type.fields.values() if schema.mutation_type else ():
        made_from = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
        field.resolve = _catching(field.resolve, _payload(made_from))


def _payload(field: Any) -> type[Payload]:
    payload, _ = get_args(field.base_resolver.signature.return_annotation)
    return payload


def _catching(resolve: Any, payload: type[Payload]) -> Resolver:
    async def caught(source: Any, info: Any, **arguments: Any) -> Payload:
        try:
            return await resolve(source, info, **arguments)
        except CORRECTABLE as error:
            return payload(user_errors=user_errors(error))

    return caught
