"""What a platform is to the engine: a name, and credentials that know how to speak to it.

A platform is one module in `resolvers/platforms/`, of the platform's name, with one subclass of
`Credentials`. Nothing else lists the platforms.
"""

import importlib
import json
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    model_validator,
)

from resolvers import platforms
from resolvers.upstream.budget import Quota, RateLimit
from resolvers.upstream.signing import Signer
from resolvers.upstream.tokens import Vault
from resolvers.upstream.verdict import Verdict, by_status
from resolvers.upstream.wire import Response, Wire

Clock = Callable[[], float]

if TYPE_CHECKING:

    class Platform(StrEnum):
        """One of the products that this gateway speaks to, by the name of its module."""

else:
    Platform = StrEnum(
        "Platform",
        {found.name.upper(): found.name for found in pkgutil.iter_modules(platforms.__path__)},
    )
    Platform.__doc__ = "One of the products that this gateway speaks to."


def _for_header(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        message = "a key or token is of printable ASCII, without spaces"
        raise ValueError(message)
    return secret


# A secret that goes into a header, where other characters would fail on every call.
HeaderSecret = Annotated[SecretStr, AfterValidator(_for_header)]


def _limits(written: Any) -> Any:
    """Read limits that are written as text: `2000/300, 10/1` is calls by seconds."""
    if not isinstance(written, str):
        return written
    pairs = (part.partition("/") for part in written.split(",") if part.strip())
    return [{"calls": calls.strip(), "seconds": seconds.strip()} for calls, _, seconds in pairs]


RateLimits = Annotated[tuple[RateLimit, ...], BeforeValidator(_limits)]


class Credentials(BaseModel, ABC):
    """The settings of one connection, and how its platform signs, says no and limits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    platform: ClassVar[Platform]
    title: ClassVar[str]
    limits: ClassVar[tuple[RateLimit, ...]] = ()
    # Whether the limits count what comes from one address, whoever's credentials it has.
    limits_by_address: ClassVar[bool] = False
    # The header by which the platform knows a write that it has had already, if it has one.
    idempotency_header: ClassVar[str | None] = None
    # For how long it does.
    idempotency_seconds: ClassVar[float] = 0.0
    # A cheap read that shows whether the credentials are taken.
    probe: ClassVar[str]
    # What of the platform's documentation is about signing in.
    sections: ClassVar[tuple[str, ...]] = ()

    base_url: HttpUrl
    timeout_seconds: float = Field(default=10.0, gt=0, le=120)
    rate_limits: RateLimits | None = None
    most_connections: int = Field(default=50, ge=1, le=1000)
    most_answer_bytes: int = Field(default=16 * 1024 * 1024, ge=1024)
    breaker_rest_seconds: float = Field(default=5.0, gt=0, le=60)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Name the platform after the module that describes it."""
        super().__pydantic_init_subclass__(**kwargs)
        cls.platform = Platform(cls.__module__.rpartition(".")[2])

    @model_validator(mode="before")
    @classmethod
    def _without_platform(cls, given: Any) -> Any:
        # The settings name the platform only to choose the class.
        if not isinstance(given, dict):
            return given
        settings = cast("dict[str, Any]", given)
        return {name: value for name, value in settings.items() if name != "platform"}

    @property
    def address(self) -> str:
        """The base URL without a slash at its end."""
        return str(self.base_url).rstrip("/")

    @property
    def held_to(self) -> tuple[RateLimit, ...]:
        """The limits that calls keep: those of the settings, else those that are documented."""
        return self.limits if self.rate_limits is None else self.rate_limits

    def budget_key(self, connection: str) -> str:
        """Name the budget of a connection; limits by address are one for all connections."""
        if self.limits_by_address and self.rate_limits is None:
            return f"budget:{self.platform}:{self.base_url.host}:{self.base_url.port}"
        return f"budget:{connection}"

    def fingerprint(self) -> bytes:
        """Give bytes that differ for different credentials; they hold every secret."""
        values = self.model_dump(exclude={"rate_limits"})
        shown = {
            name: value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name, value in values.items()
        }
        return json.dumps(shown, sort_keys=True).encode()

    @abstractmethod
    def signer(self, wire: Wire, clock: Clock, vault: Vault) -> Signer:
        """Make what signs the requests of one connection; a token is kept in the vault."""

    def quota(self, response: Response) -> Quota | None:  # noqa: ARG002 - most say nothing
        """Read what an answer's headers say is left, by the platform's clock."""
        return None

    def verdict(self, response: Response, *, now: float) -> Verdict:
        """Say what an answer means: by its status line, unless the platform does otherwise."""
        return by_status(response, now=now)


@cache
def credentials_by_platform() -> Mapping[Platform, type[Credentials]]:
    """Every platform with the class of its credentials."""
    for platform in Platform:
        importlib.import_module(f"{platforms.__name__}.{platform.value}")
    return {found.platform: found for found in Credentials.__subclasses__()}
