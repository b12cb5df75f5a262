"""What settings may say of callers; what cannot be right is refused, and no value is quoted."""

import json
from typing import Any

import pytest
from joserfc.jwk import ECKey
from pydantic import TypeAdapter, ValidationError

from gateway.callers.keys import hashed
from gateway.callers.settings import CallersByName, CallerSettings, JwtSettings
from tests.gateway.callers.issuer import SECRET, checking, key, public

HASH, OTHER, THIRD = hashed("one"), hashed("two"), hashed("three")
GOOD: dict[str, Any] = {"scopes": ["read"], "keys": [HASH]}
JWT: dict[str, Any] = {"issuer": "i", "audience": "a", "algorithms": ["ES256"]}
BY_NAME = TypeAdapter[dict[str, CallerSettings]](CallersByName)


def refusal(made: type[CallerSettings | JwtSettings], given: dict[str, Any]) -> str:
    """Give what is said of wrong settings."""
    with pytest.raises(ValidationError) as raised:
        made.model_validate(given)
    return str(raised.value)


def test_lists_may_be_written_as_text() -> None:
    """As the environment has them."""
    listed = {"scopes": ["read", "platform:codat"], "keys": [HASH, f"{OTHER} until 2027-06-30"]}
    text = {"scopes": "read, platform:codat", "keys": f"{HASH}, {OTHER} until 2027-06-30,"}
    made = JwtSettings.model_validate({**JWT, "jwks": "https://i/", "algorithms": "ES256, RS256"})

    assert CallerSettings.model_validate(text) == CallerSettings.model_validate(listed)
    assert made.algorithms == ("ES256", "RS256")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"scopes": []}, "at least one of the scopes read, write, admin"),
        ({"scopes": ["platform:codat"]}, "at least one of the scopes"),
        ({"scopes": ["read", "everything"]}, "a scope is one of read, write, admin, platform:"),
        ({"scopes": ["read", "platform:unknown"]}, "a scope is one of"),
        ({"scopes": ["READ"]}, "a scope is one of"),
        ({"keys": []}, "one key, or two"),
        ({"keys": ""}, "one key, or two"),
        ({"keys": [HASH, OTHER, THIRD]}, "one key, or two"),
        ({"keys": [HASH, f"{HASH} until 2027-06-30"]}, "two different ones"),
        ({"keys": ["mfk_the-key-itself"]}, "a key is the 64 hexadecimal digits of its hash"),
        ({"keys": [7]}, "KeyEntry"),
        ({"key": HASH}, "Extra inputs"),
    ],
)
def test_a_caller_that_cannot_be_right_is_refused(changed: dict[str, Any], says: str) -> None:
    """It says what a right one would be."""
    said = refusal(CallerSettings, {**GOOD, **changed})

    assert says in said
    assert "everything" not in said
    assert "the-key-itself" not in said
    assert HASH not in said


@pytest.mark.parametrize("name", ["", "Web", "web_app", "-web", "web:app", "a" * 64, "web\n"])
def test_a_callers_name_is_plain(name: str) -> None:
    """It stands in logs, in numbers and in the names of variables."""
    with pytest.raises(ValidationError, match="a caller's name is of lower-case letters"):
        BY_NAME.validate_python({name: GOOD})


def test_a_key_has_one_caller() -> None:
    """Who asks could not be told otherwise."""
    with pytest.raises(ValidationError, match="two callers have the same key"):
        BY_NAME.validate_python({"web": GOOD, "app": {**GOOD, "keys": [OTHER, HASH]}})
    assert set(BY_NAME.validate_python({"web": GOOD, "app": {**GOOD, "keys": [OTHER]}})) == {
        "web",
        "app",
    }


def es256(form: str, curve: str = "ES256") -> str:
    """Write an issuer's key in a form."""
    private = key(curve)
    assert isinstance(private, ECKey)
    return {
        "pem": private.as_pem(private=False).decode(),
        "private pem": private.as_pem(private=True).decode(),
        "jwk": checking(curve),
        "private jwk": json.dumps(private.as_dict(private=True)),
    }[form]


