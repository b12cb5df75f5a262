"""A gateway in a process of its own, and what can be seen of it."""

import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.gateway.process import Process
from tests.hostile.exchange import PATIENCE_SECONDS, Reply, exchange

_LOOK_SECONDS = 0.002
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Gateway:
    """A gateway, and what it has written so far."""

    process: Process
    _read: int = 0

    def ask(self, request: bytes) -> Reply:
        """Send a request."""
        return exchange(self.process.port, request)

    def cpu_seconds(self) -> float:
        """Tell for how long it has computed, whatever else the machine does."""
        stat = Path(f"/proc/{self.process.running.pid}/stat")
        if not stat.exists():
            # Elsewhere than on Linux, what it took has to do.
            return time.monotonic()
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / _TICKS

    def logged(self, reply: Reply) -> bytes:
        """Give what it wrote since it was last asked, up to the line about a reply."""
        id, waiting = reply.headers["x-request-id"].encode(), threading.Event()
        until = time.monotonic() + PATIENCE_SECONDS
        while not _tells_of(text := self._written(), id) and time.monotonic() < until:
            waiting.wait(_LOOK_SECONDS)
        self._read += len(text)
        return text

    def _written(self) -> bytes:
        with self.process.log.open("rb") as log:
            log.seek(self._read)
            # The last line may not be there as a whole.
            whole, end, _ = log.read().rpartition(b"\n")
            return whole + end


def _tells_of(log: bytes, id: bytes) -> bool:
    return any(b'"operation"' in line and id in line for line in log.splitlines())
