"""The load of the benchmark reads every answer and lets no wrong one pass."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

import pytest

from benchmarks.load import Plan, WrongAnswerError, ask

JSON = "Content-Type: application/json\r\n"
RIGHT = b'{"data": {"a": 1}, "extensions": {"took": 3}}'


class _Answering(asyncio.Protocol):
    """Gives one answer to every request, in two parts."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to write to."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer."""
        del data
        self._transport.write(self._answer[:30])
        asyncio.get_running_loop().call_soon(self._transport.write, self._answer[30:])

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell that it is over."""
        del exc
        self.lost.set_result(None)


@asynccontextmanager
async def _answering(answer: bytes) -> AsyncGenerator[str]:
    made = list[_Answering]()

    def connected() -> _Answering:
        made.append(_Answering(answer))
        return made[-1]

    loop = asyncio.get_running_loop()
    async with await loop.create_server(connected, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}/graphql"
        await asyncio.gather(*(one.lost for one in made))


def _plan(url: str) -> Plan:
    return Plan(
        url=url,
        headers={},
        bodies=["{}"],
        expected={"data": {"a": 1}},
        connections=3,
        seconds=0,
    )


def _whole(body: bytes, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\n{JSON}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _in_chunks(body: bytes) -> bytes:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:]))
    return f"HTTP/1.1 200 OK\r\n{JSON}Transfer-Encoding: chunked\r\n\r\n".encode() + (
        chunks + b"0\r\n\r\n"
    )


@pytest.mark.parametrize("answer", [_whole(RIGHT), _in_chunks(RIGHT)], ids=["whole", "chunks"])
async def test_each_connection_asks_and_is_answered(answer: bytes) -> None:
    """However an answer is cut, and whatever a gateway says beside the data."""
    async with _answering(answer) as url:
        outcome = await ask(_plan(url))

    assert outcome.answers == 3
    assert outcome.p99_milliseconds >= outcome.p50_milliseconds > 0


@pytest.mark.parametrize(
    "answer",
    [
        _whole(b'{"data": {"a": 2}}'),
        _whole(b'{"data": {"a": 1}, "errors": []}'),
        _whole(RIGHT, "503 Service Unavailable"),
        _in_chunks(b'{"data": null}'),
    ],
    ids=["another value", "an error", "a failure", "nothing"],
)
async def test_a_wrong_answer_ends_the_run(answer: bytes) -> None:
    """A gateway is not fast by answering something else."""
    async with _answering(answer) as url:
        with pytest.raises(WrongAnswerError):
            await ask(_plan(url))
