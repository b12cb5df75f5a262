"""Who asks the gateway, and what that caller may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from resolvers.platform import Platform

# What narrows a caller to some platforms: `platform:clinked`.
PLATFORM_PREFIX = "platform:"


class Scope(StrEnum):
    """What a caller may be allowed to do; none of them includes another."""

    READ = "read"
    """Ask for things."""
    WRITE = "write"
    """Run mutations."""
    ADMIN = "admin"
    """With the others, reach what shows or changes credentials, or who may do what in an account,
    or how the gateway itself is."""


EVERY_SCOPE = frozenset(Scope)


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller: a name, never a credential; its scopes, and its platforms (None is every one)."""

    name: str
    scopes: frozenset[Scope] = frozenset()
    platforms: frozenset[Platform] | None = None

    @classmethod
    def of(cls, name: str, scopes: Iterable[str]) -> "Caller":
        """Read scopes as they are written; raises `ValueError` for one that does not exist."""
        general, narrowed = set[Scope](), set[Platform]()
        for scope in scopes:
            if scope.startswith(PLATFORM_PREFIX):
                narrowed.add(Platform(scope.removeprefix(PLATFORM_PREFIX)))
            else:
                general.add(Scope(scope))
        return cls(name, frozenset(general), frozenset(narrowed) or None)

    def may(self, scope: Scope) -> bool:
        """Tell whether it has a scope."""
        return scope in self.scopes

    def reaches(self, platform: Platform) -> bool:
        """Tell whether it may have to do with a platform."""
        return self.platforms is None or platform in self.platforms


# Who asks a gateway that knows no callers.
ANYONE = Caller("anyone", EVERY_SCOPE)
