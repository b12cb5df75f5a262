"""API keys: a caller has one, or two while they change over, and nothing else is one."""

import math
import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.callers.directory import Callers
from gateway.callers.errors import CredentialMissing, KeyRefused
from gateway.callers.keys import KeyEntry, generate, hashed
from gateway.callers.settings import CallerSettings
from resolvers.caller import Caller, Scope
from resolvers.platform import Platform
from tests.gateway.callers.issuer import Clock, settings, token

# Of their form, and the same in every process, as the names of tests have to be.
OLD, NEW, SERVICE = (f"mfk_{letter * 43}" for letter in "ABC")
WEB = Caller("key:web", frozenset({Scope.READ}), frozenset({Platform("codat")}))


def known(*keys: str, scopes: str = "read") -> CallerSettings:
    """Give a caller that has these keys."""
    return CallerSettings.model_validate({"scopes": scopes, "keys": keys})


def two_callers(clock: Clock | None = None) -> Callers:
    """Give `web`, whose keys change over, and `service`."""
    web = known(f"{hashed(OLD)} until 2027-06-30", hashed(NEW), scopes="read,platform:codat")
    service = known(hashed(SERVICE), scopes="admin,write")
    return Callers({"web": web, "service": service}, None, clock or Clock())


BOTH = two_callers()


async def test_a_key_tells_its_caller() -> None:
    """And so what it may do."""
    both = Caller("key:service", frozenset({Scope.WRITE, Scope.ADMIN}))

    assert BOTH.known
    assert await BOTH.identify(f"Bearer {NEW}") == WEB
    assert await BOTH.identify(f"Bearer {SERVICE}") == both


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER  ", " Bearer "])
async def test_the_scheme_is_bearer_in_any_case(scheme: str) -> None:
    """RFC 9110, 11.1."""
    assert await BOTH.identify(f"{scheme}{NEW}") == WEB


@pytest.mark.parametrize(
    "header", [None, "", " ", "Bearer", "Bearer ", f"Basic {NEW}", NEW, f"Bearer\t{NEW}", "Bearer:"]
)
async def test_what_is_no_bearer_credential_is_none(header: str | None) -> None:
    """It is said how to send one, and no more."""
    with pytest.raises(CredentialMissing, match="send `Authorization: Bearer …`") as raised:
        await BOTH.identify(header)

    assert raised.value.challenge == 'Bearer realm="Manifold"'


async def test_two_keys_are_valid_at_once_until_one_ends() -> None:
    """So that they can be changed without an outage."""
    clock = Clock(datetime(2027, 6, 30, 23, 59, 59, tzinfo=UTC).timestamp())
    changing = two_callers(clock)
    assert await changing.identify(f"Bearer {OLD}") == await changing.identify(f"Bearer {NEW}")

    clock.now += 1
    assert await changing.identify(f"Bearer {NEW}") == WEB
    with pytest.raises(KeyRefused) as raised:
        await changing.identify(f"Bearer {OLD}")
    assert raised.value.message == "The key is not valid."


async def test_an_expired_key_is_told_apart_in_the_log_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With its caller's name, so that somebody can renew it; never with the key."""
    said: list[str] = []
    for key in (OLD, generate()):
        with pytest.raises(KeyRefused) as raised:
            await two_callers(Clock(2e9)).identify(f"Bearer {key}")
        said.append(raised.value.message)
    first, second = capsys.readouterr().out.splitlines()

    assert said == ["The key is not valid."] * 2
    assert "the key has expired" in first
    assert "key:web" in first
    assert "nobody has this key" in second
    assert "mfk_" not in first + second


@given(st.integers(0, len(NEW) - 1), st.sampled_from(string.printable + "é\u212a\x00"))
async def test_no_key_passes_with_one_character_changed(place: int, character: str) -> None:
    """It is refused as a key, or for want of a token."""
    if NEW[place] == character:
        return
    with pytest.raises(KeyRefused, match="The key is not valid"):
        await BOTH.identify(f"Bearer {NEW[:place]}{character}{NEW[place + 1 :]}")


@pytest.mark.parametrize(
    "credential",
    [
        "mfk_",
        NEW[:-1],
        NEW + "A",
        NEW + "\n.",
        NEW[:-1] + "\ud800",
        NEW[4:],
        NEW.upper(),
        hashed(NEW),
        f"{NEW},{NEW}",
    ],
)
async def test_what_is_like_a_key_is_none(credential: str) -> None:
    """The hash that settings hold opens nothing either."""
    with pytest.raises(KeyRefused):
        await BOTH.identify(f"Bearer {credential}")


async def test_keys_and_tokens_are_let_in_side_by_side() -> None:
    """And no name of the one can be a name of the other."""
    both = Callers({"ann": known(hashed(NEW))}, settings(), Clock())

    assert (await both.identify(f"Bearer {NEW}")).name == "key:ann"
    assert (await both.identify(f"Bearer {token('ES256')}")).name == "jwt:ann"
    assert (await both.identify(f"Bearer {token('ES256', sub='key:ann')}")).name == "jwt:key:ann"
    await both.close()


async def test_without_callers_nobody_is_let_in() -> None:
    """Whether the gateway then asks at all is for who starts it."""
    nobody = Callers({}, None)
    assert not nobody.known
    for credential in (NEW, token("ES256")):
        with pytest.raises(KeyRefused):
            await nobody.identify(f"Bearer {credential}")
    await nobody.close()


def test_a_new_key_is_as_random_as_its_length_says() -> None:
    """256 bits, as 43 characters, behind the prefix by which a scanner finds it."""
    made = {generate() for _ in range(100)}

    assert len(made) == 100
    assert {len(key) for key in made} == {47}
    assert all(key.startswith("mfk_") for key in made)
    assert set("".join(made)) <= set(string.ascii_letters + string.digits + "-_")


HASH = hashed(NEW)


@pytest.mark.parametrize(
    ("written", "expires_at"),
    [
        (HASH, math.inf),
        (HASH.upper(), math.inf),
        (f" {HASH} until 2027-06-30 ", datetime(2027, 7, 1, tzinfo=UTC).timestamp()),
        (f"{HASH} until 2027-06-30T12:00Z", datetime(2027, 6, 30, 12, tzinfo=UTC).timestamp()),
        (f"{HASH} until 2027-06-30T12:00+02:00", datetime(2027, 6, 30, 10, tzinfo=UTC).timestamp()),
    ],
)
def test_a_key_is_written_as_its_hash_and_its_end(written: str, expires_at: float) -> None:
    """A date is the end of that day."""
    entry = KeyEntry.parse(written)

    assert (entry.hash, entry.expires_at) == (HASH, expires_at)
    assert KeyEntry.parse(str(entry)) == entry


@pytest.mark.parametrize(
    "written",
    [
        "",
        NEW,
        HASH[:-1],
        HASH + "0",
        HASH[:-1] + "g",
        f"{HASH} until ",
        f"{HASH} until 2027",
        f"{HASH} until 2027-02-30",
        f"{HASH} until 20270630",
        f"{HASH} until 2027-06-30T12:00",
        f"{HASH} until 9999-12-31",
        f"{HASH} until tomorrow",
        f"{HASH} 2027-06-30",
    ],
)
def test_anything_else_is_refused_without_being_quoted(written: str) -> None:
    """Somebody may have put the key itself there."""
    with pytest.raises(ValueError, match="a key is") as raised:
        KeyEntry.parse(written)

    assert not written or written not in str(raised.value)
