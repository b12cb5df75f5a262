"""What a stand-in is: a platform's app, and how to be let in."""

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.types import ASGIApp


@dataclass(frozen=True, slots=True)
class StandIn:
    """One platform, played locally."""

    platform: str
    """The platform's name in lower case."""

    app: ASGIApp
    """The ASGI app, complete with call log, faults and limits."""

    connections: dict[str, dict[str, str]]
    """Credentials by connection name, keyed by the gateway's setting names."""

    reset: Callable[[], None]
    """Goes back to the seed."""

    other_credentials: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    """Ways in that the gateway does not use, by name."""
