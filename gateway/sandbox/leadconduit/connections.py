"""LeadConduit's connections: what binds the caller's account to that of an entity."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.kit.values import Record
from gateway.sandbox.leadconduit.changelog import USER
from gateway.sandbox.leadconduit.refusals import no_connection
from gateway.sandbox.leadconduit.state import Account

CONNECTION, SSO, SSO_ACCOUNT = "c", "d", "e"
"""The fourth digit of ids that are made out of an entity's: of a connection's and others'."""


class Connections:
    """Answers /connections."""

    def __init__(self, account: Account) -> None:
        """Answer from this account."""
        self._account = account

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [Route("/connections/{id}", self.get, methods=["GET"])]

    async def get(self, request: Request) -> Response:
        """Show a connection, found by any of its three ids."""
        key = request.path_params["id"].lower()
        for entity in self._account.entities.values():
            if entity.get("connected_account_id"):
                found = connection(entity)
                if key in {found["id"], found["external_id"], found["invitation_id"]}:
                    return JSONResponse(found)
        raise no_connection()


def connection(entity: Record) -> Record:
    """Show what binds a connected entity."""
    return {
        "id": derived(entity, CONNECTION),
        "connected_account": {
            "id": entity["connected_account_id"],
            "sso_id": derived(entity, SSO_ACCOUNT),
            "name": entity["name"],
        },
        "external_id": derived(entity, SSO),
        "invitation_id": entity["invitation_id"],
        "relationship_type": entity["connected"],
        "created_at": entity["created_at"],
        "updated_at": entity["updated_at"],
        "created_by": USER["id"],
    }


def derived(entity: Record, digit: str) -> str:
    """Make an id out of an entity's that no other thing has."""
    eid: str = entity["id"]
    return f"{eid[:3]}{digit}{eid[4:]}"
