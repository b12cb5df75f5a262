"""Kondado's invitations, which can be made and never read again."""

import base64
import json
import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.refusal import Refusal
from gateway.sandbox.kit.values import Record
from gateway.sandbox.kondado.refusals import failure
from gateway.sandbox.kondado.seed import DESTINATIONS, SOURCES

CATALOGUES = {"src": SOURCES, "dest": DESTINATIONS}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Guests:
    """Answers /collection_guests and counts the invitations made."""

    def __init__(self) -> None:
        """Start with no invitation made."""
        self._made = 0

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [Route("/collection_guests", self.create, methods=["POST"])]

    def reset(self) -> None:
        """Go back to no invitation made."""
        self._made = 0

    def expire_tokens(self) -> None:
        """Have no token that expires."""

    async def create(self, request: Request) -> Response:
        """Invite somebody to set up a source or destination."""
        unreadable = invalid("The body must be a JSON object.")
        checked(await json_object(request, unreadable))
        self._made += 1
        guest = json.dumps({"guest": self._made, "for": "sandbox-kondado-guest"})
        secret = base64.urlsafe_b64encode(guest.encode()).decode().rstrip("=")
        link = f"https://app.kondado.example/collection_guest/{secret}"
        return JSONResponse({"success": True, "data": {"success": True, "data": {"link": link}}})


def checked(body: Record) -> None:
    """Refuse a body that lacks a field or has a bad one."""
    if digits(body.get("client_id")) is None:
        raise invalid("client_id must be an integer.")
    email = body.get("recipient_email")
    if not isinstance(email, str) or not EMAIL.fullmatch(email):
        raise invalid("recipient_email must be an e-mail address.")
    name = body.get("assigned_collection_name")
    if not isinstance(name, str) or not name:
        raise invalid("assigned_collection_name is required.")
    check_collection(body)


def check_collection(body: Record) -> None:
    """Refuse a connector that the catalogue does not have."""
    direction = body.get("parent_collection_direction")
    if direction not in CATALOGUES:
        raise invalid("parent_collection_direction must be src or dest.")
    number = digits(body.get("parent_collection_id"))
    if number is None:
        raise invalid("parent_collection_id must be an integer.")
    if number not in CATALOGUES[direction]:
        raise Refusal(failure("NOT_FOUND", "There is no such parent collection."))


def digits(value: object) -> int | None:
    """Read a whole number, also one written as text."""
    if isinstance(value, bool):
        return None
    return int(str(value)) if str(value).isdecimal() else None


def invalid(message: str) -> Refusal:
    """Refuse a body that breaks a rule."""
    return Refusal(failure("VALIDATION_ERROR", message))
