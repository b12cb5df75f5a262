"""Scopes as they are written, in settings and in tokens."""

from collections.abc import Iterable

from resolvers.caller import PLATFORM_PREFIX, Caller, Scope
from resolvers.platform import Platform


def checked(scopes: Iterable[str]) -> tuple[str, ...]:
    """Give scopes back as they are written; raises `ValueError` if one is unknown or all narrow."""
    written = tuple(dict.fromkeys(scopes))
    known = [*Scope, *(PLATFORM_PREFIX + platform for platform in Platform)]
    if not set(written) <= set(known):
        raise ValueError(f"a scope is one of {', '.join(known)}")
    if not set(written) & set(Scope):
        raise ValueError(f"a caller has at least one of the scopes {', '.join(Scope)}")
    return written


def granted(name: str, scopes: Iterable[str]) -> Caller:
    """Make a caller of the scopes that a token grants, among which others' are left out.

    A token that is narrowed to platforms which do not exist reaches none: it was not meant for all.
    """
    general, narrowed, platforms = set[Scope](), False, set[Platform]()
    for scope in scopes:
        if scope.casefold().startswith(PLATFORM_PREFIX):
            narrowed = True
            platforms |= {one for one in Platform if PLATFORM_PREFIX + one == scope}
        else:
            general |= {one for one in Scope if one == scope}
    return Caller(name, frozenset(general), frozenset(platforms) if narrowed else None)
