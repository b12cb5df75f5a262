"""Who asks, by what they send as `Authorization`."""

import time
from collections.abc import Callable, Mapping

import structlog

from gateway.callers import keys
from gateway.callers.errors import CredentialMissing, KeyRefused, Unauthenticated
from gateway.callers.keys import KeyRing
from gateway.callers.settings import CallerSettings, JwtSettings
from gateway.callers.tokens import Tokens
from resolvers.caller import Caller

# What the names of callers with keys begin with; those of callers with tokens begin otherwise.
PREFIX = "key:"

_log = structlog.stdlib.get_logger("manifold.callers")


class Callers:
    """Everybody who may ask the gateway."""

    def __init__(
        self,
        callers: Mapping[str, CallerSettings],
        jwt: JwtSettings | None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the callers by their names; the clock tells epoch seconds. Fetches nothing yet."""
        known = [(Caller.of(PREFIX + name, one.scopes), one.keys) for name, one in callers.items()]
        self._keys = KeyRing((caller, key) for caller, held in known for key in held)
        self._tokens = None if jwt is None else Tokens(jwt, clock)
        self._clock = clock
        self._known = bool(callers) or jwt is not None

    @property
    def known(self) -> bool:
        """Whether anybody at all can be let in."""
        return self._known

    async def identify(self, authorization: str | None) -> Caller:
        """Give the caller whose key or token a header has.

        Raises `Unauthenticated`, and `KeysUnreachable` if a token cannot be checked.
        """
        try:
            return await self._identify(_credential(authorization))
        except Unauthenticated as refusal:
            _log.info("caller refused", why=refusal.why, caller=refusal.caller)
            raise

    async def close(self) -> None:
        """Give back what is held."""
        if self._tokens is not None:
            await self._tokens.close()

    async def _identify(self, credential: str) -> Caller:
        if credential.startswith(keys.PREFIX):
            return self._keys.identify(credential, self._clock())
        if self._tokens is None:
            raise KeyRefused("it is no key, and tokens are not let in")
        return await self._tokens.identify(credential)


def _credential(authorization: str | None) -> str:
    scheme, _, credential = (authorization or "").strip().partition(" ")
    if scheme.lower() != "bearer" or not credential.strip():
        raise CredentialMissing("there is no bearer credential")
    return credential.strip()
