"""Who closes the connection before the answer is there: the work for it ends at once."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import pytest
from uvicorn import Server

from gateway import app
from gateway.serve import configured
from gateway.settings import Given
from tests.gateway.http.asking import CONNECTIONS

PATIENCE = 30
BODY = json.dumps({"query": "{ codatCompanies: companies(first: 1) { nodes { id } } }"}).encode()
HEAD = b"POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n"
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
GONE = "manifold_operations_total"


@dataclass
class Silent:
    """A platform that takes calls and answers none; tells of those whose caller has left."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read until the other side closes."""
        await reader.readuntil(b"\r\n\r\n")
        self.asked.set()
        await reader.read()
        self.left.set()
        writer.close()


@pytest.fixture
async def platform() -> AsyncGenerator[tuple[Silent, int]]:
    """A silent platform, and its port."""
    silent = Silent()
    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        yield silent, server.sockets[0].getsockname()[1]


@pytest.fixture
async def port(platform: tuple[Silent, int]) -> AsyncGenerator[int]:
    """The port of a gateway in front of it."""
    books = {**CONNECTIONS["books"], "base_url": f"http://127.0.0.1:{platform[1]}"}
    given: dict[str, Any] = {"connections": {"books": books}, "log_level": "error"}
    settings = Given(**given)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(configured(settings, app.create(settings)))
        serving = asyncio.create_task(server.serve([listener]))
        yield listener.getsockname()[1]
        server.should_exit = True
        await serving


async def counted(port: int, line: str) -> str:
    """Collect the numbers until there is a line among them."""
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /metrics HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n")
        text = (await reader.read()).decode()
        writer.close()
        if line in text:
            return text


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("sent", [WHOLE, WHOLE * 3], ids=["alone", "with more behind it"])
async def test_the_work_for_who_leaves_ends(
    platform: tuple[Silent, int], port: int, sent: bytes, half: bool
) -> None:
    """The call to the platform as well; what was sent behind it is never begun."""
    silent, _ = platform
    async with asyncio.timeout(PATIENCE):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        await silent.asked.wait()
        if half:
            writer.write_eof()
        else:
            writer.close()
        await silent.left.wait()
        text = await counted(port, f'{GONE}{{kind="query",result="gone"}} 1.0')
        writer.close()

    assert "manifold_operations_in_flight 0.0" in text
    assert text.count(f"{GONE}{{") == 1


async def test_who_leaves_while_asking_is_not_waited_for(port: int) -> None:
    """Nothing of what is half a request is run."""
    async with asyncio.timeout(PATIENCE):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD + b"Content-Length: 99\r\n\r\n{")
        await counted(port, "manifold_operations_in_flight 1.0")
        writer.close()
        text = await counted(port, f'{GONE}{{kind="unknown",result="gone"}} 1.0')

    assert "manifold_operations_in_flight 0.0" in text
