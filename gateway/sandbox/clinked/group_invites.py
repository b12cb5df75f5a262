"""The invites into Clinked's groups, which are flat. Clinked API 7.11."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages, rules
from gateway.sandbox.clinked.crud import crud
from gateway.sandbox.clinked.records import GroupInvite
from gateway.sandbox.clinked.refusals import not_found
from gateway.sandbox.clinked.shown import group_invite
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object


class GroupInvites:
    """Answers /v3/groups/{group}/invites."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return crud(self, "/v3/groups/{group}/invites", "invite")

    async def list(self, request: Request) -> Response:
        """List all of a group's invites that have not run out, without an envelope."""
        group = self._world.group(request).id
        found = [one for one in self._world.group_invites.values() if one.group == group]
        found = [one for one in found if pages.named(request, (one.email,)) and self._open(one)]
        return JSONResponse([group_invite(one) for one in found])

    async def create(self, request: Request) -> Response:
        """Invite addresses, for a span of time counted from now."""
        group, now = self._world.group(request).id, self._world.clock.millis()
        body = await json_object(request, rules.unreadable())
        span = rules.millis(body, "expirationTime")
        mask = 1 if body.get("permission") is None else rules.permission(body["permission"])
        rules.text(body, "message")
        made = [
            GroupInvite(
                id=next(self._world.ids),
                group=group,
                email=email,
                permission=mask,
                key=next(self._world.keys),
                expiration=None if span is None else now + span,
                modified=now,
            )
            for email in rules.emails(body)
        ]
        self._world.group_invites |= {one.id: one for one in made}
        return JSONResponse([group_invite(one) for one in made])

    async def get(self, request: Request) -> Response:
        """Show an invite."""
        return JSONResponse(group_invite(self._invite(request)))

    async def update(self, request: Request) -> Response:
        """Change the permission that the invite gives."""
        invite = self._invite(request)
        body = await json_object(request, rules.unreadable())
        if "permission" in body:
            invite.permission = rules.permission(body["permission"])
        invite.modified = self._world.clock.millis()
        return JSONResponse(group_invite(invite))

    async def delete(self, request: Request) -> Response:
        """Withdraw an invite."""
        del self._world.group_invites[self._invite(request).id]
        return Response()

    def _open(self, invite: GroupInvite) -> bool:
        return invite.expiration is None or invite.expiration > self._world.clock.millis()

    def _invite(self, request: Request) -> GroupInvite:
        invite = self._world.group_invite(request)
        if not self._open(invite):
            raise not_found("Invite", invite.id)
        return invite
