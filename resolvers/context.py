"""What every resolver of one operation shares."""

from collections import Counter
from dataclasses import dataclass, field

import strawberry

from resolvers.caller import ANYONE, Caller
from resolvers.journal import Journal
from resolvers.session import Session


@dataclass(slots=True)
class Asked:
    """What an operation is, once its document is read: a `query` or `mutation`, and its name."""

    kind: str = "unknown"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """One operation: its calls, the id that its log lines and errors carry, and who asks.

    `made` counts the calls by platform; `wants_cost` is whether the answer has to tell what it
    cost; `journal` knows what idempotency keys stand for.
    """

    session: Session
    request_id: str
    caller: Caller = ANYONE
    made: Counter[str] = field(default_factory=Counter[str])
    wants_cost: bool = False
    asked: Asked = field(default_factory=Asked)
    journal: Journal = field(kw_only=True)


Info = strawberry.Info[Context, None]