KEY = es256("jwk")
RSA = json.dumps(public(key("RS256")))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "give either `jwks` or `key`"),
        ({"key": KEY, "jwks": "https://issuer.example/"}, "give either `jwks` or `key`"),
        ({"key": KEY, "algorithms": []}, "at least one algorithm"),
        ({"key": KEY, "algorithms": ["none"]}, "Input should be"),
        ({"key": KEY, "algorithms": ["ES256", "none"]}, "Input should be"),
        ({"key": KEY, "algorithms": ["ES256", "HS256"]}, "go with no other algorithm"),
        ({"key": KEY, "algorithms": ["RS256"]}, "does not go with each"),
        ({"key": KEY, "algorithms": ["ES256", "ES384"]}, "does not go with each"),
        ({"key": RSA}, "does not go with each"),
        ({"key": es256("private pem")}, "a private one"),
        ({"key": es256("private jwk")}, "a private one"),
        ({"key": "-----BEGIN PUBLIC KEY-----"}, "cannot be read"),
        ({"key": "{"}, "not JSON"),
        ({"key": "{}"}, "of another kind"),
        ({"key": ""}, "cannot be read"),
        ({"key": SECRET}, "cannot be read"),
        ({"key": SECRET[:31], "algorithms": ["HS256"]}, "at least 32 bytes"),
        ({"key": SECRET[:63], "algorithms": ["HS256", "HS512"]}, "at least 64 bytes"),
        ({"key": es256("pem"), "algorithms": ["HS256"]}, "neither PEM nor JWK"),
        ({"key": "\n" + es256("pem"), "algorithms": ["HS256"]}, "neither PEM nor JWK"),
        ({"key": KEY, "algorithms": ["HS256"]}, "neither PEM nor JWK"),
        ({"jwks": "https://issuer.example/", "algorithms": ["HS256"]}, "a key set is public"),
        ({"jwks": "http://issuer.example/"}, "https, or http on this machine"),
        ({"jwks": "http://127.0.0.1.issuer.example/"}, "https, or http on this machine"),
        ({"jwks": "http://10.0.0.1/"}, "https, or http on this machine"),
        ({"jwks": "file:///etc/keys"}, "URL scheme should be"),
        ({"jwks": f"https://ann:{SECRET}@issuer.example/"}, "no user and no password"),
        ({"jwks": "issuer.example"}, "valid URL"),
        ({"key": KEY, "issuer": ""}, "issuer"),
        ({"key": KEY, "audience": ""}, "audience"),
        ({"key": KEY, "leeway_seconds": 301}, "leeway_seconds"),
        ({"key": KEY, "refresh_seconds": 29}, "refresh_seconds"),
    ],
)
def test_settings_by_which_anybody_could_sign_are_refused(
    changed: dict[str, Any], says: str
) -> None:
    """Like those that let nobody in; what is secret in them is not shown."""
    said = refusal(JwtSettings, {**JWT, **changed})

    assert says in said
    assert "a-secret-of" not in said
    assert json.loads(KEY)["x"] not in said


@pytest.mark.parametrize("missing", ["issuer", "audience", "algorithms"])
def test_nothing_that_tokens_are_checked_by_may_be_left_out(missing: str) -> None:
    """An absent check would be one that passes."""
    given = {name: value for name, value in {**JWT, "key": KEY}.items() if name != missing}

    assert "Field required" in refusal(JwtSettings, given)


@pytest.mark.parametrize(
    "jwks",
    [
        "https://issuer.example/keys?of=app",
        "http://localhost:1/",
        "http://127.9.9.9/",
        "http://[::1]/",
    ],
)
def test_a_key_set_is_https_or_on_this_machine(jwks: str) -> None:
    """Who can change it on its way can sign tokens."""
    assert JwtSettings.model_validate({**JWT, "jwks": jwks}).fixed_key() is None


def test_the_key_shows_nowhere() -> None:
    """Neither do the settings that hold it."""
    made = JwtSettings.model_validate({**JWT, "algorithms": "HS256", "key": SECRET})

    assert SECRET not in repr(made)
    assert SECRET not in made.model_dump_json()
