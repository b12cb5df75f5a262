"""The invites into Clinked's accounts. Clinked API 4.8."""

from collections.abc import Callable
from operator import attrgetter

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages, rules
from gateway.sandbox.clinked.crud import crud
from gateway.sandbox.clinked.records import AccountInvite
from gateway.sandbox.clinked.shown import listed_invite, whole_invite
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object

DEFAULT_SIZE = 10
ORDERS: dict[str, Callable[[AccountInvite], object]] = {
    "id": lambda one: f"{one.id:09d}",
    "name": attrgetter("email"),
    "email": attrgetter("email"),
}


class Invites:
    """Answers /v3/accounts/{account}/invites."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return crud(self, "/v3/accounts/{account}/invites", "invite")

    async def list(self, request: Request) -> Response:
        """List a page of an account's pending invites."""
        account, world = self._world.account(request)["id"], self._world
        found = [one for one in world.account_invites.values() if one.account == account]
        found = [one for one in found if pages.named(request, (one.email,))]
        found = pages.ordered(request, found, ORDERS)
        return JSONResponse(
            pages.page(request, found, DEFAULT_SIZE, lambda one: listed_invite(world, one))
        )

    async def create(self, request: Request) -> Response:
        """Take the addresses to invite, and tell nothing of the invites made."""
        account = self._world.account(request)["id"]
        body = await json_object(request, rules.unreadable())
        mask = 1 if body.get("permission") is None else rules.permission(body["permission"])
        groups = rules.assigned(self._world, account, body.get("assignGroups"))
        message, removed = rules.text(body, "message"), rules.removed(body)
        rules.flag(body, "reminder", default=False)
        for email in rules.emails(body):
            invite = self._invite(account, email, self._source(request, account))
            kept = {gid: one for gid, one in invite.groups.items() if gid not in removed}
            invite.permission, invite.groups, invite.message = mask, kept | groups, message
        return Response(status_code=202)

    async def get(self, request: Request) -> Response:
        """Show an invite."""
        return JSONResponse(whole_invite(self._world, self._world.account_invite(request)))

    async def update(self, request: Request) -> Response:
        """Change an invite; its groups may come under either of two names."""
        invite = self._world.account_invite(request)
        body = await json_object(request, rules.unreadable())
        rules.flag(body, "resend", default=False)
        message = rules.text(body, "message")
        for name in ("groups", "assignGroups"):
            if name in body:
                invite.groups = rules.assigned(self._world, invite.account, body[name])
        if "permission" in body:
            invite.permission = rules.permission(body["permission"])
        if "message" in body:
            invite.message = message
        return JSONResponse(whole_invite(self._world, invite))

    async def delete(self, request: Request) -> Response:
        """Withdraw an invite."""
        del self._world.account_invites[self._world.account_invite(request).id]
        return Response()

    def _invite(self, account: int, email: str, source: int) -> AccountInvite:
        for one in self._world.account_invites.values():
            if (one.account, one.email) == (account, email):
                return one
        made = AccountInvite(
            next(self._world.ids), account, source, email, 1, next(self._world.keys)
        )
        self._world.account_invites[made.id] = made
        return made

    def _source(self, request: Request, account: int) -> int:
        members = [one.user for one in self._world.members.values() if one.account == account]
        return self._world.caller(request) or min(members, default=0)
