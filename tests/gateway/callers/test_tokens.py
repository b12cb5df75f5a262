"""Tokens: whoever is not the issuer's caller is refused, whatever the token says of itself."""

import base64
import contextlib
import hashlib
import hmac
import json
import string
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import example, given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import CompactSignature

from gateway.callers import tokens
from gateway.callers.errors import TokenExpired, TokenRefused, Unauthenticated
from resolvers.caller import Caller, Scope
from resolvers.platform import Platform
from resolvers.upstream.errors import ErrorCode
from tests.gateway.callers.issuer import (
    ASYMMETRIC,
    NOW,
    Clock,
    by,
    callers,
    checking,
    claims,
    key,
    public,
    settings,
    signed,
    token,
)

URL_SAFE = string.ascii_letters + string.digits + "-_"
ES256 = callers("ES256")
GOOD = token("ES256")


async def identify(text: str, algorithm: str = "ES256", **changed: Any) -> Caller:
    """Give the caller of a token."""
    return await callers(algorithm, **changed).identify(f"Bearer {text}")


@pytest.mark.parametrize("algorithm", [*ASYMMETRIC, "HS256", "HS512"])
async def test_a_token_of_the_issuer_tells_its_caller(algorithm: str) -> None:
    """By every algorithm that may be set."""
    assert await identify(token(algorithm), algorithm) == Caller("jwt:ann", frozenset({Scope.READ}))


async def test_a_key_may_be_written_in_pem() -> None:
    """As an issuer without a key set gives it."""
    for algorithm in ("ES256", "RS256", "EdDSA"):
        private = key(algorithm)
        assert not isinstance(private, OctKey)
        pem = private.as_pem(private=False).decode()
        assert (await identify(token(algorithm), algorithm, key=pem)).name == "jwt:ann"


@pytest.mark.parametrize(
    "alg", ["none", "nOnE", "NONE", "", "HS256", "ES384", None, 256, ["ES256"]]
)
async def test_no_other_algorithm_is_let_in(alg: object) -> None:
    """Whether or not there is a signature."""
    for sign in (by("ES256"), _not_at_all):
        with pytest.raises(TokenRefused):
            await identify(signed({"alg": alg, "kid": "one"}, claims(), sign))


def _not_at_all(text: bytes) -> bytes:
    return text[:0]


@pytest.mark.parametrize("form", ["pem", "der", "jwk", "modulus"])
async def test_the_public_key_is_nobodys_secret(form: str) -> None:
    """Everybody knows it, and could sign by it."""
    rsa = key("RS256")
    assert isinstance(rsa, RSAKey)
    numbers = rsa.public_key.public_numbers()
    secret = {
        "pem": rsa.as_pem(private=False),
        "der": rsa.public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "jwk": checking("RS256").encode(),
        "modulus": numbers.n.to_bytes(256),
    }[form]
    forged = signed(
        {"alg": "HS256", "kid": "one"},
        claims(),
        lambda text: hmac.digest(secret, text, hashlib.sha256),
    )
    with pytest.raises(TokenRefused):
        await identify(forged, "RS256")


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://other.example/"},
        {"iss": "https://issuer.example"},
        {"iss": None},
        {"iss": ["https://issuer.example/"]},
        {"aud": "other"},
        {"aud": ["other", "manifold2"]},
        {"aud": []},
        {"aud": {"manifold": True}},
        {"aud": None},
        {"exp": None},
        {"exp": "2999-01-01"},
        {"exp": True},
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"nbf": NOW + 31},
        {"nbf": "now"},
        {"iat": NOW + 31},
        {"iat": float("nan")},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "a" * 129},
        {"sub": "ann\nroot"},
        {"sub": "ann\u202e"},
        {"scope": 7},
        {"scope": {"read": True}},
        {"scope": ["read", 7]},
    ],
)
async def test_a_token_of_the_issuer_is_refused_if_a_claim_is_off(changed: dict[str, Any]) -> None:
    """It is from or for somebody else, or not for now."""
    with pytest.raises(TokenRefused):
        await ES256.identify(f"Bearer {token('ES256', **changed)}")


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": ["other", "manifold"]},
        {"exp": NOW - 29},
        {"nbf": NOW + 30, "iat": NOW + 30},
        {"sub": "a" * 128},
        {"sub": "Ünal"},
    ],
)
async def test_what_is_within_bounds_is_let_in(changed: dict[str, Any]) -> None:
    """The issuer's clock may be off by the leeway."""
    caller = await ES256.identify(f"Bearer {token('ES256', **changed)}")

    assert caller.name == f"jwt:{changed.get('sub', 'ann')}"


