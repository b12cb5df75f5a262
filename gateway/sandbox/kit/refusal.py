"""A refusal raised anywhere in a handler becomes the answer it carries."""

from starlette.requests import Request
from starlette.responses import Response


class Refusal(Exception):  # noqa: N818 - it is an answer, not an error of ours
    """Ends a handler with the platform's own way of saying no."""

    def __init__(self, response: Response) -> None:
        """Keep the answer to give."""
        super().__init__(response.status_code)
        self.response = response


async def refuse(_request: Request, refusal: Exception) -> Response:
    """Give the answer that the refusal carries."""
    if isinstance(refusal, Refusal):
        return refusal.response
    raise refusal
