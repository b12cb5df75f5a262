"""A whole answer held in memory, so that faults can change or cut it."""

import time
from dataclasses import dataclass
from email.utils import formatdate

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Send

Headers = list[tuple[bytes, bytes]]
JSON_TYPE = (b"content-type", b"application/json")
HTML_TYPE = (b"content-type", b"text/html; charset=utf-8")


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
        """Add headers to a copy, but for those that it has."""
        held = {name for name, _ in self.headers}
        added = [pair for pair in encoded(more) if pair[0] not in held]
        return Answer(self.status, [*self.headers, *added], self.body)


def encoded(headers: dict[str, str]) -> Headers:
    """Turn headers into the form that ASGI sends."""
    return [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
    ]


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
    """Send an answer, or, where it is cut, half of its body and no end of it."""
    body = b"" if answer.bodiless else answer.body
    await send({"type": "http.response.start", "status": answer.status, "headers": sized(answer)})
    if cut:
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


def dated(send: Send, skew_seconds: int = 0) -> Send:
    """Add the date, so many seconds wrong, to every answer that has none."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: Headers = list(message.get("headers", []))
            if not any(name == b"date" for name, _ in headers):
                date = formatdate(time.time() + skew_seconds, usegmt=True)
                message = {**message, "headers": [*headers, (b"date", date.encode())]}
        await send(message)

    return sending
