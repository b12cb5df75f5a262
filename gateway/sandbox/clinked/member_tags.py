"""The tags that an account's members have. Clinked API 4.7."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages
from gateway.sandbox.clinked.refusals import not_found
from gateway.sandbox.clinked.shown import brief_user
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.values import Record

DEFAULT_SIZE = 1
ORDERS: dict[str, Callable[[Record], object]] = {
    "name": lambda one: one["name"],
    "members": lambda one: f"{one['members']:09d}",
}


class MemberTags:
    """Answers /v3/accounts/{account}/member-tags."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/member-tags"
        return [
            Route(path, self.list, methods=["GET"]),
            Route(f"{path}/{{tags}}", self.members, methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        """List the names of the tags, or a page of how many members have each."""
        tagged = self._tagged(request)
        if "summary" not in request.query_params:
            return JSONResponse(sorted(tagged))
        names = [tag for tag in sorted(tagged) if pages.named(request, (tag,))]
        counts: list[Record] = [{"name": tag, "members": len(tagged[tag])} for tag in names]
        found = pages.ordered(request, counts, ORDERS)
        return JSONResponse(pages.page(request, found, DEFAULT_SIZE, dict))

    async def members(self, request: Request) -> Response:
        """Show who has each of the tags, their names separated by commas."""
        tagged, names = self._tagged(request), request.path_params["tags"].split(",")
        for name in names:
            if name not in tagged:
                raise not_found("Tag", name)
        return JSONResponse(
            {name: [brief_user(self._world, uid) for uid in sorted(tagged[name])] for name in names}
        )

    def _tagged(self, request: Request) -> dict[str, set[int]]:
        account = self._world.account(request)["id"]
        tagged: dict[str, set[int]] = {}
        for member in self._world.members.values():
            for tag in member.tags if member.account == account else ():
                tagged.setdefault(tag, set()).add(member.user)
        return tagged
