"""The files of Clinked's groups. Clinked API 8.1 and 8.2."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages
from gateway.sandbox.clinked.refusals import invalid, not_found
from gateway.sandbox.clinked.shelf import File, Shelf
from gateway.sandbox.clinked.shown_file import COLUMNS, found_file, listed_file
from gateway.sandbox.clinked.state import World

DEFAULT_SIZE = 25
ORDERS: dict[str, Callable[[File], object]] = {
    "id": lambda one: f"{one.id:09d}",
    "name": lambda one: one.name,
    "friendlyName": lambda one: one.fields["friendlyName"],
    "contentType": lambda one: one.fields["contentType"],
    "size": lambda one: f"{one.fields['size']:020d}",
    "lastModified": lambda one: one.fields["lastModified"],
}


class Files:
    """Answers /v3/groups/{group}/filesList and /v3/groups/{group}/files."""

    def __init__(self, world: World, shelf: Shelf) -> None:
        """Answer from this world and this shelf."""
        self._world = world
        self._shelf = shelf

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [
            Route("/v3/groups/{group}/filesList", self.list, methods=["GET"]),
            Route("/v3/groups/{group}/files", self.find, methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        """List a page of files and folders, in an envelope that knows no total."""
        group, asked = self._world.group(request), columns(request)
        found = self._lying_in(request, self._folders(request, group.id), group.id)
        found = [one for one in found if pages.named(request, (one.fields["friendlyName"],))]
        found = pages.ordered(request, found, ORDERS)
        page = pages.page(
            request,
            found,
            DEFAULT_SIZE,
            lambda one: listed_file(self._world, self._shelf, one, asked),
        )
        del page["totalPages"]
        return JSONResponse(page | {"totalResults": 0})

    async def find(self, request: Request) -> Response:
        """Show the one file that lies at a path, its parts divided by dashes or by slashes."""
        group = self._world.group(request)
        path, excluded = request.query_params.get("path", ""), pages.numbers(request, "exclude")
        if not path:
            raise invalid("path must not be empty")
        for one in self._shelf.of_group(group.id):
            parts = [above.name for above in self._shelf.line(one)]
            if one.id not in excluded and dashed("-".join(parts)) == dashed(path):
                return JSONResponse(found_file(self._world, self._shelf, one))
        raise not_found("File", path)

    def _folders(self, request: Request, group: int) -> "set[int | None]":
        if "parent" not in request.query_params:
            return {None}
        parent = self._shelf.folder(group, pages.number(request, "parent", 0))
        if not pages.flag(request, "siblings"):
            return {parent.id}
        every = self._shelf.of_group(group)
        return {one.id for one in every if one.parent == parent.parent and one.is_folder}

    def _lying_in(self, request: Request, folders: "set[int | None]", group: int) -> "list[File]":
        flat = pages.flag(request, "flat")
        return [one for one in self._shelf.of_group(group) if flat or one.parent in folders]


def columns(request: Request) -> set[str]:
    """Read the names of what is to be told besides, separated by commas or given repeatedly."""
    texts = ",".join(request.query_params.getlist("columns")).split(",")
    asked = {text.strip() for text in texts if text.strip()}
    if not asked <= set(COLUMNS):
        raise invalid(f"columns must be some of {', '.join(COLUMNS)}")
    return asked


def dashed(path: str) -> str:
    """Write a path as the platform's own example does: without a slash or a dot."""
    return path.strip("/").replace("/", "-").replace(".", "_")
