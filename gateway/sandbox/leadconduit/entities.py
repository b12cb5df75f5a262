"""LeadConduit's entities: list, create, get, replace, delete and history."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record
from gateway.sandbox.leadconduit.refusals import invalid
from gateway.sandbox.leadconduit.rules import READ_ONLY, checked
from gateway.sandbox.leadconduit.state import Account


class Entities:
    """Answers /entities."""

    def __init__(self, account: Account) -> None:
        """Answer from this account."""
        self._account = account

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [
            Route("/entities", self.list, methods=["GET"]),
            Route("/entities", self.create, methods=["POST"]),
            Route("/entities/{id}", self.get, methods=["GET"]),
            Route("/entities/{id}", self.replace, methods=["PUT"]),
            Route("/entities/{id}", self.delete, methods=["DELETE"]),
            Route("/entities/{id}/changelogs", self.changelogs, methods=["GET"]),
        ]

    async def list(self, _request: Request) -> Response:
        """List all entities, built-in ones too."""
        return JSONResponse(list(self._account.entities.values()))

    async def create(self, request: Request) -> Response:
        """Create an entity of the account's own."""
        body = checked(await json_object(request, invalid("the body must be a JSON object")))
        now = self._account.clock.iso()
        made = {"id": self._account.new_id(), **fresh(), **body}
        return JSONResponse(self._account.put({**made, "created_at": now, "updated_at": now}), 201)

    async def get(self, request: Request) -> Response:
        """Show an entity."""
        return JSONResponse(self._account.find(request))

    async def replace(self, request: Request) -> Response:
        """Replace what may be written; an optional field not sent is cleared."""
        former = self._account.find_own(request)
        body = checked(await json_object(request, invalid("the body must be a JSON object")))
        kept = {name: value for name, value in former.items() if name in READ_ONLY}
        kept["invitation_id"] = former.get("invitation_id")
        return JSONResponse(
            self._account.put({**kept, **body, "updated_at": self._account.clock.iso()})
        )

    async def delete(self, request: Request) -> Response:
        """Delete an entity and answer what it was."""
        entity = self._account.find_own(request)
        self._account.drop(entity)
        return JSONResponse(entity)

    async def changelogs(self, request: Request) -> Response:
        """List an entity's changes, latest first."""
        changes = self._account.changelogs[self._account.find(request)["id"]]
        return JSONResponse(changes[::-1])


def fresh() -> Record:
    """Give what an entity that the account made itself always holds."""
    return {
        "standard": False,
        "account": False,
        "pending": False,
        "expired": False,
        "invitation_id": None,
        "invitation_expires_at": None,
    }
