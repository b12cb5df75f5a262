"""Keys and tokens that are absent, old, forged or in the wrong place."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from joserfc.jwk import RSAKey

from gateway.callers.keys import hashed
from tests.gateway.callers.issuer import by, claims, encoded, key, public, signed
from tests.hostile.case import Ask, Case
from tests.hostile.writing import GOOD, KEY, got, posted, request

OLD_KEY = "mfk_0lR1c2nVQx0pZk4sYwB9eJ6hTgM3aLdF5oXiNvCqEtK"
"""A key that was good until some years ago."""

_UNKNOWN = "UNAUTHENTICATED"
_BODY = b'{"query": "{ __typename }"}'
_WRONG_KEY = "mfk_" + "w" * 43


def _refused(name: str, authorization: str | None, **more: str | None) -> Case:
    return Case(name, posted(_BODY, Authorization=authorization, **more), 401, _UNKNOWN)


def _twice(name: str, first: str, second: str) -> Case:
    sent = request(_BODY, headers={"Authorization": first}, lines=[f"Authorization: {second}"])
    return Case(name, sent, 400, "BAD_USER_INPUT")


def _by_address(name: str, query: str) -> Case:
    told = got(f"query={quote(GOOD)}&{query}", {"Authorization": None})
    return Case(name, told, 401, _UNKNOWN)


_BASIC = base64.b64encode(f"web:{KEY}".encode()).decode()

KEYS = [
    _refused("there is no key", None),
    _refused("a key is empty", "Bearer "),
    _refused("a key is nobody's", f"Bearer {_WRONG_KEY}"),
    _refused("a key has expired", f"Bearer {OLD_KEY}"),
    _refused("a key is another one's beginning", f"Bearer {KEY[:-1]}"),
    _refused("a key goes on", f"Bearer {KEY}K"),
    _refused("a key is in other letters", f"Bearer {KEY.swapcase()}"),
    _refused("a key is the hash of one", f"Bearer {hashed(KEY)}"),
    _refused("a key is the hash of one, written as a key", f"Bearer mfk_{hashed(KEY)[:43]}"),
    _refused("a key has no scheme", KEY),
    _refused("a key is sent as a password", f"Basic {_BASIC}"),
    _refused("a key is sent by another scheme", f"Token {KEY}"),
    _refused("two keys are in one header", f"Bearer {KEY}, Bearer {_WRONG_KEY}"),
    _refused("a key has 60,000 characters", f"Bearer mfk_{'k' * 60_000}"),
    _refused("a key is in a cookie", None, Cookie=f"Authorization=Bearer {KEY}; key={KEY}"),
    _refused("a key is in a header of another name", None, X_Api_Key=KEY),
    _refused("a key is for the proxy", None, Proxy_Authorization=f"Bearer {KEY}"),
    _by_address("a key is in the address", f"access_token={KEY}"),
    _by_address("a key is in the address by its header's name", f"Authorization=Bearer%20{KEY}"),
    _twice("a key is beside a wrong one", f"Bearer {KEY}", f"Bearer {_WRONG_KEY}"),
    _twice("a wrong key is beside one", f"Bearer {_WRONG_KEY}", f"Bearer {KEY}"),
    _twice("a key is beside a password", f"Basic {_BASIC}", f"Bearer {KEY}"),
    _twice("a key is told twice", f"Bearer {KEY}", f"Bearer {KEY}"),
]

Sign = Callable[[bytes], bytes]


def now(**changed: Any) -> dict[str, Any]:
    """Give claims that would be good for some minutes."""
    return claims(**{"exp": int(time.time()) + 600, **changed})


def _token(name: str, write: Callable[[], str]) -> Case:
    """Send a token, which is written as late as it is sent: to make a key takes its time."""

    def send(_: Ask) -> bytes:
        return posted(_BODY, Authorization=f"Bearer {write()}")

    return Case(name, send, 401, _UNKNOWN)


def _headed(name: str, changed: Mapping[str, Any], sign: Sign | None = None) -> Case:
    header = {"alg": "RS256", "kid": "one", **changed}
    return _token(name, lambda: signed(header, now(), sign or by("RS256", "forged")))


def _claimed(name: str, **changed: Any) -> Case:
    """Send a token that the issuer did sign."""
    header = {"alg": "RS256", "kid": "one"}
    return _token(name, lambda: signed(header, now(**changed), by("RS256")))


def _by_public_key(write: Callable[[RSAKey], bytes]) -> Sign:
    def sign(text: bytes) -> bytes:
        rsa = key("RS256")
        assert isinstance(rsa, RSAKey)
        return hmac.digest(write(rsa), text, hashlib.sha256)

    return sign


def _good() -> str:
    return signed({"alg": "RS256", "kid": "one"}, now(), by("RS256"))


def _tampered(**changed: Any) -> str:
    head, _, signature = _good().split(".")
    return f"{head}.{encoded(json.dumps(now(**changed)).encode()).decode()}.{signature}"


def _nothing(_: bytes) -> bytes:
    return b""


def _foreign() -> dict[str, Any]:
    return public(key("RS256", "forged"))


def _without(algorithms: Iterable[str]) -> list[Case]:
    return [_headed(f"a token's algorithm is {one}", {"alg": one}, _nothing) for one in algorithms]


TOKENS = [
    *_without(["none", "None", "nOnE", ""]),
    _token("a token is not signed and says how it was", lambda: _good().rpartition(".")[0] + "."),
    _headed(
        "a token is signed by the public key as PEM",
        {"alg": "HS256"},
        _by_public_key(lambda rsa: rsa.as_pem(private=False)),
    ),
    _headed(
        "a token is signed by the public key as JSON",
        {"alg": "HS256"},
        _by_public_key(lambda rsa: json.dumps(public(rsa)).encode()),
    ),
    _headed(
        "a token is signed by nothing as a secret",
        {"alg": "HS256"},
        lambda text: hmac.digest(b"", text, hashlib.sha256),
    ),
    _headed("a token is by another algorithm of the same key", {"alg": "PS256"}, by("PS256")),
    _headed("a token is signed by another key of the same name", {}),
    _token(
        "a token brings its own key along",
        lambda: signed(
            {"alg": "RS256", "kid": "one", "jwk": _foreign()}, now(), by("RS256", "forged")
        ),
    ),
    _token(
        "a token brings its own key along and names it",
        lambda: signed(
            {"alg": "RS256", "kid": "forged", "jwk": _foreign()}, now(), by("RS256", "forged")
        ),
    ),
    _headed(
        "a token says where its keys are",
        {"jku": "http://127.0.0.1:9/keys", "x5u": "http://127.0.0.1:9/"},
    ),
    _headed("a token brings a certificate along", {"x5c": ["MIIB"]}),
    _headed(
        "a token asks for what is not understood", {"crit": ["evil"], "evil": True}, by("RS256")
    ),
    _headed("a token's payload is not encoded", {"b64": False, "crit": ["b64"]}, by("RS256")),
    _headed(
        "a token's key is a path",
        {"kid": "../../../../dev/null"},
        lambda text: hmac.digest(b"", text, hashlib.sha256),
    ),
    _headed("a token's key is a question to a database", {"kid": "one' OR '1'='1"}),
    _headed("a token's key is a number", {"kid": 1}, by("RS256")),
    _headed("a token's key has 5,000 characters", {"kid": "k" * 5000}),
    _claimed("a token is for somebody else", aud="another-audience"),
    _claimed("a token is for nobody", aud=None),
    _claimed("a token is from somebody else", iss="https://evil.example/"),
    _claimed("a token is from nobody", iss=None),
    _claimed("a token has expired", exp=1_700_000_000),
    _claimed("a token never expires", exp=None),
    _claimed("a token expires at no number", exp=float("nan")),
    _claimed("a token is not yet valid", nbf=32_503_680_000),
    _claimed("a token was issued tomorrow", iat=32_503_680_000),
    _claimed("a token names nobody", sub=None),
    _claimed("a token's name is two lines", sub="name-of-a-caller\nanother-line-of-it"),
    _claimed("a token's name has 10,000 characters", sub="s" * 2000),
    _claimed("a token's scopes are an object", scope={"read": True}),
    _token("a token's claims are changed", lambda: _tampered(sub="root", scope="admin")),
    _token("a token's signature is cut", lambda: _good()[:-8]),
    _token("a token has more behind its end", lambda: _good() + ".e30"),
    _token("a token is an encrypted one", lambda: "a.b.c.d.e"),
    _token("a token is nothing but dots", lambda: "." * 5000),
    _token("a token has 60,000 characters", lambda: f"{_good()}{'A' * 60_000}"),
    _token("a token's header is 2,000 lists deep", lambda: signed(b"[" * 2000, now(), by("RS256"))),
    _token(
        "a token's claims are 2,000 lists deep",
        lambda: signed({"alg": "RS256", "kid": "one"}, b"[" * 2000, by("RS256")),
    ),
    _token(
        "a token's claims have a number of 5,000 digits",
        lambda: signed(
            {"alg": "RS256", "kid": "one"}, b'{"exp": ' + b"9" * 5000 + b"}", by("RS256")
        ),
    ),
]

CASES = [*KEYS, *TOKENS]
