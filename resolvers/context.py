"""What every resolver of one operation shares."""

from collections import Counter
from dataclasses import dataclass, field

import strawberry

from resolvers.session import Session


@dataclass(frozen=True, slots=True)
class Context:
    """One operation: its calls, the id that its log lines and errors carry, and who asks.

    `caller` is a name for whoever asks, never a credential; `made` counts the calls by platform.
    """

    session: Session
    request_id: str
    caller: str = ""
    made: Counter[str] = field(default_factory=Counter[str])


Info = strawberry.Info[Context, None]
