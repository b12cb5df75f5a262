"""What a token that is good says of its caller."""

import json
from collections.abc import Mapping
from typing import Any, cast

from gateway.callers.errors import TokenRefused
from gateway.callers.scopes import granted
from gateway.callers.settings import JwtSettings
from resolvers.caller import Caller

# What the names of callers with tokens begin with; those of callers with keys begin otherwise.
PREFIX = "jwt:"
MOST_CHARACTERS = 128


def read(payload: bytes) -> Mapping[str, Any]:
    """Read the claims of a token; raises `TokenRefused`."""
    try:
        claims: Any = json.loads(payload)
    except (ValueError, RecursionError):
        raise TokenRefused("its claims are not JSON") from None
    if not isinstance(claims, dict):
        raise TokenRefused("it has no claims")
    return cast("dict[str, Any]", claims)


def caller_of(claims: Mapping[str, Any], settings: JwtSettings) -> Caller:
    """Give the caller that claims tell of; raises `TokenRefused`."""
    prefix = settings.scope_prefix
    scopes = [
        scope.removeprefix(prefix)
        for scope in _scopes(claims.get(settings.scope_claim))
        if scope.startswith(prefix)
    ]
    return granted(PREFIX + _name(claims.get(settings.caller_claim)), scopes)


def _name(claim: Any) -> str:
    # A name that were cut could be that of two callers, who would then share what each has.
    if not isinstance(claim, str) or not 0 < len(claim) <= MOST_CHARACTERS:
        raise TokenRefused("it names no caller, or one with a very long name")
    if not claim.isprintable():
        raise TokenRefused("it names a caller whose name cannot be shown")
    return claim


def _scopes(claim: Any) -> list[str]:
    if claim is None:
        return []
    listed: Any = claim.split() if isinstance(claim, str) else claim
    if not isinstance(listed, list) or not all(
        isinstance(scope, str) for scope in cast("list[Any]", listed)
    ):
        raise TokenRefused("its scopes are neither text nor a list of it")
    return cast("list[str]", listed)
