"""LeadConduit's invitations, each of which shows as a pending entity."""

import re
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record
from gateway.sandbox.leadconduit.entities import fresh
from gateway.sandbox.leadconduit.refusals import bad_request
from gateway.sandbox.leadconduit.rules import CLEARED
from gateway.sandbox.leadconduit.state import Account

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
VALID_DAYS = 30


class Invitations:
    """Answers /invitations."""

    def __init__(self, account: Account) -> None:
        """Answer from this account."""
        self._account = account

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [
            Route("/invitations/source", self.invite_source, methods=["POST"]),
            Route("/invitations/recipient", self.invite_recipient, methods=["POST"]),
            Route("/invitations/{id}/resend", self.resend, methods=["PUT"]),
        ]

    async def invite_source(self, request: Request) -> Response:
        """Invite somebody to send leads."""
        return await self._invite(request, {"source": "seller", "recipient": None})

    async def invite_recipient(self, request: Request) -> Response:
        """Invite somebody to receive leads."""
        return await self._invite(request, {"source": None, "recipient": "buyer"})

    async def resend(self, request: Request) -> Response:
        """Send an invitation anew; it is then valid as long as a new one."""
        entity = self._account.find(request)
        if not entity["pending"]:
            raise bad_request("the entity has no pending invitation")
        renewed = {**entity, "expired": False, "invitation_expires_at": self._expiry()}
        renewed["updated_at"] = self._account.clock.iso()
        return sent(self._account.put(renewed), 200)

    async def _invite(self, request: Request, kind: Record) -> Response:
        body = await json_object(request, bad_request("the body must be a JSON object"))
        email, description = body.get("email"), body.get("description", "")
        if not isinstance(email, str) or not EMAIL.fullmatch(email):
            raise bad_request("email must be an e-mail address")
        if not isinstance(description, str):
            raise bad_request("description must be a string")
        known = self._account.invited.get(email)
        if known:
            message = "Invitation already exists"
            return JSONResponse({"message": message, "entity": self._account.entities[known]})
        return sent(self._pending(email, description, kind), 201)

    def _pending(self, email: str, description: str, kind: Record) -> Record:
        now = self._account.clock.iso()
        entity: Record = {"id": self._account.new_id(), **fresh(), **CLEARED, **kind}
        entity |= {"name": email, "description": description, "module_ids": []}
        entity |= {"account": True, "pending": True, "created_at": now, "updated_at": now}
        entity["invitation_id"] = self._account.new_id()
        entity["invitation_expires_at"] = self._expiry()
        self._account.invited[email] = entity["id"]
        return self._account.put(entity)

    def _expiry(self) -> str:
        expiry = self._account.clock.now() + timedelta(days=VALID_DAYS)
        return expiry.strftime("%Y-%m-%dT%H:%M:%SZ")


def sent(entity: Record, status: int) -> JSONResponse:
    """Answer that the invitation is on its way."""
    return JSONResponse({"message": "Invitation was sent successfully", "entity": entity}, status)
