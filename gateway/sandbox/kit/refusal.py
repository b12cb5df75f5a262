"""A refusal raised anywhere in a handler becomes the answer it carries."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response


class Refusal(Exception):
    """Ends a handler with the platform's own way of saying no."""

    def __init__(self, answer: Response | Callable[[Request], Response]) -> None:
        """Keep the answer to give, or how to make it for the request refused."""
        super().__init__()
        self._answer = answer

    def response(self, request: Request) -> Response:
        """Give the answer."""
        return self._answer if isinstance(self._answer, Response) else self._answer(request)


async def refuse(request: Request, refusal: Exception) -> Response:
    """Give the answer that the refusal carries."""
    if isinstance(refusal, Refusal):
        return refusal.response(request)
    raise refusal
