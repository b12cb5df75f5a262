"""What goes around every mutation: its idempotency key, and what the caller can put right."""

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any, get_args

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.utils.str_converters import to_camel_case

from resolvers.context import Context
from resolvers.upstream.errors import BadInput
from resolvers.writes import Writes
from schema.errors import CORRECTABLE, Payload, outcome_of, user_errors

KEY = "idempotency_key"
LONGEST_KEY = 255
IdempotencyKey = Annotated[
    str | None,
    strawberry.argument(
        description="A key of your own choice, 1 to 255 printable characters, new for everything "
        "new. Asked for again with the same key and arguments, it is not done again: the answer "
        "is that of the first time. Kept for a day, unless the gateway is set otherwise."
    ),
]


def guard(schema: GraphQLSchema) -> None:
    """Let each mutation be done once for a key, and tell user errors in its payload.

    Arguments are checked before a resolver runs, so this goes around it.
    """
    for name, field in schema.mutation_type.fields.items() if schema.mutation_type else ():
        made_from = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
        field.resolve = _guarded(name, field.resolve, _payload(made_from))


def _payload(field: Any) -> type[Payload]:
    payload, _ = get_args(field.base_resolver.signature.return_annotation)
    return payload


def _guarded(name: str, resolve: Any, payload: type[Payload]) -> Callable[..., Awaitable[Payload]]:
    async def guarded(source: Any, info: Any, **arguments: Any) -> Payload:
        work = partial(resolve, source, info, **arguments)
        try:
            return await _once(info.context, name, arguments, work)
        except CORRECTABLE as error:
            return payload(user_errors=user_errors(error), outcome=outcome_of(error))

    return guarded


async def _once(
    context: Context,
    name: str,
    arguments: dict[str, Any],
    work: Callable[[], Awaitable[Payload]],
) -> Payload:
    """Do the work, under the key if there is one."""
    given = dict(arguments)
    key: str | None = given.pop(to_camel_case(KEY), None)
    if key is None:
        context.session.writes = Writes()
        return await work()
    if not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
        message = f"A key has 1 to {LONGEST_KEY} printable characters."
        raise BadInput(message, path=(KEY,))
    asked = written(name, given)
    return await context.journal.once(context.session, (context.caller.name, key), asked, work)


def written(name: str, arguments: dict[str, Any]) -> bytes:
    """Write what is asked for, the same for the same however the document says it."""
    return json.dumps([name, arguments], sort_keys=True, default=str).encode()
