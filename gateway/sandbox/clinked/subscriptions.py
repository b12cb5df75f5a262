"""What an account pays for, and how. Clinked API 4.4."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked.people import DAY, START
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.values import Record

TERABYTE = 1_000_000_000_000
PLANS = {11: "Premium", 12: "Trial", 13: "Starter"}
ON_TRIAL = 12
USED = {11: 3_298_534_883_328, 12: 5_120, 13: 0}
"""The bytes that are stored for each account."""


class Subscriptions:
    """Answers /v3/accounts/{account}/subscription."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [Route("/v3/accounts/{account}/subscription", self.get, methods=["GET"])]

    async def get(self, request: Request) -> Response:
        """Show the subscription, the card that pays for it included."""
        account = self._world.account(request)["id"]
        return JSONResponse(
            {
                "accountPackage": package(account),
                "plan": PLANS[account],
                "storageUsed": USED[account],
                "membersUsed": sum(one.account == account for one in self._world.members.values()),
                "billingDetails": billing(account),
            }
        )


def package(account: int) -> Record:
    """Give an account's package: one is paid for, one on trial, one paused and suspended."""
    return {
        "code": PLANS[account].lower(),
        "planDetails": None if account == ON_TRIAL else {"interval": 1, "currency": "GBP"},
        "members": 250,
        "storage": 9 * TERABYTE,
        "suspended": False,
        "trialExpires": None,
        "paused": False,
        "pausedBillingCycles": None,
        "datePausedAt": None,
        **PECULIAR.get(account, {}),
    }


PECULIAR: dict[int, Record] = {
    ON_TRIAL: {"members": 100, "storage": TERABYTE, "trialExpires": START + 1060 * DAY},
    13: {
        "members": 60,
        "storage": 50_000_000_000,
        "suspended": True,
        "paused": True,
        "pausedBillingCycles": 3,
        "datePausedAt": START + 640 * DAY,
    },
}


def billing(account: int) -> Record:
    """Give who pays for an account; nobody's card is known while it is on trial."""
    return {
        "firstName": "Ada",
        "lastName": "Ashdown",
        "email": "accounts@example.com",
        "address1": "1 Harbour Row",
        "address2": None,
        "city": "Whitby",
        "state": "North Yorkshire",
        "zip": "YO22 4DE",
        "country": "United Kingdom",
        "card": None if account == ON_TRIAL else card(),
    }


def card() -> Record:
    """Give a card, its number and its check value not hidden."""
    return {
        "number": "4111 0000 0000 6317",
        "type": "Visa",
        "lastFour": "6317",
        "verificationValue": "482",
        "expirationMonth": 11,
        "expirationYear": 29,
    }
