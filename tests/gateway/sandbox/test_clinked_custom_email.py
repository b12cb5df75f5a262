"""Clinked's stand-in: the sender of an account's mail."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

EMAIL = "/v3/accounts/11/custom-email"
AUTHENTICATION = f"{EMAIL}/domain-authentication"
SMTP: dict[str, Any] = {
    "host": "smtp.example.com",
    "username": "plans",
    "password": "hush",
    "port": 465,
    "auth": True,
    "starttls": True,
    "from": "plans@example.com",
}


async def test_a_mail_server_is_answered_without_its_password(clinked: httpx.AsyncClient) -> None:
    """Nor is it told whether the server wants one."""
    answered = (await clinked.post(f"{EMAIL}/smtp", json=SMTP)).json()

    assert answered == SMTP | {"password": None, "auth": None, "passwordOmitted": True}


async def test_a_key_of_sendgrid_is_answered_as_it_is(clinked: httpx.AsyncClient) -> None:
    """The account's sender is then of another type."""
    body = {"apiKey": "k-1", "from": "plans@example.com"}
    answered = (await clinked.post(f"{EMAIL}/sendgrid", json=body)).json()
    status = (await clinked.get(EMAIL)).json()

    assert answered == body | {"mx": None}
    assert status == {"enabled": True, "connected": True, "type": "sendgrid"}


async def test_domains_are_listed_by_a_key(clinked: httpx.AsyncClient) -> None:
    """By the account's own if none is given, and not at all without any."""
    path = f"{EMAIL}/sendgrid/domains"
    given = (await clinked.get(path, params={"apiKey": "k-1"})).json()
    own = (await clinked.get(path.replace("11", "12"))).json()

    assert [one["id"] for one in given] == [4101, 4102]
    assert (
        set(given[0])
        == set(given[1])
        == {
            *("default", "id", "username", "subdomain", "domain", "user_id", "ips", "custom_spf"),
            *("legacy", "automatic_security", "valid", "dns", "last_validation_attempt_at"),
        }
    )
    assert [one["id"] for one in own] == [4201]
    assert (await clinked.get(path)).status_code == 400


async def test_a_domain_is_authenticated_and_then_validated(clinked: httpx.AsyncClient) -> None:
    """Its name is taken from the sender; the account is connected once it is valid."""
    made = (await clinked.post(AUTHENTICATION, json={"from": "a@example.com"})).json()
    waiting = (await clinked.get(EMAIL)).json()
    found = (await clinked.patch(AUTHENTICATION, json={})).json()

    assert set(made) == set(found) == {"from", "domain", "mx", "mxValid", "valid", "dns"}
    assert (made["domain"], made["valid"], waiting["connected"]) == ("example.com", False, False)
    assert found["valid"] is True
    assert all(one["valid"] for one in found["dns"].values())
    assert (await clinked.get(EMAIL)).json()["connected"] is True


async def test_what_is_sent_with_a_domain_comes_back(clinked: httpx.AsyncClient) -> None:
    """Validation even gives back a null for a domain that is known."""
    record = {"valid": True, "data": "d", "host": "example.com", "type": "cname"}
    body: dict[str, Any] = {"from": "a@example.com", "domain": None, "mx": None, "mxValid": None}
    body |= {"valid": True, "dns": {"one": record}}
    made = (await clinked.post(AUTHENTICATION, json=body)).json()
    found = (await clinked.patch(AUTHENTICATION, json=body)).json()

    assert made == body | {"domain": "example.com"}
    assert found == body


async def test_a_sender_is_given_up(clinked: httpx.AsyncClient) -> None:
    """After that there is none, and no domain to validate."""
    deleted = await clinked.delete(EMAIL)

    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.get(EMAIL)).json() == {"enabled": True, "connected": False, "type": None}
    assert (await clinked.patch(AUTHENTICATION, json={})).status_code == 404


BAD_SENDERS: list[tuple[str, dict[str, Any]]] = [
    ("smtp", SMTP | {"port": 0}),
    ("smtp", SMTP | {"host": ""}),
    ("smtp", SMTP | {"from": "nobody"}),
    ("sendgrid", {"from": "a@example.com"}),
    ("domain-authentication", {"from": "a@example.com", "dns": []}),
]


@pytest.mark.parametrize(("kind", "body"), BAD_SENDERS)
async def test_a_bad_sender_is_refused(
    clinked: httpx.AsyncClient, kind: str, body: dict[str, Any]
) -> None:
    """The former one stays."""
    assert (await clinked.post(f"{EMAIL}/{kind}", json=body)).status_code == 400
    assert (await clinked.get(EMAIL)).json()["type"] == "smtp"
