"""The applications that may call Clinked. Clinked API 3."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.apps import App, app_fields, app_shown
from gateway.sandbox.clinked.crud import crud
from gateway.sandbox.clinked.people import DAY, FIRST_USER, START
from gateway.sandbox.clinked.refusals import invalid, not_found
from gateway.sandbox.clinked.seed import uuids
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record

DEVICE_TYPES = ("Phone", "Tablet", "Watch", "Browser", "Other")
PLATFORMS = ("IOS", "ANDROID", "SYNC", "LINUX", "WINDOWS", "OTHER")
SCOPE = ("read", "write", "smartsync")
TEXTS = ("name", "description", "deviceModel", "deviceOs", "appVersion", "bundleId")


class Applications:
    """Answers /v3/applications."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept: dict[str, App] = {}
        self._uuids = uuids(47)
        world.remember(self._begin)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return crud(self, "/v3/applications", "application")

    async def list(self, request: Request) -> Response:  # noqa: ARG002 - the protocol
        """List every application."""
        return JSONResponse([app_shown(self._world, one) for one in self._kept.values()])

    async def create(self, request: Request) -> Response:
        """Register an application, and tell its secret this once."""
        body = await json_object(request, rules.unreadable())
        changes = written(body)
        if not changes.get("name"):
            raise invalid("name must not be empty")
        fields = app_fields("", scope=list(SCOPE)) | changes
        owner = self._world.caller(request) or FIRST_USER
        made = App(next(self._uuids), owner, fields)
        self._kept[made.client_id] = made
        secret = f"sandbox-clinked-application-{next(self._uuids)}"
        return JSONResponse(app_shown(self._world, made) | {"clientSecret": secret}, 201)

    async def get(self, request: Request) -> Response:
        """Show an application."""
        return JSONResponse(app_shown(self._world, self._app(request)))

    async def update(self, request: Request) -> Response:
        """Change what is sent; a null clears its field."""
        app = self._app(request)
        changes = written(await json_object(request, rules.unreadable()))
        if not (app.fields | changes)["name"]:
            raise invalid("name must not be empty")
        app.fields |= changes
        return JSONResponse(app_shown(self._world, app))

    async def delete(self, request: Request) -> Response:
        """Delete an application."""
        del self._kept[self._app(request).client_id]
        return Response()

    def _app(self, request: Request) -> App:
        key = request.path_params["application"]
        if key not in self._kept:
            raise not_found("Application", key)
        return self._kept[key]

    def _begin(self) -> None:
        self._uuids = uuids(47)
        self._kept = {one.client_id: one for one in seeded()}


def written(body: Record) -> Record:
    """Take the fields that are sent."""
    changes: Record = {name: rules.text(body, name) for name in TEXTS if name in body}
    for name, words in (("platform", PLATFORMS), ("deviceType", DEVICE_TYPES)):
        if name in body:
            changes[name] = words[-1] if body[name] is None else body[name]
            if changes[name] not in words:
                raise invalid(f"{name} must be one of {', '.join(words)}")
    return changes


def seeded() -> list[App]:
    """Make the applications: one with everything, one with next to nothing, one far away."""
    viewer = app_fields(
        "Plan Viewer",
        description="Drawings on site",
        platform="ANDROID",
        deviceType="Tablet",
        deviceModel="Galaxy Tab S9",
        deviceOs="Android 15",
        appVersion="2.4.1",
        bundleId="com.example.planviewer",
        lastActivity=START + 690 * DAY,
        ip="192.0.2.17",
        scope=["read", "write"],
        redirectURIs=["https://plans.example.com/signed-in", "com.example.planviewer:/signed-in"],
        grantTypes=["authorization_code", "refresh_token"],
    )
    tides = app_fields("Tide Table", platform="IOS", deviceType="Watch", scope=["read"])
    return [
        App("larkspur-plan-viewer", FIRST_USER, viewer),
        App("larkspur-site-diary", FIRST_USER + 1, app_fields("Site Diary")),
        App("tidewater-tide-table", FIRST_USER + 110, tides),
    ]
