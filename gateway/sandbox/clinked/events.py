"""The events of an account, or of one user in all accounts. Clinked API 6.1 and 6.2."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import asked, dates
from gateway.sandbox.clinked.event_seed import EVENTS, Event
from gateway.sandbox.clinked.shown import CONTEXT, brief_group, brief_user
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.values import Record

ENDLESS = "9999-12-31"
"""The last day of an event that recurs for ever."""


class Events:
    """Answers /v3/events."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [Route("/v3/events", self.list, methods=["GET"])]

    async def list(self, request: Request) -> Response:
        """List events without an envelope; a user's are those that the user made."""
        bounds = dates.bound(request, "dateStart"), dates.bound(request, "dateEnd")
        found = [one for one in self._asked(request) if within(one.fields, *bounds)]
        return JSONResponse([self._shown(one) for one in found])

    def _asked(self, request: Request) -> "list[Event]":
        groups = self._world.groups
        found = [one for one in EVENTS if not groups[one.group].removed]
        if "user" in request.query_params:
            author = asked.user(self._world, request)
            return [one for one in found if one.author == author]
        account = asked.account(self._world, request)
        return [one for one in found if groups[one.group].account == account]

    def _shown(self, event: Event) -> Record:
        return {
            "id": event.id,
            "contextKey": {"id": CONTEXT + event.id},
            **event.fields,
            "author": brief_user(self._world, event.author),
            "group": brief_group(self._world.groups[event.group]),
        }


def within(event: Record, first: str | None, last: str | None) -> bool:
    """Say whether an event lies between two days, or may recur between them."""
    start, end = dates.day(event["startDate"]), dates.day(event["endDate"])
    if event["recurrence"]:
        # An old event that recurs is shown for a month long after its own start.
        start, end = dates.day(event["dateEndRecurrence"] or ENDLESS), start
    return (first is None or first <= start) and (last is None or end <= last)
