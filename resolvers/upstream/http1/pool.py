"""The sockets of a wire: so many and no more, kept for the next who asks the same server."""

import asyncio
import math
from collections import defaultdict, deque
from collections.abc import Awaitable
from typing import TypeVar

from resolvers.upstream.http1.dial import connect
from resolvers.upstream.http1.origin import Origin
from resolvers.upstream.http1.socket import Socket
from resolvers.upstream.wire import TooSlow, WireError

T = TypeVar("T")


class Pool:
    """Gives out sockets, which are given back or aborted.

    Whoever finds all in use waits in line, and what is given back goes to the first in it: while
    somebody waits, nothing lies idle that would do.
    """

    def __init__(self, most: int) -> None:
        """Have no socket as yet, and at most so many."""
        self._most = most
        # Those that are open, opening, or promised to the first in line.
        self._count = 0
        self._sockets: set[Socket] = set()
        self._idle = defaultdict[Origin, deque[Socket]](deque)
        self._line: deque[tuple[asyncio.Future[Socket | None], Origin]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._due = math.inf
        self._is_closed = False
        self._emptied = asyncio.Event()

    def idle(self, origin: Origin) -> Socket | None:
        """Give a socket that is at hand, if there is one."""
        idle = self._idle[origin]
        while idle:
            # The last one used is the one most surely open.
            socket = idle.pop()
            if socket.is_fresh():
                return socket
            socket.abort()
        return None

    async def open(self, origin: Origin, seconds: float) -> Socket:
        """Open a socket once there may be another, or give one that was given back meanwhile.

        Raises `WireError` if that or the opening takes longer than so many seconds.
        """
        while True:
            socket = await _within(seconds, self._turn(origin))
            if socket is None:
                break
            if socket.is_open():
                return socket
        try:
            return await _within(seconds, self._opened(origin))
        except BaseException:
            self._free()
            raise

    def put_back(self, socket: Socket) -> None:
        """Keep a socket for the next, unless it is closed."""
        if not socket.is_open():
            return
        while self._line and self._line[0][0].done():
            self._line.popleft()
        if self._line and self._line[0][1] is socket.origin:
            self._line.popleft()[0].set_result(socket)
        elif self._line or self._is_closed:
            socket.abort()
        else:
            socket.rest()
            self._idle[socket.origin].append(socket)

    def watch(self, deadline: float) -> None:
        """See to it that exchanges are given up at their deadlines, the next of which is this."""
        # One timer for all of them, and none set anew for each: most are done before it fires.
        if deadline < self._due:
            if self._timer is not None:
                self._timer.cancel()
            self._due = deadline
            self._timer = asyncio.get_running_loop().call_at(deadline, self._look)

    async def close(self) -> None:
        """Close what is idle, and wait until whoever is under way is done."""
        self._is_closed = True
        for idle in self._idle.values():
            for socket in idle:
                socket.abort()
        while self._count:
            self._emptied.clear()
            await self._emptied.wait()
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        self._timer, self._due = None, math.inf
        now = asyncio.get_running_loop().time()
        for socket in [one for one in self._sockets if one.deadline <= now]:
            socket.expire()
        self.watch(min((one.deadline for one in self._sockets), default=math.inf))

    async def _turn(self, origin: Origin) -> Socket | None:
        """Wait for a socket, or for the turn to open one."""
        if self._count < self._most:
            self._count += 1
            return None
        waiting = asyncio.get_running_loop().create_future()
        self._line.append((waiting, origin))
        self._make_room()
        try:
            return await waiting
        except BaseException:
            if waiting.done() and not waiting.cancelled():
                self._pass_on(waiting.result())
            raise

    def _make_room(self) -> None:
        """Close one that is idle; while somebody waits it is one to another server."""
        for idle in self._idle.values():
            if idle:
                idle.popleft().abort()
                return

    def _pass_on(self, socket: Socket | None) -> None:
        if socket is None:
            self._free()
        else:
            self.put_back(socket)

    async def _opened(self, origin: Origin) -> Socket:
        if self._is_closed:
            raise WireError("the wire is closed", sent=False)
        socket = Socket(origin, self._lost)
        socket.take(await connect(origin, socket))
        if not socket.is_open():
            # Nobody would tell of its end any more.
            raise WireError("the connection failed", sent=False)
        self._sockets.add(socket)
        return socket

    def _lost(self, socket: Socket) -> None:
        if socket in self._sockets:
            self._sockets.discard(socket)
            if socket in self._idle[socket.origin]:
                self._idle[socket.origin].remove(socket)
            self._free()

    def _free(self) -> None:
        """Give the turn to open a socket to the first in line."""
        while self._line:
            waiting, _ = self._line.popleft()
            if not waiting.done():
                waiting.set_result(None)
                return
        self._count -= 1
        self._emptied.set()


async def _within(seconds: float, doing: Awaitable[T]) -> T:
    """Do what comes before anything is sent; raises `WireError`."""
    failure = WireError("the connection failed", sent=False)
    try:
        async with asyncio.timeout(seconds):
            return await doing
    except TimeoutError:
        failure = TooSlow("it could not be reached in time", sent=False)
    except (OSError, ValueError):
        # Its text holds the address.
        pass
    raise failure