async def test_a_token_that_has_expired_is_told_so() -> None:
    """Its caller has to get a new one."""
    with pytest.raises(TokenExpired):
        await identify(token("ES256", exp=NOW - 30))
    assert (await identify(token("ES256", exp=NOW - 299), leeway_seconds=300)).name == "jwt:ann"


async def test_a_forged_token_is_not_told_that_it_has_expired() -> None:
    """What it says is looked at once it is known who says it."""
    with pytest.raises(TokenRefused):
        await identify(signed({"alg": "ES256"}, claims(exp=1), by("ES256", "other")))


@pytest.mark.parametrize(
    ("scope", "scopes", "platforms"),
    [
        ("read write", {"read", "write"}, None),
        (["admin", "openid", "READ"], {"admin"}, None),
        ("openid profile", set[str](), None),
        (None, set[str](), None),
        ("read platform:codat", {"read"}, {"codat"}),
        ("read platform:codat platform:unknown", {"read"}, {"codat"}),
        ("read platform:unknown", {"read"}, set[str]()),
        ("read platform:", {"read"}, set[str]()),
        ("read Platform:codat", {"read"}, set[str]()),
    ],
)
async def test_scopes_are_those_of_the_claim_that_exist(
    scope: object, scopes: set[str], platforms: set[str] | None
) -> None:
    """And who is narrowed to a platform that does not exist reaches none, not all."""
    caller = await identify(token("ES256", scope=scope))
    narrowed = None if platforms is None else frozenset(map(Platform, platforms))

    assert caller == Caller("jwt:ann", frozenset(map(Scope, scopes)), narrowed)


async def test_claims_may_have_other_names_and_scopes_a_prefix() -> None:
    """As issuers differ; without its prefix, a scope is for somebody else."""
    text = token("ES256", scope="write", scp=["manifold/read", "admin"], client_id="web")
    given = {"scope_claim": "scp", "scope_prefix": "manifold/", "caller_claim": "client_id"}

    assert await identify(text, **given) == Caller("jwt:web", frozenset({Scope.READ}))


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["exp"], "exp": NOW + 60},
        {"crit": []},
        {"crit": 7},
        {"crit": ["b64"], "b64": False},
        {"b64": False},
        {"b64": True},
        {"kid": 7},
        {"kid": ["one"]},
    ],
)
async def test_what_is_not_understood_and_has_to_be_is_refused(header: dict[str, Any]) -> None:
    """RFC 7515, 4.1.11."""
    with pytest.raises(TokenRefused):
        await identify(signed({"alg": "ES256", **header}, claims(), by("ES256")))


async def test_what_a_token_says_of_its_own_key_is_ignored() -> None:
    """Who forges one brings the key along."""
    own = public(key("ES256", "forged"))
    brought = {"jwk": own, "jku": "https://forged.example/", "x5u": "https://forged.example/"}
    header = {"alg": "ES256", "kid": "one", "custom": {"more": 1}, **brought}

    with pytest.raises(TokenRefused):
        await identify(signed(header, claims(), by("ES256", "forged")))
    assert (await identify(signed(header, claims(), by("ES256")))).name == "jwt:ann"


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "..",
        "a.b",
        "a.b.c",
        "a.b.c.d.e",
        GOOD + ".",
        GOOD + "=",
        GOOD.replace(".", " "),
        GOOD + "\u00e9",
        GOOD.rpartition(".")[0] + ".",
        signed([["alg"]], claims(), by("ES256")),
        signed("alg", claims(), by("ES256")),
        signed(["alg"], claims(), by("ES256")),
        signed(b'{"alg": "ES256"', claims(), by("ES256")),
        signed(b"[" * 5000, claims(), by("ES256")),
        signed({"alg": "ES256"}, b"[" * 5000, by("ES256")),
        signed({"alg": "ES256"}, b"\xff", by("ES256")),
        signed({"alg": "ES256"}, b'{"exp": ' + b"9" * 5000 + b"}", by("ES256")),
        signed({"alg": "ES256"}, [claims()], by("ES256")),
        signed({"alg": "ES256"}, None, by("ES256")),
    ],
)
async def test_what_is_no_token_is_refused_as_one(text: str) -> None:
    """Whoever signed it."""
    with pytest.raises(TokenRefused):
        await ES256.identify(f"Bearer {text}")


