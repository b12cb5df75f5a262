"""Clinked's access tokens, which last two hours less a second."""

from dataclasses import dataclass
from math import inf

from starlette.requests import Request

from gateway.sandbox.clinked.seed import uuids
from gateway.sandbox.kit.clock import Clock

SECONDS = 7199


@dataclass(slots=True)
class Token:
    """Whose token it is, no user's if an application's, and when it runs out."""

    user: int | None
    until: float


class Tokens:
    """Issues tokens and knows which are good."""

    def __init__(self, clock: Clock) -> None:
        """Start with none issued."""
        self._clock = clock
        self._access: dict[str, Token] = {}
        self._refresh: dict[str, int] = {}
        self._uuids = uuids(21)

    def reset(self) -> None:
        """Forget every token."""
        self._access.clear()
        self._refresh.clear()
        self._uuids = uuids(21)

    def expire(self) -> None:
        """Make every access token run out now; refresh tokens stay good."""
        for token in self._access.values():
            token.until = -inf

    def issue(self, user: int | None) -> str:
        """Issue an access token."""
        made = f"sandbox-clinked-access-{next(self._uuids)}"
        self._access[made] = Token(user, self._clock.monotonic() + SECONDS)
        return made

    def issue_refresh(self, user: int) -> str:
        """Issue a refresh token."""
        made = f"sandbox-clinked-refresh-{next(self._uuids)}"
        self._refresh[made] = user
        return made

    def refreshing(self, refresh: str) -> int | None:
        """Tell whose refresh token it is."""
        return self._refresh.get(refresh)

    def bearer(self, request: Request) -> Token | None:
        """Find the good token that a request brings."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        token = self._access.get(given) if scheme.lower() == "bearer" else None
        return token if token and token.until > self._clock.monotonic() else None
