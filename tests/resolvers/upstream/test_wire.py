"""What carries bytes, over real HTTP."""

from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from resolvers.upstream.wire import HttpxWire, Request, WireError


class Sticky(BaseHTTPRequestHandler):
    """Sets a cookie, and answers with those it got."""

    def do_GET(self) -> None:
        """Answer."""
        body = (self.headers.get("Cookie") or "").encode()
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Set-Cookie", "session=of-another; Path=/")
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Generator[str]:
    """Run a platform that sets cookies."""
    with HTTPServer(("127.0.0.1", 0), Sticky) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
async def wire() -> AsyncGenerator[HttpxWire]:
    """The portable wire."""
    made = HttpxWire()
    yield made
    await made.close()


async def test_a_cookie_of_one_connection_never_goes_with_another(wire: HttpxWire) -> None:
    """They share the wire, and a platform may know its tenants by cookie."""
    with serving() as url:
        await wire.send(Request("GET", f"{url}/", headers={"Authorization": "one"}))
        answer = await wire.send(Request("GET", f"{url}/", headers={"Authorization": "other"}))

    assert answer.body == b""


async def test_a_redirect_is_an_answer_and_is_not_followed(wire: HttpxWire) -> None:
    """Credentials would follow it to wherever it leads."""
    with serving() as url:
        answer = await wire.send(Request("GET", f"{url}/away"))

    assert answer.status == 302


async def test_what_nobody_answers_was_not_sent_and_tells_no_address(wire: HttpxWire) -> None:
    """So that it may be sent again."""
    with pytest.raises(WireError) as caught:
        await wire.send(Request("GET", "http://127.0.0.1:9/secret", query=(("key", "planted"),)))

    assert not caught.value.sent
    assert "127.0.0.1" not in str(caught.value)
    assert caught.value.__cause__ is None
