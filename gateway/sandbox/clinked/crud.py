"""The five routes that most chapters of the API have."""

from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


class Crud(Protocol):
    """A chapter whose things can be listed, created, read, changed and deleted."""

    async def list(self, request: Request) -> Response:
        """List them."""
        ...

    async def create(self, request: Request) -> Response:
        """Create one."""
        ...

    async def get(self, request: Request) -> Response:
        """Read one."""
        ...

    async def update(self, request: Request) -> Response:
        """Change one."""
        ...

    async def delete(self, request: Request) -> Response:
        """Delete one."""
        ...


def crud(chapter: Crud, many: str, key: str) -> list[Route]:
    """Route to a chapter: `many` is the path of the list, and `key` names one thing below it."""
    one = f"{many}/{{{key}}}"
    return [
        Route(many, chapter.list, methods=["GET"]),
        Route(many, chapter.create, methods=["POST"]),
        Route(one, chapter.get, methods=["GET"]),
        Route(one, chapter.update, methods=["PATCH"]),
        Route(one, chapter.delete, methods=["DELETE"]),
    ]
