"""Kondado's catalogue: source types, destination types and pipelines."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.kondado.refusals import failure
from gateway.sandbox.kondado.seed import DESTINATIONS, SOURCES, kind, pipelines


class Catalogue:
    """Answers /parent_collections."""

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [
            Route("/parent_collections/src", self.sources, methods=["GET"]),
            Route("/parent_collections/dest", self.destinations, methods=["GET"]),
            Route("/parent_collections/src/{id}/parent_pipelines", self.pipelines, methods=["GET"]),
        ]

    async def sources(self, _request: Request) -> Response:
        """List the source types."""
        return listed(SOURCES)

    async def destinations(self, _request: Request) -> Response:
        """List the destination types."""
        return listed(DESTINATIONS)

    async def pipelines(self, request: Request) -> Response:
        """List one source type together with its pipelines."""
        given: str = request.path_params["id"]
        number = int(given) if given.isdecimal() else 0
        if number not in SOURCES:
            return failure("NOT_FOUND", "There is no such parent collection.")
        source = {
            "id": number,
            "parent_collection_name": SOURCES[number],
            "parent_pipelines": pipelines(number),
        }
        return JSONResponse({"success": True, "data": [source]})


def listed(names: dict[int, str]) -> JSONResponse:
    """Answer a list of connectors."""
    return JSONResponse(
        {"success": True, "data": [kind(number, name) for number, name in names.items()]}
    )
