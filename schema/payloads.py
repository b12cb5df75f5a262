"""What mutations answer: what they changed, beside what the caller can put right."""

from typing import Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from resolvers.call import Origin
from resolvers.context import Info
from resolvers.rest import upstream
from schema.action import Action
from schema.errors import Payload
from schema.node import Node, look, reads_for
from schema.write import Write, short_name


def pascal(name: str) -> str:
    """Write a name of Python's as one of a type."""
    camel = to_camel_case(name)
    return camel[:1].upper() + camel[1:]


def payload_of(action: Action) -> type[Payload]:
    """Make the type that an action answers: what it changed, beside the user errors."""
    noun = action.noun
    if action.deletes:
        return _payload(action.name, _deleted())
    if action.many:
        # Nullable, for callers that may make it and not see it.
        made = strawberry.field(description="What was made.", default_factory=list)
        return _payload(action.name, {f"{noun.__name__.lower()}s": (list[noun] | None, made)})
    changed = strawberry.field(description="The thing as it is now.", default=None)
    return _payload(action.name, {noun.__name__.lower(): (noun | None, changed)})


def payload_of_write(write: Write) -> type[Payload]:
    """Make the type that a write answers: what came back, and the thing that it was done to."""
    if write.deletes:
        return _payload(write.name, _deleted())
    fields: dict[str, tuple[Any, Any]] = {}
    if write.gives is not None:
        name, kind = write.gives
        about = "What the platform answered; null if it refused."
        fields[name] = (kind | None, strawberry.field(description=about, default=None))
    if write.kind is not None and write.shows_parent:
        fields |= _parent(write, write.kind)
    return _payload(write.name, fields)


def _parent(write: Write, kind: type[Node]) -> dict[str, tuple[Any, Any]]:
    """Let callers go on from the thing that a write was done to."""

    async def resolve(self: Any, info: Info) -> Node | None:
        return None if self.at is None else await look(info.context.session, kind, self.at)

    resolve.__annotations__["return"] = kind | None
    name = short_name(kind.__name__, write.endpoint.platform)
    described = strawberry.field(
        resolve,
        description="What it was done to, read again if it is asked for.",
        directives=upstream(*reads_for(kind)),
    )
    return {"at": (strawberry.Private[Origin | None], None), name: (None, described)}


def _deleted() -> dict[str, tuple[Any, Any]]:
    about = "The id of what is gone."
    return {"deleted_id": (strawberry.ID | None, strawberry.field(description=about, default=None))}


def _payload(name: str, fields: dict[str, tuple[Any, Any]]) -> type[Payload]:
    members = {
        "__annotations__": {name: kind for name, (kind, _) in fields.items() if kind is not None},
        "__doc__": f"What `{to_camel_case(name)}` answers.",
        "__module__": __name__,
        **{name: default for name, (_, default) in fields.items()},
    }
    made = type(f"{pascal(name)}Payload", (Payload,), members)
    return strawberry.type(made, description=made.__doc__)
