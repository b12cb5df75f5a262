"""Settings: from `MANIFOLD_…` in the environment, then from `manifold.toml`."""

import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import CoreSchema, core_schema
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from gateway.callers.settings import CallersByName, JwtSettings
from gateway.documents.settings import DocumentsSettings
from gateway.environment import FILE_VARIABLE, PREFIX, Environment
from resolvers.platform import Credentials, credentials_by_platform
from resolvers.upstream.sealing import SHORTEST_KEY
from resolvers.upstream.services import MUTATION_SHARE
from resolvers.upstream.store_url import StoreUrl
from resolvers.upstream.wires import WireName
from schema.limits.limits import Limits


class SettingsError(Exception):
    """A setting is wrong or missing; the message names it, in one line, without its value."""


class _ByPlatform:
    """Reads credentials as those of the platform that they name."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        del source
        known = credentials_by_platform().items()
        return core_schema.tagged_union_schema(
            {platform.value: handler.generate_schema(cls) for platform, cls in known},
            discriminator="platform",
            custom_error_type="platform",
            custom_error_message="`platform` is one of "
            + ", ".join(platform.value for platform, _ in known),
        )


# One line that makes a key.
_A_KEY = "`openssl rand -hex 32` makes one"


def _with_address(url: SecretStr) -> SecretStr:
    StoreUrl.parse(url.get_secret_value())
    return url


def _apart(keys: Any) -> Any:
    return [key.strip() for key in keys.split(",")] if isinstance(keys, str) else keys


def _long_enough(keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    if any(len(key.get_secret_value()) < SHORTEST_KEY for key in keys):
        raise ValueError(f"a key has at least {SHORTEST_KEY} characters; {_A_KEY}")
    return keys


Address = Annotated[SecretStr, AfterValidator(_with_address)]
Keys = Annotated[tuple[SecretStr, ...], BeforeValidator(_apart), AfterValidator(_long_enough)]


# A host as browsers write it: in lower case, and in ASCII.
_NAME = r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
_ADDRESS = r"\[[0-9a-f:.]+\]"
_ORIGIN = re.compile(rf"(https?)://(?:{_NAME}|{_ADDRESS})(?::([0-9]{{1,5}}))?")
_HOST = re.compile(rf"(?:\*\.)?{_NAME}|{_ADDRESS}")
_USUAL_PORTS = {("http", "80"), ("https", "443")}


def _origin(written: str) -> str:
    found = _ORIGIN.fullmatch(written)
    if found is None:
        raise ValueError(
            "an origin is one host in lower case, like `https://app.example.com`, with no path"
        )
    if found.groups() in _USUAL_PORTS:
        raise ValueError(f"an origin has no port {found[2]}, which browsers leave out")
    return written


def _host(written: str) -> str:
    if _HOST.fullmatch(written) is None:
        raise ValueError(
            "a host is a name in lower case without a port, or all below one: `*.example.com`"
        )
    return written


def _apart_or_none(names: Any) -> Any:
    return () if names == "" else _apart(names)


Origins = Annotated[
    tuple[Annotated[str, AfterValidator(_origin)], ...], BeforeValidator(_apart_or_none)
]
Hosts = Annotated[
    tuple[Annotated[str, AfterValidator(_host)], ...], BeforeValidator(_apart_or_none)
]
LogLevel = Literal["debug", "info", "warning", "error"]
ConnectionName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
AnyCredentials = Annotated[Credentials, _ByPlatform()]


class Settings(BaseSettings):
    """Everything that can be set, by the names of the environment without their prefix."""

    model_config = SettingsConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    host: str = "127.0.0.1"
    """The address to listen on."""
    port: int = Field(default=8000, ge=0, le=65535)
    """The port to listen on; 0 takes a free one."""
    workers: int = Field(default=1, ge=1, le=64)
    """How many processes answer; several need a store to share what a gateway keeps."""
    graphiql: bool = False
    """Whether `/` shows GraphiQL."""
    log_level: LogLevel = "info"
    """From what level on to log; debug has a line for each upstream call."""
    log_format: Literal["console", "json"] = "console"
    """How to write the log: for people, or for machines."""
    metrics: bool = True
    """Whether `/metrics` shows the gateway's numbers, for Prometheus."""
    deadline_seconds: float = Field(default=15.0, gt=0, le=300)
    """How long an operation may take; what a platform has not answered by then is an error."""
    mutation_share: float = Field(default=MUTATION_SHARE, ge=0, lt=1)
    """What of every platform's limits queries leave to mutations."""
    idempotency_seconds: float = Field(default=86_400.0, gt=0)
    """How long what was answered to an idempotency key is kept."""
    store: Address | None = None
    """Where several gateways keep what they share: `redis://`, `rediss://` or `unix://`."""
    store_key: Keys = Field(default=(), validate_default=True)
    """The key for what is secret in the store; of several, the first seals and every one opens."""
    wire: WireName = "native"
    """What carries calls to the platforms: our own HTTP/1.1, or `httpx`, which is slower."""
    introspection: bool = Field(default=False, validate_default=True)
    """Whether the schema can be asked for."""
    suggestions: bool = False
    """Whether an error about an unknown name says which names are like it."""
    origins: Origins = ()
    """The origins whose pages may ask, as in `https://app.example.com`; none by default."""
    cors_credentials: bool = False
    """Whether pages of those origins may send cookies along, for a proxy in front."""
    hosts: Hosts = ()
    """The names under which the gateway is asked; any by default. Probes may use its address."""
    trusted_hops: int = Field(default=0, ge=0, le=10)
    """How many proxies in front of the gateway are trusted to say who asks them."""
    batch: int = Field(default=0, ge=0, le=100)
    """How many operations a request may hold as a list; 0 takes no lists."""
    callers: CallersByName = {}
    """Who may ask by an API key, by the names that the log shows."""
    jwt: JwtSettings | None = None
    """Who may ask by a token."""
    limits: Limits = Limits()
    """What a request may be at most."""
    documents: DocumentsSettings = DocumentsSettings()
    """Which documents are persisted, and whether others are run."""
    connections: dict[ConnectionName, AnyCredentials] = Field(min_length=1)
    """The connections, by the names that ids and outages carry."""

    @field_validator("introspection")
    @classmethod
    def _is_on_for_graphiql(cls, introspection: bool, info: ValidationInfo) -> bool:
        if info.data.get("graphiql") and not introspection:
            raise ValueError("GraphiQL shows the schema, and needs this on as well")
        return introspection

    @field_validator("store_key")
    @classmethod
    def _is_given_with_a_store(cls, keys: Keys, info: ValidationInfo) -> Keys:
        if info.data.get("store") is not None and not keys:
            raise ValueError(f"a store needs a key for the secrets in it; {_A_KEY}")
        return keys

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the environment before the file."""
        del env_settings, dotenv_settings, file_secret_settings
        file = TomlConfigSettingsSource(settings_cls, toml_file=_file())
        return init_settings, Environment(settings_cls), file


class Given(Settings):
    """Settings that are given in full, whatever the environment and the file say."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is given alone."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


