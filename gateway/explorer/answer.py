"""How the page and all that belongs to it are answered: for this origin alone, and revalidated."""

from collections.abc import Callable
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

# Monaco, the editor, makes style elements and style attributes while it runs, without a nonce.
_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def revalidated(give: Callable[[], str], media_type: str) -> Callable[[Request], Response]:
    """Make an endpoint whose text a browser keeps for as long as it is the same."""

    def answer(request: Request) -> Response:
        text = give().encode()
        tag = f'"{sha256(text).hexdigest()[:32]}"'
        headers = {**HEADERS, "Cache-Control": "no-cache", "ETag": tag}
        if tag in request.headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=headers)
        return Response(text, headers=headers, media_type=media_type)

    return answer
