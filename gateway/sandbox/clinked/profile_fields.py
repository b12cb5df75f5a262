"""The fields that an account adds to its members' profiles. Clinked API 4.16."""

from operator import itemgetter

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked.kept import Kept
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import parsed
from gateway.sandbox.kit.values import Record, items, record, whole

NAMES = {11: ("Favourite building", "Licence number", "Dietary needs"), 12: ("Home port",)}


class ProfileFields:
    """Answers /v3/accounts/{account}/profile-fields."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._kept = Kept(world, seeded)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/profile-fields"
        return [
            Route(path, self.list, methods=["GET"]),
            Route(path, self.replace, methods=["POST"]),
        ]

    async def list(self, request: Request) -> Response:
        """List the fields in their order."""
        return JSONResponse(self._kept.of(request))

    async def replace(self, request: Request) -> Response:
        """Put the fields that are sent in place of those before, and answer nothing."""
        self._kept.of(request)
        found = items(parsed(await request.body()))
        if found is None:
            raise invalid("The body must be an array of fields")
        fields = [field(one, place) for place, one in enumerate(found)]
        self._kept.put(request, sorted(fields, key=itemgetter("order")))
        return Response()


def field(value: object, place: int) -> Record:
    """Take a field; without an order of its own it has its place in the array."""
    sent = record(value) or {}
    name, order = sent.get("name"), sent.get("order")
    if not isinstance(name, str) or not name:
        raise invalid("A field must have a name")
    if order is not None and whole(order) is None:
        raise invalid("order must be a number")
    return {"name": name, "order": place if order is None else order}


def seeded(account: int) -> list[Record]:
    """Give the fields of an account of the seed."""
    return [{"name": name, "order": order} for order, name in enumerate(NAMES.get(account, ()))]
