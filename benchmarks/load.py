"""The load: so many connections, each with one request after the other.

It runs in a process of its own, `python -m benchmarks.load`, which reads a plan from its input and
writes what came of it. Every answer is compared with what has to come.
"""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import uvloop
from pydantic import BaseModel, ConfigDict

from benchmarks.processes import OTHER_CORE, pinned

_ROOT = Path(__file__).parent.parent
_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_LAST_CHUNK = b"0\r\n\r\n"
_OK = b"HTTP/1.1 200 "
_TAIL_SECONDS = 30.0


class Plan(BaseModel):
    """What to ask, over how many connections, and for how long."""

    model_config = ConfigDict(frozen=True)

    url: str
    headers: Mapping[str, str]
    bodies: Sequence[str]
    expected: Any
    connections: int
    seconds: float


class Outcome(BaseModel):
    """What came of it: answers, how long all took, and the middle and the slowest hundredth."""

    model_config = ConfigDict(frozen=True)

    answers: int
    seconds: float
    p50_milliseconds: float
    p99_milliseconds: float


class WrongAnswerError(Exception):
    """A gateway answered something else than it has to."""


class _Run:
    """What the connections share."""

    def __init__(self, plan: Plan) -> None:
        self.requests = cycle(_requests(plan))
        self.latencies: list[float] = []
        self.ends = time.perf_counter() + plan.seconds
        self.over = asyncio.get_running_loop().create_future()
        self._expected, self._seen = plan.expected, set[bytes]()
        self._open = plan.connections
        self._connections: list[_Connection] = []

    def opened(self, connection: "_Connection") -> None:
        """Keep a connection, to be closed in the end."""
        self._connections.append(connection)

    async def close(self) -> None:
        """Close all connections."""
        await asyncio.gather(*(connection.close() for connection in self._connections))

    def check(self, body: bytes) -> None:
        """Hold an answer against what is expected; one that was seen before is known to be good."""
        if body in self._seen:
            return
        if only_data(json.loads(body)) != self._expected:
            raise WrongAnswerError(body[:500].decode(errors="replace"))
        self._seen = {body}

    def ended(self, error: Exception | None = None) -> None:
        """Count a connection that has nothing left to ask, or give up for an error."""
        self._open -= 1
        if self.over.done():
            return
        if error is not None:
            self.over.set_exception(error)
        elif not self._open:
            self.over.set_result(None)


class _Connection(asyncio.Protocol):
    """One connection, which asks again as soon as it is answered."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._parts: list[bytes] = []
        self._missing: int | None = None
        self._began = 0.0
        self._ended = False
        self._lost = asyncio.get_running_loop().create_future()

    async def close(self) -> None:
        self._ended = True
        self._transport.close()
        await self._lost

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._run.opened(self)
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._parts.append(data)
        if self._missing is None:
            self._begin()
        else:
            self._missing -= len(data)
        # A chunked answer says at its end alone how long it was.
        ends = data.endswith(_LAST_CHUNK) if self._missing is None else self._missing <= 0
        if ends:
            self._done()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost.set_result(None)
        self._end(exc or ConnectionError("the gateway closed a connection"))

    def _ask(self) -> None:
        self._parts, self._missing = [], None
        self._began = time.perf_counter()
        self._transport.write(next(self._run.requests))

    def _begin(self) -> None:
        whole = b"".join(self._parts)
        head = whole.find(_HEAD_END)
        length = _LENGTH.search(whole[: head + 2]) if head >= 0 else None
        if length is not None:
            self._missing = head + len(_HEAD_END) + int(length[1]) - len(whole)

    def _done(self) -> None:
        now = time.perf_counter()
        self._run.latencies.append(now - self._began)
        try:
            self._run.check(_body(b"".join(self._parts)))
        except (WrongAnswerError, ValueError) as error:
            self._end(error)
            return
        if now < self._run.ends:
            self._ask()
        else:
            self._end()

    def _end(self, error: Exception | None = None) -> None:
        # One that has its last answer may be closed, from either side.
        if not self._ended:
            self._ended = True
            self._run.ended(error)


def only_data(answer: Any) -> Any:
    """Leave out what gateways say beside the data, which each does in its own way."""
    return {name: value for name, value in answer.items() if name != "extensions"}


def _body(answer: bytes) -> bytes:
    head, _, rest = answer.partition(_HEAD_END)
    if not head.startswith(_OK):
        raise WrongAnswerError(answer[:500].decode(errors="replace"))
    return rest if _LENGTH.search(head + b"\r\n") else _unchunked(rest)


def _unchunked(rest: bytes) -> bytes:
    parts = list[bytes]()
    while True:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return b"".join(parts)
        parts.append(rest[:length])
        rest = rest[length + 2 :]


def _requests(plan: Plan) -> list[bytes]:
    target = urlsplit(plan.url)
    given = {"Host": target.netloc, "Content-Type": "application/json", **plan.headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    first = f"POST {target.path} HTTP/1.1\r\n{head}"
    return [
        f"{first}Content-Length: {len(body.encode())}\r\n\r\n{body}".encode()
        for body in plan.bodies
    ]


async def ask(plan: Plan) -> Outcome:
    """Run a plan here; raises `WrongAnswerError` or `OSError`."""
    target = urlsplit(plan.url)
    host, port = target.hostname or "", target.port or 80
    loop, began, run = asyncio.get_running_loop(), time.perf_counter(), _Run(plan)
    try:
        for _ in range(plan.connections):
            await loop.create_connection(lambda: _Connection(run), host, port)
        await asyncio.wait_for(run.over, plan.seconds + _TAIL_SECONDS)
        seconds = time.perf_counter() - began
    finally:
        await run.close()
    ordered = sorted(run.latencies)
    return Outcome(
        answers=len(ordered),
        seconds=seconds,
        p50_milliseconds=ordered[len(ordered) // 2] * 1000,
        p99_milliseconds=ordered[len(ordered) * 99 // 100] * 1000,
    )


def load(plan: Plan) -> Outcome:
    """Run a plan in a process of its own; raises `WrongAnswerError` if an answer is not right."""
    done = subprocess.run(
        pinned(OTHER_CORE, [sys.executable, "-m", "benchmarks.load"]),
        cwd=_ROOT,
        input=plan.model_dump_json(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise WrongAnswerError(done.stderr.strip()[-1000:])
    return Outcome.model_validate_json(done.stdout)


def main() -> None:
    """Read a plan, run it and write its outcome."""
    plan = Plan.model_validate_json(sys.stdin.read())
    sys.stdout.write(uvloop.run(ask(plan)).model_dump_json())


if __name__ == "__main__":
    main()
