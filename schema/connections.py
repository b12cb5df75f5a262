"""Connections: the sets of credentials that this gateway holds, and what hangs on each."""

from datetime import UTC, datetime
from typing import Annotated, ClassVar

import strawberry
from pydantic import Field, computed_field

from resolvers.connection import Connection
from resolvers.context import Info
from resolvers.platform import Credentials, Platform
from resolvers.status import ConnectionStatus, condition
from resolvers.upstream.breaker import BreakerState
from resolvers.upstream.errors import ErrorCode
from resolvers.upstream.store import StoreState
from schema.scopes import ADMIN
from schema.wire import LocatedWire, Wire


@strawberry.pydantic.type
class RateLimit(Wire):
    """A limit that a platform documents."""

    calls: int
    """How many calls are allowed."""
    seconds: int
    """In how many seconds."""


@strawberry.type
class ConnectionBudget:
    """What may still be asked of a platform, by the limit that is nearest to its end."""

    limit: int = strawberry.field(description="How many calls the limit allows in its time.")
    remaining: int = strawberry.field(
        description="How many of them are left. Queries leave a share of the limit to mutations, "
        "and so are refused before this is 0."
    )
    reset_at: datetime | None = strawberry.field(
        description="When all of them are there again; null while none is used."
    )


@strawberry.type
class ConnectionToken:
    """The short-lived token that this process holds for a connection; never the token itself."""

    expires_at: datetime = strawberry.field(
        description="When it ends, by the gateway's clock. It is renewed before that."
    )
    renewed_at: datetime = strawberry.field(
        description="When it was fetched, by the gateway's clock."
    )


@strawberry.type
class ConnectionFailure:
    """What went wrong last with a connection. What a platform refused with reason is no failure."""

    code: ErrorCode = strawberry.field(description="What went wrong.")
    at: datetime = strawberry.field(description="When.")


@strawberry.pydantic.interface
class PlatformConnection(LocatedWire):
    """One set of credentials at a platform. To ask how it is costs no call."""

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

    @strawberry.pydantic.field(description="How it is, by what this gateway knows of it.")
    async def status(self, info: Info) -> ConnectionStatus:
        """Tell it without asking the platform."""
        return (await condition(self._live(info))).status

    @strawberry.pydantic.field(
        description="Whether calls pass to the platform.", directives=[ADMIN]
    )
    async def breaker(self, info: Info) -> BreakerState | None:
        """Tell its breaker's state."""
        return await self._live(info).courier.breaker.state()

    @strawberry.pydantic.field(
        description="What may still be asked of the platform; null where nothing limits it. "
        "Connections to one address share it where the platform counts by address.",
        directives=[ADMIN],
    )
    async def budget(self, info: Info) -> ConnectionBudget | None:
        """Tell what is left by the limits and by the platform's own word."""
        left = await self._live(info).courier.sender.left()
        if left is None:
            return None
        reset_at = None if left.resets_at is None else _moment(left.resets_at)
        limit, remaining = (min(number, _MOST_INT) for number in (left.limit, left.remaining))
        return ConnectionBudget(limit=limit, remaining=remaining, reset_at=reset_at)

    @strawberry.pydantic.field(
        description="The short-lived token at hand; null where the platform has no such tokens, "
        "and before the first was needed.",
        directives=[ADMIN],
    )
    def token(self, info: Info) -> ConnectionToken | None:
        """Tell its times; its values stay where they are."""
        live = self._live(info)
        token = live.courier.token
        if token is None:
            return None
        return ConnectionToken(
            expires_at=_moment(live.ours(token.expires_at)),
            renewed_at=_moment(live.ours(token.issued_at)),
        )

    @strawberry.pydantic.field(
        description="What went wrong last since this process started; null if nothing did.",
        directives=[ADMIN],
    )
    def last_error(self, info: Info) -> ConnectionFailure | None:
        """Tell it even after all went well again."""
        error = self._live(info).last_error
        return error and ConnectionFailure(code=error.code, at=_moment(error.at))

    @strawberry.pydantic.field(
        description="Where the budget, the breaker and the token are kept.", directives=[ADMIN]
    )
    def state_kept(self, info: Info) -> StoreState | None:
        """Tell the store's state, which is the same for every connection."""
        return self._live(info).services.store.state

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

    def _live(self, info: Info) -> Connection:
        return info.context.session.connections[self.name]


# What platforms say of quotas and tokens may be more than an Int or a DateTime can show.
_MOST_INT = 2**31 - 1
_LAST_SECOND = datetime.max.replace(tzinfo=UTC, microsecond=0).timestamp()


def _moment(epoch_seconds: float) -> datetime:
    return datetime.fromtimestamp(min(_LAST_SECOND, epoch_seconds), UTC)


_types: dict[Platform, type[PlatformConnection]] = {}


def connection_types() -> list[type[PlatformConnection]]:
    """Every platform's own type of connection, for the schema to know them all."""
    return list(_types.values())
