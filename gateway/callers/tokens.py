"""Tokens: a JWT is checked by the settings, and by nothing that it says of itself."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from joserfc import jws
from joserfc.errors import ExpiredTokenError, JoseError, UnsupportedAlgorithmError
from joserfc.jwa import JWSAlgModel
from joserfc.jwk import Key
from joserfc.jws import CompactSignature, JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from gateway.callers.claims import caller_of, read
from gateway.callers.errors import TokenExpired, TokenRefused
from gateway.callers.key_set import KeySet
from gateway.callers.settings import JwtSettings
from resolvers.caller import Caller
from resolvers.upstream.httpx_wire import HttpxWire

MOST_CHARACTERS = 8 * 1024
# A signature takes much longer to check than anything else here, so it is checked once for as many
# tokens; the least recently used go.
MOST_KEPT = 1000

# What reading a token may raise, whatever is in the place of one.
_FAILURES = (JoseError, ValueError, TypeError, AttributeError, KeyError, RecursionError)


class _Keys(Protocol):
    """Where the keys are that tokens may be signed by."""

    async def find(self, kid: str | None) -> Sequence[Key]:
        """Give those of a name."""
        ...

    async def close(self) -> None:
        """Give back what is held."""
        ...


class _FixedKey:
    """The one key of the settings, whatever a token calls it."""

    def __init__(self, key: Key) -> None:
        self._key = key

    async def find(self, kid: str | None) -> Sequence[Key]:
        """Give the key."""
        del kid
        return [self._key]

    async def close(self) -> None:
        """Hold nothing."""


class _Allowed(JWSRegistry):
    """The algorithms of the settings; one that is allowed there is not warned of."""

    max_header_length = MOST_CHARACTERS
    max_payload_length = MOST_CHARACTERS
    max_signature_length = MOST_CHARACTERS

    def get_alg(self, name: str) -> JWSAlgModel:
        """Give one that is allowed."""
        if name not in (self.allowed or ()):
            raise UnsupportedAlgorithmError
        return self.algorithms[name]


@dataclass(frozen=True, slots=True)
class _Signed:
    """A token that has the form of one, and of which nothing is known to be true."""

    form: CompactSignature
    kid: str | None


@dataclass(frozen=True, slots=True)
class _Verified:
    """A token that was signed by a key, and what it says."""

    kid: str | None
    key: Key
    claims: Mapping[str, Any]
    caller: Caller


class Tokens:
    """Knows the callers of one issuer's tokens."""

    def __init__(self, settings: JwtSettings, clock: Callable[[], float]) -> None:
        """Take the settings; nothing is fetched yet."""
        self._settings = settings
        self._clock = clock
        # Headers that are not known are left alone, as RFC 7515 has it.
        self._allowed = _Allowed(algorithms=settings.algorithms, strict_check_header=False)
        self._keys = _keys(settings, clock)
        # By the tokens' hashes: nobody who sees the memory can use one.
        self._verified = OrderedDict[bytes, _Verified]()

    async def identify(self, token: str) -> Caller:
        """Give the caller of a token.

        Raises `TokenRefused`, `TokenExpired` or `KeysUnreachable`.
        """
        mark = sha256(token.encode("utf-8", "surrogatepass")).digest()
        known = self._verified.get(mark)
        if known is not None and await self._is_there(known.key, known.kid):
            self._check(known.claims)
        else:
            known = await self._verify(token)
        self._keep(mark, known)
        return known.caller

    async def close(self) -> None:
        """Give back what is held."""
        await self._keys.close()

    async def _verify(self, token: str) -> _Verified:
        signed = self._read(token)
        keys = await self._keys.find(signed.kid)
        key = next((key for key in keys if self._is_by(key, signed)), None)
        if key is None:
            raise TokenRefused("no key of the issuer's signed it")
        claims = read(signed.form.payload)
        self._check(claims)
        return _Verified(signed.kid, key, claims, caller_of(claims, self._settings))

    async def _is_there(self, key: Key, kid: str | None) -> bool:
        """Tell whether a key has not been withdrawn since."""
        return any(one is key for one in await self._keys.find(kid))

    def _keep(self, mark: bytes, known: _Verified) -> None:
        self._verified[mark] = known
        self._verified.move_to_end(mark)
        if len(self._verified) > MOST_KEPT:
            self._verified.popitem(last=False)

    def _read(self, token: str) -> _Signed:
        if len(token) > MOST_CHARACTERS:
            raise TokenRefused("it is too long")
        try:
            form = jws.extract_compact(token.encode("ascii"), registry=self._allowed)
            header = form.headers()
            algorithm, kid = header["alg"], header.get("kid")
        except _FAILURES:
            raise TokenRefused("it has not the form of a token") from None
        if "crit" in header or "b64" in header:
            raise TokenRefused("it asks for what is not understood here")
        if algorithm not in self._settings.algorithms:
            raise TokenRefused("its algorithm is not allowed")
        if not (kid is None or isinstance(kid, str)):
            raise TokenRefused("its key has no name")
        return _Signed(form, kid)

    def _is_by(self, key: Key, signed: _Signed) -> bool:
        try:
            # A key of another kind, or for another algorithm, is an error here.
            return jws.validate_compact(signed.form, key, registry=self._allowed)
        except _FAILURES:
            return False

    def _check(self, claims: Mapping[str, Any]) -> None:
        registry = JWTClaimsRegistry(
            now=int(self._clock()),
            leeway=self._settings.leeway_seconds,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.audience},
            exp={"essential": True},
        )
        try:
            registry.validate(dict(claims))
        except ExpiredTokenError:
            raise TokenExpired("it has expired") from None
        except _FAILURES:
            raise TokenRefused("it is from or for somebody else, or not for now") from None


def _keys(settings: JwtSettings, clock: Callable[[], float]) -> _Keys:
    fixed = settings.fixed_key()
    if fixed is not None:
        return _FixedKey(fixed)
    return KeySet(str(settings.jwks), HttpxWire(connections=1), settings.refresh_seconds, clock)
