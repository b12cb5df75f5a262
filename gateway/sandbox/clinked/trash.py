"""The trash of Clinked's groups. Clinked API 7.12."""

from collections.abc import Callable
from operator import attrgetter

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages, rules
from gateway.sandbox.clinked.refusals import invalid, not_found
from gateway.sandbox.clinked.shelf import Shelf, Trashed
from gateway.sandbox.clinked.shown import brief_user
from gateway.sandbox.clinked.state import World, number
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record, items, whole

DEFAULT_SIZE = 25
DONE = 100.0
STEP = 200 / 11
"""By how much progress rises each time that it is asked for."""

ORDERS: dict[str, Callable[[Trashed], object]] = {
    "id": lambda one: f"{one.id:09d}",
    "type": attrgetter("type"),
    "friendlyName": attrgetter("friendly_name"),
    "dateDeleted": attrgetter("deleted"),
}


class Trash:
    """Answers /v3/groups/{group}/trash."""

    def __init__(self, world: World, shelf: Shelf) -> None:
        """Answer from this world and this shelf."""
        self._world = world
        self._shelf = shelf
        self._progress: dict[int, float] = {}
        world.remember(self._progress.clear)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/groups/{group}/trash"
        return [
            Route(path, self.list, methods=["GET"]),
            Route(path, self.process, methods=["POST"]),
            Route(f"{path}/progress", self.progress, methods=["GET"]),
            Route(f"{path}/{{item}}", self.delete, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        """List a page of what is in a group's trash."""
        found = self._of(self._world.group(request).id)
        found = pages.ordered(request, list(found.values()), ORDERS)
        return JSONResponse(pages.page(request, found, DEFAULT_SIZE, self._shown))

    async def process(self, request: Request) -> Response:
        """Delete or restore things, and tell which are not there."""
        group = self._world.group(request).id
        body = await json_object(request, rules.unreadable())
        found, action = self._of(group), body.get("action")
        if action not in {"delete", "restore"}:
            raise invalid("action must be delete or restore")
        every = rules.flag(body, "processAll", default=False)
        asked = list(found) if every else chosen(body)
        if every:
            self._progress[group] = 0
        taken = [found[key] for key in asked if key in found]
        for one in taken:
            self._take(one, back=action == "restore")
        missing = [key for key in asked if key not in found]
        return JSONResponse({"success": [self._shown(one) for one in taken], "error": missing})

    async def delete(self, request: Request) -> Response:
        """Delete one thing for good."""
        found, key = self._of(self._world.group(request).id), number(request, "item")
        if key not in found:
            raise not_found("Trash item", key)
        self._take(found[key], back=False)
        return Response()

    async def progress(self, request: Request) -> Response:
        """Tell how far the emptying of the trash is; with none under way it is done."""
        group = self._world.group(request).id
        told = min(self._progress.get(group, DONE) + STEP, DONE)
        self._progress[group] = told
        return JSONResponse({"progress": round(told, 2)})

    def _of(self, group: int) -> dict[int, Trashed]:
        return {key: one for key, one in self._shelf.trash.items() if one.group == group}

    def _take(self, one: Trashed, *, back: bool) -> None:
        del self._shelf.trash[one.id]
        if back and one.file:
            self._shelf.files[one.file.id] = one.file

    def _shown(self, one: Trashed) -> Record:
        return {
            "id": one.id,
            "type": one.type,
            "friendlyName": one.friendly_name,
            "user": brief_user(self._world, one.user),
            "dateDeleted": one.deleted,
        }


def chosen(body: Record) -> list[int]:
    """Take the ids of the things to process."""
    found = items(body.get("items"))
    if found is None or any(whole(one) is None for one in found):
        raise invalid("items must be an array of ids")
    return list(dict.fromkeys(found))