async def test_a_long_token_is_not_even_read() -> None:
    """A good one of 8 kB is; a good one of more is not."""
    room = 8 * 1024 - len(token("ES256", pad=""))
    assert (await identify(token("ES256", pad="." * (room * 3 // 4 - 8)))).name == "jwt:ann"
    with pytest.raises(TokenRefused):
        await identify(token("ES256", pad="." * (room * 3 // 4 + 8)))


async def test_a_refusal_tells_the_log_why_and_nobody_what_was_sent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is refused here may be good elsewhere."""
    planted = {"sub": "planted-in-claims", "aud": "elsewhere"}
    refused = [
        token("ES256", **planted),
        token("ES256", exp=1, sub="planted-in-claims"),
        signed({"alg": "planted-in-header"}, claims(**planted), by("ES256")),
        signed({"alg": "ES256", "crit": ["planted-in-header"]}, claims(), by("ES256")),
        signed({"alg": "ES256", "kid": "planted-in-header"}, claims(), by("ES256", "other")),
        "planted-as-a-token",
    ]
    faults: list[Unauthenticated] = []
    for text in refused:
        with pytest.raises(Unauthenticated) as raised:
            await ES256.identify(f"Bearer {text}")
        faults.append(raised.value)
    logged = capsys.readouterr().out
    shown = logged + "".join(f"{one!r} {one.why} {one.message} {one.challenge}" for one in faults)

    assert [one.code for one in faults] == [ErrorCode.UNAUTHENTICATED] * 6
    assert logged.count("caller refused") == 6
    assert "planted" not in shown
    assert not any(part in shown for text in refused for part in text.split("."))


@given(st.integers(0, len(GOOD) - 1), st.sampled_from(URL_SAFE + ".=+/ ~\u00df"))
@example(len(GOOD) - 1, "=")
async def test_no_token_passes_with_one_character_changed(place: int, character: str) -> None:
    """In its header, its claims or its signature."""
    if GOOD[place] == character:
        return
    with pytest.raises(Unauthenticated):
        await ES256.identify(f"Bearer {GOOD[:place]}{character}{GOOD[place + 1 :]}")


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3),
    max_leaves=5,
)
HEADER_NAMES = ["alg", "kid", "jku", "jwk", "x5u", "x5c", "x5t", "typ", "cty", "crit", "b64", "zip"]
CLAIM_NAMES = ["iss", "aud", "sub", "exp", "nbf", "iat", "jti", "scope"]


@given(
    st.dictionaries(st.sampled_from(HEADER_NAMES), ANY_JSON, max_size=3),
    st.dictionaries(st.sampled_from(CLAIM_NAMES), ANY_JSON, max_size=3),
)
async def test_whatever_a_token_holds_it_is_let_in_or_refused(
    header: dict[str, Any], changed: dict[str, Any]
) -> None:
    """It is never an error of the gateway's."""
    text = signed({"alg": "ES256", **header}, {**claims(), **changed}, by("ES256"))
    with contextlib.suppress(Unauthenticated):
        caller = await ES256.identify(f"Bearer {text}")
        assert caller.name == "jwt:" + changed.get("sub", "ann")


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA", "HS256"])
async def test_a_signature_has_one_spelling(algorithm: str) -> None:
    """Its last character has bits that mean nothing, and many a decoder does not look at them."""
    let_in, text = callers(algorithm), token(algorithm)
    others = [text[:-1] + last for last in URL_SAFE if last != text[-1]]
    same = [one for one in others if _decoded(one) == _decoded(text)]

    assert same
    for other in others:
        with pytest.raises(TokenRefused):
            await let_in.identify(f"Bearer {other}")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.rpartition(".")[2] + "==")


async def test_a_key_is_for_its_own_curve() -> None:
    """ES256 by a key of P-384 is nothing that is defined."""
    other = key("ES384")
    assert isinstance(other, ECKey)
    with pytest.raises(ValueError, match="does not go with each"):
        settings("ES256", key=json.dumps(public(other)))


async def test_a_token_that_was_checked_before_still_expires() -> None:
    """What is remembered of it is who signed it, and not that it is good."""
    clock = Clock()
    let_in = callers(clock=clock)
    good = f"Bearer {token('ES256', nbf=NOW - 10)}"
    assert await let_in.identify(good) == await let_in.identify(good)

    clock.now = NOW + 60 + 31
    with pytest.raises(TokenExpired):
        await let_in.identify(good)
    clock.now = NOW - 10 - 31
    with pytest.raises(TokenRefused):
        await let_in.identify(good)


async def test_of_many_tokens_the_last_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature is checked once for each of them, and whoever makes many fills no memory."""
    monkeypatch.setattr(tokens, "MOST_KEPT", 2)
    checked: list[bytes] = []
    validate = jws.validate_compact

    def counted(form: CompactSignature, *given: Any, **named: Any) -> bool:
        checked.append(form.payload)
        return validate(form, *given, **named)

    monkeypatch.setattr(jws, "validate_compact", counted)
    let_in = callers("HS256")
    first, second, third = (f"Bearer {token('HS256', sub=name)}" for name in "abc")
    for header in (first, second, first, third, first, second):
        await let_in.identify(header)

    assert [json.loads(payload)["sub"] for payload in checked] == list("abcb")
