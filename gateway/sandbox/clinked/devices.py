"""The devices that an account's members use. Clinked API 4.13."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages
from gateway.sandbox.clinked.apps import App, app_fields, app_shown
from gateway.sandbox.clinked.people import DAY, FIRST_USER, START
from gateway.sandbox.clinked.refusals import not_found
from gateway.sandbox.clinked.state import World

ORDERS: dict[str, Callable[[App], object]] = {
    "name": lambda one: one.fields["name"],
    "platform": lambda one: one.fields["platform"],
    "deviceType": lambda one: one.fields["deviceType"],
    "lastActivity": lambda one: f"{one.fields['lastActivity'] or 0:015d}",
}


class Devices:
    """Answers /v3/accounts/{account}/devices."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept: dict[str, App] = {}
        world.remember(self._begin)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        many = "/v3/accounts/{account}/devices"
        return [
            Route(many, self.list, methods=["GET"]),
            Route(f"{many}/{{clientId}}", self.delete, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        """List the devices of everybody in the account."""
        found = [one for one in self._of(request) if pages.named(request, (one.fields["name"],))]
        found = pages.ordered(request, found, ORDERS)
        return JSONResponse([app_shown(self._world, one) for one in found])

    async def delete(self, request: Request) -> Response:
        """Remove a device, from all the accounts that its owner is in."""
        key = request.path_params["clientId"]
        if key not in {one.client_id for one in self._of(request)}:
            raise not_found("Device", key)
        del self._kept[key]
        return Response()

    def _of(self, request: Request) -> "list[App]":
        account, members = self._world.account(request)["id"], self._world.members
        return [one for one in self._kept.values() if (account, one.owner) in members]

    def _begin(self) -> None:
        self._kept = {one.client_id: one for one in seeded()}


def seeded() -> list[App]:
    """Make the devices; the owner of the second is in two accounts."""
    phone = app_fields(
        "Ada's phone",
        description="Larkspur on the move",
        platform="IOS",
        deviceType="Phone",
        deviceModel="iPhone 15",
        deviceOs="iOS 18",
        appVersion="7.1.0",
        bundleId="com.example.larkspur",
        lastActivity=START + 691 * DAY,
        ip="192.0.2.40",
        scope=["read", "write"],
        redirectURIs=["com.example.larkspur:/signed-in"],
        grantTypes=["password"],
    )
    tablet = app_fields(
        "Site tablet", platform="ANDROID", deviceType="Tablet", lastActivity=START + 650 * DAY
    )
    watch = app_fields("Harbour watch", platform="ANDROID", deviceType="Watch", ip="2001:db8::12")
    return [
        App("device-ada-phone", FIRST_USER, phone),
        App("device-bruno-tablet", FIRST_USER + 1, tablet),
        App("device-edda-browser", FIRST_USER + 4, app_fields("Office", deviceType="Browser")),
        App("device-tidewater-watch", FIRST_USER + 110, watch),
    ]
