"""Several processes that answer at one address, each a copy of this one.

They share the listening socket and nothing else. Whoever starts them keeps them: one that ends by
itself is started again, and a signal to leave is passed on to all.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from types import FrameType
from typing import NoReturn

import structlog
from uvicorn.config import STARTUP_FAILURE

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
# One that lives no longer is not started again at once.
_SHORT_LIFE_SECONDS = 1.0

_log = structlog.stdlib.get_logger("manifold.gateway")


class Workers:
    """Keeps as many processes as are wanted until a signal comes."""

    def __init__(self, number: int, work: Callable[[int], None]) -> None:
        """Start nothing yet.

        `work` is what each does, by its place from 0 on; it returns when it has been signalled.
        """
        self._number = number
        self._work = work
        # By their ids: the place of each, and when it began.
        self._running: dict[int, tuple[int, float]] = {}
        self._leaving = False
        self._failed = False

    def run(self, told: Callable[[], None]) -> None:
        """Start them, tell so, and wait for all to end.

        Raises `SystemExit` with uvicorn's own status if they cannot even start.
        """
        for one in _SIGNALS:
            signal.signal(one, self._leave)
        for place in range(self._number):
            self._start(place)
        told()
        while self._running:
            pid, status = os.wait()
            self._ended(pid, os.waitstatus_to_exitcode(status))
        if self._failed:
            raise SystemExit(STARTUP_FAILURE)

    def _leave(self, sent: int, frame: FrameType | None) -> None:
        """Pass the first signal on as one to leave, and any other as it is."""
        del frame
        self._pass_on(sent if self._leaving else signal.SIGTERM)
        self._leaving = True

    def _pass_on(self, sent: int) -> None:
        for pid in self._running:
            os.kill(pid, sent)

    def _start(self, place: int) -> None:
        # A signal in between would be for neither of the two.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            if self._leaving:
                return
            # What is not written yet would be written by both.
            sys.stdout.flush()
            sys.stderr.flush()
            pid = os.fork()
            if not pid:
                self._become_worker(place, before)
            self._running[pid] = place, time.monotonic()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _become_worker(self, place: int, mask: Iterable[int]) -> NoReturn:
        status = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            self._work(place)
            status = 0
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            # Nothing of whoever called the one that was copied is left to be done.
            os._exit(status)

    def _ended(self, pid: int, status: int) -> None:
        place, began = self._running.pop(pid)
        if self._leaving:
            return
        if status == STARTUP_FAILURE:
            # Another would fare no better.
            self._failed = self._leaving = True
            self._pass_on(signal.SIGTERM)
            return
        _log.warning("worker ended, another is started", status=status)
        if time.monotonic() - began < _SHORT_LIFE_SECONDS:
            time.sleep(_SHORT_LIFE_SECONDS)
        self._start(place)
