"""What is sent back: a status, a body, and the headers that every answer of the endpoint has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.types import Send

from gateway.http.headers import HEADERS
from gateway.http.marks import REQUEST_ID_HEADER
from gateway.http.media import GRAPHQL_RESPONSE, JSON
from gateway.http.protocol import sent_at_once

Lines = list[tuple[bytes, bytes]]


def _lines(headers: Mapping[str, str]) -> Lines:
    return [
        (name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in headers.items()
    ]


# They are the same each time, so they are written once.
_SECURITY = _lines(HEADERS)


def typed(content_type: str) -> Lines:
    """Give the headers of an answer of a type."""
    return [*_lines({"Content-Type": content_type}), *_SECURITY]


_TYPED = {media: typed(f"{media}; charset=utf-8") for media in (GRAPHQL_RESPONSE, JSON)}
ID = REQUEST_ID_HEADER.lower().encode()
# The same as it is sent, but for the length and the request's id.
_HEADS = {
    media: b"content-length: %d\r\n"
    + ID
    + b": %s\r\n"
    + b"".join(b"%s: %s\r\n" % (name, text.replace(b"%", b"%%")) for name, text in lines)
    for media, lines in _TYPED.items()
}


@dataclass(slots=True)
class Reply:
    """An answer over HTTP, with headers that it alone has."""

    status: int
    body: bytes
    media: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def lines(self, request_id: str) -> Lines:
        """Give its headers as ASGI has them."""
        length = str(len(self.body)).encode()
        first = [(b"content-length", length), (ID, request_id.encode())]
        lines = first + _TYPED[self.media]
        return lines + _lines(self.headers) if self.headers else lines

    async def send(self, send: Send, request_id: str) -> None:
        """Send it."""
        if not self.headers:
            head = _HEADS[self.media] % (len(self.body), request_id.encode())
            if sent_at_once(send, self.status, head, self.body):
                return
        start = {"type": "http.response.start", "status": self.status}
        await send({**start, "headers": self.lines(request_id)})
        await send({"type": "http.response.body", "body": self.body})
