"""Codat's idempotency keys: the first answer is given again for ninety minutes."""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.sandbox.codat.refusals import envelope
from gateway.sandbox.codat.state import Client, Replay
from gateway.sandbox.kit.answers import Answer, collect, deliver

SECONDS = 90 * 60


class Idempotency:
    """Stands before the routes and answers a repeated key from memory."""

    def __init__(self, app: ASGIApp, client: Client) -> None:
        """Keep the answers in the client's state."""
        self._app = app
        self._client = client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        request = Request(scope, receive)
        key = request.headers.get("idempotency-key")
        if key is None or request.method not in {"POST", "PATCH"}:
            await self._app(scope, receive, send)
            return
        kept = self._kept(key)
        body = await request.body()
        asked = (request.method, request.url.path, body)
        if kept and kept.asked != asked:
            reused = envelope(422, "The idempotency key was used for another request.")
            await reused(scope, receive, send)
            return
        answer = kept.answer if kept else await self._first(key, request, asked)
        await deliver(answer, send, head=False, cut=False)

    def _kept(self, key: str) -> Replay | None:
        kept = self._client.replays.get(key)
        return kept if kept and kept.until > self._client.clock.monotonic() else None

    async def _first(self, key: str, request: Request, asked: tuple[str, str, bytes]) -> Answer:
        answer = await collect(self._app, request, asked[2])
        until = self._client.clock.monotonic() + SECONDS
        self._client.replays[key] = Replay(asked, answer, until)
        return answer
