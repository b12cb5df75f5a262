"""Why somebody is not let in, as it is told to them; the log alone is told more."""

from typing import ClassVar

from resolvers.upstream.errors import ErrorCode, Fault

# How long a key set is left alone after a fetch, and so when to come back after one that failed.
AGAIN_SECONDS = 30


class Unauthenticated(Fault):
    """The gateway does not know who asks; over HTTP, a 401 with the `challenge`.

    `why` and `caller` are for the log: constants of the code and a name, never what was sent.
    """

    code = ErrorCode.UNAUTHENTICATED
    status: ClassVar[int] = 401
    says: ClassVar[str]
    # What `WWW-Authenticate` says, after RFC 6750.
    challenge: ClassVar[str] = 'Bearer error="invalid_token"'

    def __init__(self, why: str, *, caller: str | None = None) -> None:
        """Keep what the log is told."""
        super().__init__(self.says)
        self.why = why
        self.caller = caller


class CredentialMissing(Unauthenticated):
    """Nothing was sent that says who asks."""

    says = "There is no key: send `Authorization: Bearer …`."
    # RFC 6750, 3: no error where nothing was sent, but never the scheme alone.
    challenge = 'Bearer realm="Manifold"'


class KeyRefused(Unauthenticated):
    """No caller has this key, or no longer."""

    says = "The key is not valid."


class TokenRefused(Unauthenticated):
    """The token is not one that the settings let in."""

    says = "The token is not valid."


class TokenExpired(Unauthenticated):
    """The token was good until some time ago."""

    says = "The token has expired."


class KeysUnreachable(Fault):
    """The keys that tokens are signed by cannot be had; over HTTP, a 503 with `Retry-After`.

    Nothing is said of the token, which may well be good.
    """

    code = ErrorCode.UNAVAILABLE
    status: ClassVar[int] = 503
    retry_after_seconds: ClassVar[int] = AGAIN_SECONDS

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Tokens cannot be checked at the moment.")
