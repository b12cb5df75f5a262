"""Where an account's files are stored. Clinked API 4.19."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.kept import Kept
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record

REGIONS = {11: ("EU-WEST-1", "US-WEST-1", "AP-SOUTH-1"), 12: ("US-WEST-1",)}
"""The regions that an account of the seed may choose from; it begins with the first."""


class Storage:
    """Answers /v3/accounts/{account}/storage."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._kept = Kept(world, seeded)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/storage"
        return [
            Route(path, self.get, methods=["GET"]),
            Route(path, self.update, methods=["POST"]),
        ]

    async def get(self, request: Request) -> Response:
        """Show the region and those to choose from."""
        return JSONResponse(self._kept.of(request))

    async def update(self, request: Request) -> Response:
        """Move to another region."""
        former = self._kept.of(request)
        region = rules.text(await json_object(request, rules.unreadable()), "region")
        if region not in former["availableRegions"]:
            raise invalid(f"region {region} is not available")
        return JSONResponse(self._kept.put(request, former | {"region": region}))


def seeded(account: int) -> Record:
    """Give where an account of the seed stores; one that may not choose has no region."""
    regions = REGIONS.get(account, ())
    return {
        "enabled": bool(regions),
        "region": regions[0] if regions else None,
        "availableRegions": list(regions),
    }
