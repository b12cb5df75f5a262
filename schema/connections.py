"""Connections: the sets of credentials that this gateway holds, and what hangs on each."""

from typing import Annotated, ClassVar

import strawberry
from pydantic import Field, computed_field

from resolvers.connection import Connection
from resolvers.platform import Credentials, Platform
from schema.wire import LocatedWire, Wire


@strawberry.pydantic.type
class RateLimit(Wire):
    """A limit that a platform documents."""

    calls: int
    """How many calls are allowed."""
    seconds: int
    """In how many seconds."""


@strawberry.pydantic.interface
class PlatformConnection(LocatedWire):
    """One set of credentials at a platform."""

    credentials: ClassVar[type[Credentials]]

    name: str
    """Its name in the gateway's settings, which ids and outages carry."""
    title: Annotated[str, Field(description="The platform's name as it writes it itself.")]
    rate_limits: list[RateLimit] = []
    """What the platform documents about how often it may be asked; empty if it documents none."""

    @computed_field(description="The platform.")
    @property
    def platform(self) -> Platform:
        """Say whose it is."""
        return self.origin.platform

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Make the platform's own type known."""
        super().__pydantic_init_subclass__(**kwargs)
        _types[cls.credentials.platform] = cls

    @staticmethod
    def of(connection: Connection) -> "PlatformConnection":
        """Show callers a connection as its platform's type."""
        credentials = connection.credentials
        shown = _types[connection.platform](
            name=connection.name,
            title=credentials.title,
            rate_limits=[RateLimit(calls=r.calls, seconds=r.seconds) for r in credentials.limits],
        )
        return shown.at(connection.root)


_types: dict[Platform, type[PlatformConnection]] = {}


def connection_types() -> list[type[PlatformConnection]]:
    """Every platform's own type of connection, for the schema to know them all."""
    return list(_types.values())
