"""The notices shown above an account or a group. Clinked API 4.12 and 7.16."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.owners import OWNERS, Owner, owner
from gateway.sandbox.clinked.refusals import conflict, invalid, not_found
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record

TEXTS = ("title", "body", "colour")
FLAGS = ("propagate", "inherit")


class Announcements:
    """Answers the announcements below /v3/accounts/{account} and /v3/groups/{group}."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept: dict[Owner, dict[str, Record]] = {}
        world.remember(self._begin)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [route for path in OWNERS for route in self._at(f"{path}/announcements")]

    async def read(self, request: Request) -> Response:
        """List all announcements, or show the one asked for, which then keeps its id to itself."""
        kept = self._of(request)
        if "id" in request.query_params:
            return JSONResponse(kept[chosen(request, kept)])
        return JSONResponse([{"id": key, **one} for key, one in kept.items()])

    async def write(self, request: Request) -> Response:
        """Change the announcement that the query names, or make one if it names none."""
        kept = self._of(request)
        body = await json_object(request, rules.unreadable())
        changes = written(body, FLAGS if "account" in request.path_params else ())
        if "id" in request.query_params:
            key = chosen(request, kept)
            former = kept[key]
        else:
            key, former = self._fresh(body, kept), announcement(None)
        if not (former | changes)["title"]:
            raise invalid("title must not be empty")
        kept[key] = former | changes
        return JSONResponse({"id": key, **kept[key]})

    async def delete(self, request: Request) -> Response:
        """Delete the announcement that the query names, or the main one, which is the oldest."""
        kept = self._of(request)
        del kept[chosen(request, kept) if "id" in request.query_params else main(kept)]
        return Response()

    def _at(self, path: str) -> list[Route]:
        return [
            Route(path, self.read, methods=["GET"]),
            Route(path, self.write, methods=["POST"]),
            Route(path, self.delete, methods=["DELETE"]),
        ]

    def _of(self, request: Request) -> dict[str, Record]:
        return self._kept.setdefault(owner(self._world, request), {})

    def _fresh(self, body: Record, kept: dict[str, Record]) -> str:
        key = rules.text(body, "id") or str(next(self._world.ids))
        if key in kept:
            raise conflict("Announcement", key)
        return key

    def _begin(self) -> None:
        closed = announcement("Office closed on Monday", "The lift is being replaced.", "warning")
        self._kept = {
            ("account", 11): {
                "main": closed | {"propagate": True},
                "welcome": announcement("Welcome to the new library", None, "success"),
            },
            ("account", 12): {"main": announcement("Berth four is open", "From noon.", "info")},
            ("group", 101): {
                "main": closed | {"inherit": True},
                "bids": announcement("Bids close on Friday", "No later than five.", "danger"),
            },
            ("group", 201): {"main": announcement("Tide tables are out", None, None)},
        }


def announcement(title: str | None, body: str | None = None, colour: str | None = None) -> Record:
    """Make an announcement that is neither passed on nor inherited."""
    return {"title": title, "body": body, "colour": colour, "propagate": False, "inherit": False}


def chosen(request: Request, kept: dict[str, Record]) -> str:
    """Read which announcement the query names, or refuse."""
    key = request.query_params["id"]
    if key not in kept:
        raise not_found("Announcement", key)
    return key


def main(kept: dict[str, Record]) -> str:
    """Tell which announcement is the main one, or refuse if there is none."""
    if not kept:
        raise not_found("Announcement", "main")
    return next(iter(kept))


def written(body: Record, flags: tuple[str, ...]) -> Record:
    """Take the fields that are sent; a group's announcements cannot be given flags."""
    return {name: rules.text(body, name) for name in TEXTS if name in body} | {
        name: rules.flag(body, name, default=False) for name in flags if name in body
    }
