"""Clinked's stand-in: subscriptions."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

SUBSCRIPTION = {"accountPackage", "plan", "storageUsed", "membersUsed", "billingDetails"}
PACKAGE = {
    "code",
    "planDetails",
    "members",
    "storage",
    "suspended",
    "trialExpires",
    "paused",
    "pausedBillingCycles",
    "datePausedAt",
}
BILLING = {
    "firstName",
    "lastName",
    "email",
    "address1",
    "address2",
    "city",
    "state",
    "zip",
    "country",
    "card",
}
CARD = {"number", "type", "lastFour", "verificationValue", "expirationMonth", "expirationYear"}


async def test_a_subscription_is_shown_with_its_card(clinked: httpx.AsyncClient) -> None:
    """The numbers of bytes are larger than 32 bits hold."""
    found = (await clinked.get("/v3/accounts/11/subscription")).json()

    assert set(found) == SUBSCRIPTION
    assert set(found["accountPackage"]) == PACKAGE
    assert set(found["billingDetails"]) == BILLING
    assert set(found["billingDetails"]["card"]) == CARD
    assert found["accountPackage"]["planDetails"] == {"interval": 1, "currency": "GBP"}
    assert (found["plan"], found["storageUsed"]) == ("Premium", 3_298_534_883_328)


async def test_members_are_counted(clinked: httpx.AsyncClient) -> None:
    """A member that is deleted counts no more."""
    before = (await clinked.get("/v3/accounts/11/subscription")).json()["membersUsed"]
    await clinked.delete("/v3/accounts/11/members/bruno.ashdown")
    after = (await clinked.get("/v3/accounts/11/subscription")).json()["membersUsed"]

    assert (before, after) == (110, 109)


async def test_subscriptions_differ(clinked: httpx.AsyncClient) -> None:
    """One account is on trial without a card, one is paused, and one does not exist."""
    trial = (await clinked.get("/v3/accounts/12/subscription")).json()
    paused = (await clinked.get("/v3/accounts/13/subscription")).json()["accountPackage"]

    assert (trial["accountPackage"]["planDetails"], trial["billingDetails"]["card"]) == (None, None)
    assert trial["accountPackage"]["trialExpires"] == 1_795_651_200_000
    assert (paused["suspended"], paused["paused"], paused["pausedBillingCycles"]) == (True, True, 3)
    assert (await clinked.get("/v3/accounts/99/subscription")).status_code == 404
