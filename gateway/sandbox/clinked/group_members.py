"""The members of Clinked's groups, addressed by user id. Clinked API 7.10."""

from operator import attrgetter

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages, rules
from gateway.sandbox.clinked.records import Membership
from gateway.sandbox.clinked.shown import listed_membership, whole_membership
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object

DEFAULT_SIZE = 25


class GroupMembers:
    """Answers /v3/groups/{group}/members."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        one = "/v3/groups/{group}/members/{member}"
        return [
            Route("/v3/groups/{group}/members", self.list, methods=["GET"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.update, methods=["PATCH"]),
            Route(one, self.remove, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        """List a page of a group's members."""
        world, excluded = self._world, pages.numbers(request, "exclude")
        found = sorted(world.in_group(world.group(request).id), key=attrgetter("user"))
        found = [one for one in found if one.user not in excluded and self._named(request, one)]
        return JSONResponse(
            pages.page(request, found, DEFAULT_SIZE, lambda one: listed_membership(world, one))
        )

    async def get(self, request: Request) -> Response:
        """Show a group member."""
        return JSONResponse(whole_membership(self._world, self._world.membership(request)))

    async def update(self, request: Request) -> Response:
        """Change a member's permission or the end of the membership, and tell no apps."""
        membership = self._world.membership(request)
        body = await json_object(request, rules.unreadable())
        expiration = rules.millis(body, "expirationDate")
        if "permission" in body:
            membership.permission = rules.permission(body["permission"])
        if "expirationDate" in body:
            membership.expiration = expiration
        return JSONResponse(listed_membership(self._world, membership))

    async def remove(self, request: Request) -> Response:
        """Take a member out of a group."""
        membership = self._world.membership(request)
        self._world.leave(membership.user, [membership.group])
        return Response()

    def _named(self, request: Request, membership: Membership) -> bool:
        user = self._world.users[membership.user]
        return pages.named(request, (user["name"], user["email"], user["username"]))
