"""What every resolver of one operation shares."""

from dataclasses import dataclass

import strawberry

from resolvers.session import Session


@dataclass(frozen=True, slots=True)
class Context:
    """One operation: its calls, and the id that its log lines and errors carry."""

    session: Session
    request_id: str


Info = strawberry.Info[Context, None]
