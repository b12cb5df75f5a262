"""The fast wire: HTTP/1.1 on the event loop's own transports."""

from resolvers.upstream.http1.origin import Origin, origin_of
from resolvers.upstream.http1.pool import Pool
from resolvers.upstream.httpx_wire import HttpxWire
from resolvers.upstream.wire import Request, Response

_SCHEME = len("https://")


class NativeWire:
    """Sends without a task of its own; what goes through a proxy is left to the portable wire.

    head          the request as bytes                      http1/head.py
    pool          a socket, at once or in turn              http1/pool.py
    dial          a new one, at the address that answers    http1/dial.py
    socket        one exchange on it, and its time          http1/socket.py
    answer        the bytes that come, as a value           http1/answer.py
    """

    def __init__(self, *, connections: int = 100) -> None:
        """Open at most so many sockets."""
        self._portable = HttpxWire(connections=connections)
        self._pool = Pool(connections)
        # By how a URL begins; None is what the portable wire carries.
        self._origins: dict[str, Origin | None] = {}

    async def send(self, request: Request) -> Response:
        """Send `request` over a pooled socket."""
        url = request.url
        end = url.find("/", _SCHEME)
        start, path = (url, "/") if end < 0 else (url[:end], url[end:])
        origin = self._origins[start] if start in self._origins else self._found(start)
        if origin is None:
            return await self._portable.send(request)
        data = origin.heads.write(request, path)
        pool = self._pool
        socket = pool.idle(origin) or await pool.open(origin, request.timeout / 2)
        try:
            answered = socket.ask(data, request)
            pool.watch(socket.deadline)
            response = await answered
        except BaseException:
            socket.abort()
            raise
        pool.put_back(socket)
        return response

    async def close(self) -> None:
        """Close the sockets, once those under way are done."""
        await self._pool.close()
        await self._portable.close()

    def _found(self, start: str) -> Origin | None:
        origin = origin_of(start)
        if origin is not None and self._portable.is_proxied(start):
            origin = None
        self._origins[start] = origin
        return origin
