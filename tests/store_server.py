"""A Redis or Valkey server for tests: the one that is set, or one of their own."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import quote, urlsplit

import pytest
import redis

from gateway.environment import TEST_STORE_VARIABLE
from resolvers.upstream.redis_store import PREFIX

PROGRAMS = ("redis-server", "valkey-server")
# How long a server is waited for; one that is well takes a few milliseconds.
PATIENCE_SECONDS = 20.0


class ServerProcess:
    """A server on a port of its own, which keeps nothing and can be killed and started again."""

    def __init__(self, folder: Path, *options: str, password: str = "") -> None:
        """Choose a free port; `start` starts it."""
        self._folder, self._password = folder, password
        self._options = options
        self.port = free_port()
        login = f":{quote(password, safe='')}@" if password else ""
        self.url = f"redis://{login}127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "ServerProcess":
        """Start it, empty, and wait until it answers."""
        command = [program(), "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        if self._password:
            command += ["--requirepass", self._password]
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen([*command, *self._options], stdout=log, stderr=log)
        ends = time.monotonic() + PATIENCE_SECONDS
        while not _answers(self.port):
            said = (self._folder / "server.log").read_text(errors="replace")
            assert self._process.poll() is None, f"the server has ended: {said}"
            assert time.monotonic() < ends, f"the server does not answer: {said}"
            time.sleep(0.01)
        return self

    def kill(self) -> None:
        """End it at once, as a failing machine would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Let it answer nothing, though its sockets stay open."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def ask(self, *command: str | int) -> Any:
        """Give its answer to a command."""
        return ask(self.url, *command)

    def refusals(self, kind: str) -> int:
        """Count the commands that it has refused for one reason, such as `READONLY`."""
        found = self.ask("INFO", "errorstats").get(f"errorstat_{kind}", {"count": 0})
        return found["count"]

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None, "the server does not run"
        self._process.send_signal(number)


class _Client(Protocol):
    """As much of `redis.Redis` as is used, typed."""

    def execute_command(self, *command: str | int) -> Any: ...

    def scan_iter(self, match: str) -> Iterable[bytes]: ...

    def delete(self, *keys: bytes) -> int: ...

    def close(self) -> None: ...


def program() -> str:
    """Give the path of a server's program; without one the test is skipped, or fails in CI."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is not None:
        return found
    missing = f"{' or '.join(PROGRAMS)} is not on the PATH"
    # Whoever sets a store need not have the program; what has to be killed cannot be tested then.
    if TEST_STORE_VARIABLE in os.environ or os.environ.get("CI", "") in {"", "0", "false"}:
        pytest.skip(missing)
    pytest.fail(f"{missing}, and {TEST_STORE_VARIABLE} not set")


def ask(url: str, *command: str | int) -> Any:
    """Give a server's answer to a command."""
    with closing(_client(url)) as client:
        return client.execute_command(*command)


def keys_of(url: str, prefix: str) -> list[bytes]:
    """Give the keys that stand under a store's prefix."""
    with closing(_client(url)) as client:
        return sorted(client.scan_iter(f"{PREFIX}{prefix}:*"))


def forget(url: str, prefix: str) -> None:
    """Remove what stands under a store's prefix, and nothing else."""
    keys = keys_of(url, prefix)
    if keys:
        with closing(_client(url)) as client:
            client.delete(*keys)


def with_prefix(url: str, prefix: str) -> str:
    """Give the URL of a store whose keys have a prefix of their own."""
    return f"{url}{'&' if urlsplit(url).query else '?'}prefix={prefix}"


def _client(url: str) -> _Client:
    return cast("Any", redis.Redis).from_url(url)


def free_port() -> int:
    """Give a port of this machine on which nothing listens."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _answers(port: int) -> bool:
    try:
        with closing(socket.create_connection(("127.0.0.1", port), timeout=1)) as asked:
            asked.sendall(b"PING\r\n")
            # With a password it answers -NOAUTH, and while it loads -LOADING.
            return asked.recv(64).startswith((b"+PONG", b"-NOAUTH"))
    except OSError:
        return False
