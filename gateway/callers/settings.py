"""What the settings say of callers: who has which key, and whose tokens are let in."""

import re
from ipaddress import ip_address
from typing import Annotated, Any, Self

from joserfc.jwk import Key
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

from gateway.callers import key_material, scopes
from gateway.callers.key_material import Algorithm
from gateway.callers.keys import KeyEntry

# A key and its successor, while they change over.
MOST_KEYS = 2

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def checked_name(name: str) -> str:
    """Give a caller's name back; raises `ValueError` if it is none."""
    if not _NAME.fullmatch(name):
        raise ValueError("a caller's name is of lower-case letters, digits and dashes")
    return name


def _apart(written: Any) -> Any:
    """Split what is written as one text, as in the environment."""
    if not isinstance(written, str):
        return written
    return [part.strip() for part in written.split(",") if part.strip()]


def _entry(written: Any) -> Any:
    return KeyEntry.parse(written) if isinstance(written, str) else written


def _one_or_two(keys: tuple[KeyEntry, ...]) -> tuple[KeyEntry, ...]:
    if not 1 <= len({key.hash for key in keys}) == len(keys) <= MOST_KEYS:
        raise ValueError("a caller has one key, or two different ones while they change over")
    return keys


def _some(algorithms: tuple[Algorithm, ...]) -> tuple[Algorithm, ...]:
    if not algorithms:
        raise ValueError("at least one algorithm is needed")
    if len({key_material.is_symmetric(one) for one in algorithms}) > 1:
        raise ValueError("HS256 and its like go with no other algorithm")
    return algorithms


def _private(url: HttpUrl) -> HttpUrl:
    if url.scheme != "https" and not _is_loopback(url.host or ""):
        raise ValueError("an address is https, or http on this machine")
    if url.username or url.password:
        raise ValueError("an address has no user and no password in it")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _of_one_caller_each(callers: dict[str, "CallerSettings"]) -> dict[str, "CallerSettings"]:
    hashes = [key.hash for caller in callers.values() for key in caller.keys]
    if len(set(hashes)) < len(hashes):
        raise ValueError("two callers have the same key")
    return callers


class _Group(BaseModel):
    """Settings that stand together."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True
    )


class CallerSettings(_Group):
    """A caller that has API keys."""

    scopes: Annotated[tuple[str, ...], BeforeValidator(_apart), AfterValidator(scopes.checked)]
    """What it may do: `read`, `write`, `admin`; narrowed by `platform:clinked` and its like."""
    keys: Annotated[
        tuple[Annotated[KeyEntry, BeforeValidator(_entry)], ...],
        BeforeValidator(_apart),
        AfterValidator(_one_or_two),
    ]
    """The hashes of its keys, one or two, each perhaps with ` until 2027-06-30`."""


CallerName = Annotated[str, AfterValidator(checked_name)]
CallersByName = Annotated[dict[CallerName, CallerSettings], AfterValidator(_of_one_caller_each)]


class JwtSettings(_Group):
    """Whose tokens are let in, and how they are checked."""

    issuer: str = Field(min_length=1)
    """Who issues the tokens, exactly as their `iss` says."""
    audience: str = Field(min_length=1)
    """What the tokens are for, as their `aud` says or lists."""
    algorithms: Annotated[tuple[Algorithm, ...], BeforeValidator(_apart), AfterValidator(_some)]
    """How the tokens may be signed; nothing else is let in, whatever a token says of itself."""
    jwks: Annotated[HttpUrl, AfterValidator(_private)] | None = None
    """Where the issuer's key set is; either this or `key`."""
    key: SecretStr | None = None
    """The one key: a public one in PEM or as a JWK, or for HS256 and its like a secret."""
    scope_claim: str = Field(default="scope", min_length=1)
    """The claim that has the scopes, as text with spaces in between or as a list."""
    scope_prefix: str = ""
    """What the scopes that are meant for this gateway begin with, if anything."""
    caller_claim: str = Field(default="sub", min_length=1)
    """The claim that names the caller."""
    leeway_seconds: int = Field(default=30, ge=0, le=300)
    """How far the issuer's clock may be off."""
    refresh_seconds: float = Field(default=300.0, ge=30, le=43_200)
    """How old the key set may grow before it is fetched again."""

    @model_validator(mode="after")
    def _has_keys(self) -> Self:
        if (self.jwks is None) is (self.key is None):
            raise ValueError("give either `jwks` or `key`")
        if self.key is None and key_material.is_symmetric(self.algorithms[0]):
            raise ValueError("HS256 and its like need a `key`: a key set is public")
        self.fixed_key()
        return self

    def fixed_key(self) -> Key | None:
        """Give the key of the settings, if it is there that it is."""
        if self.key is None:
            return None
        if key_material.is_symmetric(self.algorithms[0]):
            return key_material.from_secret(self.key.get_secret_value(), self.algorithms)
        text = self.key.get_secret_value().strip()
        key = key_material.from_jwk_text(text) if text[:1] == "{" else key_material.from_pem(text)
        if not all(key_material.fits(key, algorithm) for algorithm in self.algorithms):
            raise ValueError("the key does not go with each of the algorithms")
        return key
