"""A whole answer held in memory, so that faults can change or cut it."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Send

Headers = list[tuple[bytes, bytes]]
JSON_TYPE = (b"content-type", b"application/json")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body of one HTTP answer."""

    status: int
    headers: Headers
    body: bytes

    @property
    def bodiless(self) -> bool:
        """Say whether HTTP forbids this status a body."""
        return self.status < 200 or self.status in {204, 304}  # noqa: PLR2004

    def with_headers(self, more: dict[str, str]) -> "Answer":
        """Add headers to a copy."""
        return Answer(self.status, [*self.headers, *encoded(more)], self.body)


def encoded(headers: dict[str, str]) -> Headers:
    """Turn headers into the form that ASGI sends."""
    return [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
    ]


def json_answer(status: int, body: bytes, headers: dict[str, str] | None = None) -> Answer:
    """Make an answer of JSON text, which need not be well formed."""
    return Answer(status, [JSON_TYPE, *encoded(headers or {})], body)


async def collect(app: ASGIApp, request: Request, body: bytes) -> Answer:
    """Let an app answer the request and keep what it says."""
    status, headers, said = 500, list[tuple[bytes, bytes]](), bytearray()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message["headers"])
        else:
            said.extend(message.get("body", b""))

    await app(request.scope, receive, send)
    return Answer(status, headers, bytes(said))


async def deliver(answer: Answer, send: Send, *, head: bool, cut: bool) -> None:
    """Send an answer, or only the first half of its body."""
    body = b"" if answer.bodiless else answer.body
    await send({"type": "http.response.start", "status": answer.status, "headers": sized(answer)})
    if cut:
        # Returning with the body unfinished makes the server close the connection.
        half = body[: len(body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        return
    await send({"type": "http.response.body", "body": b"" if head else body})


def sized(answer: Answer) -> Headers:
    """Give the headers with a content length that is true."""
    kept = [pair for pair in answer.headers if pair[0] != b"content-length"]
    if answer.bodiless:
        return kept
    return [*kept, (b"content-length", str(len(answer.body)).encode())]
