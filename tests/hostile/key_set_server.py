"""Publishes the keys of who issues tokens."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.gateway.callers import issuer


class KeySetServer:
    """Publishes the issuer's keys, and counts how often they are fetched."""

    def __init__(self) -> None:
        """Take a free port."""
        self.fetches = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def url(self) -> str:
        """Where the key set is."""
        return f"http://127.0.0.1:{self._server.server_port}/keys"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server, keys = self, issuer.published(issuer.key("RS256"))

        class Handler(BaseHTTPRequestHandler):
            """Answers every GET with the key set."""

            def do_GET(self) -> None:
                """Answer."""
                server.fetches += 1
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(keys)))
                self.end_headers()
                self.wfile.write(keys)

            def log_message(self, format: str, *args: Any) -> None:
                """Keep quiet."""

        return Handler