def load(**given: Any) -> Settings:
    """Read the settings; what is `given` wins. Raises `SettingsError`."""
    file = _file()
    if FILE_VARIABLE in os.environ and not file.is_file():
        raise SettingsError(f"{FILE_VARIABLE} names no file: {file}")
    try:
        return Settings(**given)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}") from None
    except ValidationError as error:
        hint = "" if file.exists() else f" (there is no {file} here)"
        raise SettingsError(_first(error) + hint) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: cannot be read: {type(error).__name__}") from None


_SAYS = {
    "extra_forbidden": "there is no such setting",
    "missing": "is missing",
    "too_short": "at least one connection is needed",
    "string_pattern_mismatch": "a connection's name is of lower-case letters, digits and dashes",
}


def _file() -> Path:
    return Path(os.environ.get(FILE_VARIABLE, "manifold.toml"))


def _first(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_input=False, include_context=False)
    setting = _setting(problems[0]["loc"])
    variable = PREFIX + "__".join(setting).upper().replace("-", "_")
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    said = _SAYS.get(problems[0]["type"]) or problems[0]["msg"].removeprefix("Value error, ")
    return f"setting {'.'.join(setting)} ({variable}): {said}{more}"


def _setting(path: Iterable[str | int]) -> list[str]:
    """Name a setting as it is written: without the platform that pydantic puts in between."""
    names = [str(part) for part in path]
    return names[:2] + names[3:] if names[:1] == ["connections"] else names
