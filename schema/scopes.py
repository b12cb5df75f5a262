"""What needs more than `read` or `write`: how it is said where it is declared.

    directives=[ADMIN]      on a field, whether it costs a call or not, and on a mutation
    needs = Scope.ADMIN     in a kind of thing, for whatever leads to one: an id, a field
    privileged = {"role"}   in an input, of what may not be sent without

All of it needs the scope `admin` beside the `read` or `write` of what leads there.
"""

from typing import Any

import strawberry
from strawberry.schema_directive import Location

from resolvers.caller import Scope
from resolvers.platform import Platform
from resolvers.session import Session
from resolvers.upstream.errors import NotPermitted
from schema.wire import WriteInput

strawberry.enum(Scope, description="What a caller may be allowed to do.")


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description="The field needs a scope beside what leads to it.",
)
class Needs:
    """The field needs a scope beside what leads to it."""

    scope: Scope


# For what shows or changes credentials, who may do what, or how the gateway itself is.
ADMIN = Needs(scope=Scope.ADMIN)


def check_mutation(session: Session, platform: Platform, given: Any) -> None:
    """Raise `NotPermitted` unless the caller reaches a platform and may send what it gives."""
    session.check(platform)
    if isinstance(given, WriteInput):
        sent = sorted(type(given).privileged & given.model_fields_set)
        if sent and not session.caller.may(Scope.ADMIN):
            raise NotPermitted(f"`{sent[0]}` needs the scope `{Scope.ADMIN}`.")
