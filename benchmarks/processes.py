"""Processes of the benchmark: each on one core, with what it has used of the machine."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

# The gateways have a core for themselves; the platforms and the load share another.
GATEWAY_CORE = 0
OTHER_CORE = 1

_PATIENCE_SECONDS = 90.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")
# Begins the peak of a process's memory anew: proc_pid_clear_refs(5).
_RESET_PEAK = "5"


def lacking() -> str | None:
    """Say what the machine lacks to measure on; None if it has everything."""
    if not (_PROC / "self/stat").exists() or shutil.which("taskset") is None:
        return "this needs Linux, and taskset (Debian's util-linux)"
    if not {GATEWAY_CORE, OTHER_CORE} <= os.sched_getaffinity(0):
        return f"this needs the cores {GATEWAY_CORE} and {OTHER_CORE}"
    return None


def pinned(core: int, command: Sequence[str]) -> list[str]:
    """Give a command that runs another one on a core."""
    return ["taskset", "--cpu-list", str(core), *command]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A process with all that it started."""

    def __init__(self, started: subprocess.Popen[bytes]) -> None:
        self._started = started

    def is_alive(self) -> bool:
        """Tell whether it still runs."""
        return self._started.poll() is None

    def cpu_seconds(self) -> float:
        """How much CPU it has used, in the kernel too."""
        return sum(map(_ticks, self._tree())) / _TICKS

    def forget_peak(self) -> None:
        """Begin its peak of memory anew."""
        for pid in self._tree():
            (_PROC / str(pid) / "clear_refs").write_text(_RESET_PEAK)

    def peak_megabytes(self) -> float:
        """The most memory that it has had at once."""
        return sum(map(_peak_kilobytes, self._tree())) / 1024

    def _tree(self) -> list[int]:
        found, waiting = list[int](), [self._started.pid]
        while waiting:
            found.append(waiting.pop())
            waiting += _children(found[-1])
        return found


def _children(pid: int) -> list[int]:
    tasks = (_PROC / str(pid) / "task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _ticks(pid: int) -> int:
    # Behind the name, which may hold spaces: the 12th and 13th are user and system.
    fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _peak_kilobytes(pid: int) -> int:
    told = re.search(r"VmHWM:\s+(\d+)", (_PROC / str(pid) / "status").read_text())
    return int(told[1]) if told else 0


def read(asked: str | urllib.request.Request) -> bytes:
    """Give what is answered; raises `OSError` for anything but success."""
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return answer.read()


@contextmanager
def running(
    command: Sequence[str], *, core: int, folder: Path, log: Path, environment: Mapping[str, str]
) -> Generator[Process]:
    """Run a command on a core until the block ends; what it writes goes into a log."""
    with log.open("wb") as written:
        started = subprocess.Popen(
            pinned(core, command),
            cwd=folder,
            env={**_without_settings(), **environment},
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Process(started)
    finally:
        _end(started)


def _without_settings() -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if not name.startswith("MANIFOLD_")}


def _end(started: subprocess.Popen[bytes]) -> None:
    # It leads a session of its own, so nothing else is in its group. A profiler writes down what it
    # saw when it is interrupted.
    for sign in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(started.pid, sign)
            started.wait(timeout=5)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def wait_until_answering(url: str, process: Process, log: Path) -> None:
    """Wait until something answers HTTP there; raises `TimeoutError` with the log's end."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and process.is_alive():
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(log.read_text(errors="replace").strip()[-500:])
