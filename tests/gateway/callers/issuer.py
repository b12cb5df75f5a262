"""Somebody who issues tokens, good and forged ones, and publishes the keys to check them by."""

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from joserfc.jwk import ECKey, Key, KeyParameters, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from gateway.callers.directory import Callers
from gateway.callers.settings import JwtSettings
from tests.resolvers.wild_server import Act, answer

NOW = 1_800_000_000.0
ISSUER = "https://issuer.example/"
AUDIENCE = "manifold"
SECRET = "a-secret-of-more-than-thirty-two-bytes-that-shows-nowhere-whatever-it-is-used-for"

ASYMMETRIC = ["RS256", "RS384", "PS256", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
CURVES = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}


class Clock:
    """A clock that the test sets."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def key(algorithm: str, kid: str = "one") -> Key:
    """Give the issuer's private key of a name for an algorithm, the same each time."""
    return _generated(algorithm if algorithm[:2] == "ES" else algorithm[:2].replace("P", "R"), kid)


@cache
def _generated(kind: str, kid: str) -> Key:
    named: KeyParameters = {"kid": kid}
    match kind:
        case "HS":
            return OctKey.import_key(SECRET)
        case "Ed":
            return OKPKey.generate_key("Ed25519", named)
        case "RS":
            return RSAKey.generate_key(2048, named)
        case _:
            return ECKey.generate_key(CURVES[kind], named)


def published(*keys: Key, **changed: Any) -> bytes:
    """Write the key set that has the public halves of these keys; `changed` is in each."""
    return json.dumps({"keys": [{**public(one), **changed} for one in keys]}).encode()


def public(private: Key) -> dict[str, Any]:
    """Give the public half of a key as a JWK."""
    return dict(private.as_dict(private=False))


def publishing(*keys: Key, **changed: Any) -> Act:
    """Answer with a key set."""
    return answer(200, published(*keys, **changed), content_type="application/json")


def claims(**changed: Any) -> dict[str, Any]:
    """Give good claims, but for what is changed; None leaves a claim out."""
    good = {"iss": ISSUER, "aud": AUDIENCE, "sub": "ann", "exp": NOW + 60, "scope": "read"}
    return {name: value for name, value in {**good, **changed}.items() if value is not None}


def token(algorithm: str, kid: str | None = "one", **changed: Any) -> str:
    """Issue a token; `changed` is of its claims."""
    header = {"alg": algorithm} if kid is None else {"alg": algorithm, "kid": kid}
    return signed(header, claims(**changed), by(algorithm, kid or "one"))


def by(algorithm: str, kid: str = "one") -> Callable[[bytes], bytes]:
    """Sign as the issuer does."""
    return lambda text: JWSRegistry.algorithms[algorithm].sign(text, key(algorithm, kid))


def signed(header: Any, payload: Any, sign: Callable[[bytes], bytes]) -> str:
    """Write a token of any header and any payload, bytes or what JSON is made of."""
    text = encoded(written(header)) + b"." + encoded(written(payload))
    return (text + b"." + encoded(sign(text))).decode()


def written(part: Any) -> bytes:
    """Write a part of a token."""
    return part if isinstance(part, bytes) else json.dumps(part).encode()


def encoded(part: bytes) -> bytes:
    """Write bytes as a token has them."""
    return base64.urlsafe_b64encode(part).rstrip(b"=")


def settings(algorithm: str = "ES256", **changed: Any) -> JwtSettings:
    """Give settings that let the issuer's tokens in, by its one public key or its secret."""
    given: Mapping[str, Any] = {
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "algorithms": algorithm,
        **({} if "jwks" in changed else {"key": checking(algorithm)}),
        **changed,
    }
    return JwtSettings.model_validate(given)


def checking(algorithm: str) -> str:
    """Give what is needed to check what is signed by an algorithm, as the settings have it."""
    return SECRET if algorithm[:2] == "HS" else json.dumps(public(key(algorithm)))


def callers(algorithm: str = "ES256", clock: Clock | None = None, **changed: Any) -> Callers:
    """Give callers of whom the issuer's tokens tell."""
    return Callers({}, settings(algorithm, **changed), clock or Clock())
