"""What a platform is to the engine: a name, and credentials that know how to speak to it.

A platform is one module in `resolvers/platforms/`, of the platform's name, with one subclass of
`Credentials`. Nothing else lists the platforms.
"""

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    model_validator,
)

from resolvers import platforms
from resolvers.upstream.signing import Signer
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


@dataclass(frozen=True, slots=True)
class RateLimit:
    """A limit that a platform documents: so many calls in so many seconds."""

    calls: int
    seconds: int


class Credentials(BaseModel, ABC):
    """The settings of one connection, and how its platform signs, says no and limits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    platform: ClassVar[Platform]
    title: ClassVar[str]
    limits: ClassVar[tuple[RateLimit, ...]] = ()
    # A cheap read that shows whether the credentials are taken.
    probe: ClassVar[str]
    # What of the platform's documentation is about signing in.
    sections: ClassVar[tuple[str, ...]] = ()

    base_url: HttpUrl
    timeout_seconds: float = Field(default=10.0, gt=0, le=120)

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

    @abstractmethod
    def signer(self, wire: Wire, clock: Clock) -> Signer:
        """Make what signs the requests of one connection."""

    def verdict(self, response: Response, *, now: float) -> Verdict:
        """Say what an answer means: by its status line, unless the platform does otherwise."""
        return by_status(response, now=now)


@cache
def credentials_by_platform() -> Mapping[Platform, type[Credentials]]:
    """Every platform with the class of its credentials."""
    for platform in Platform:
        importlib.import_module(f"{platforms.__name__}.{platform.value}")
    return {found.platform: found for found in Credentials.__subclasses__()}
