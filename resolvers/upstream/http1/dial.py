"""Connects to a server at whichever of its addresses answers first."""

import asyncio
import socket
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Any, TypeAlias

from resolvers.upstream.http1.origin import Origin
from resolvers.upstream.tls import verification

# An address that has not answered for so long is not waited for alone.
_HEAD_START_SECONDS = 0.25

Address: TypeAlias = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[Any, ...]]


async def connect(origin: Origin, protocol: asyncio.Protocol) -> asyncio.Transport:
    """Connect, and verify who is there; raises `OSError`, or `ValueError` for what is no name."""
    loop = asyncio.get_running_loop()
    raw = await _dial(origin.host, origin.port)
    transport, _ = await loop.create_connection(lambda: protocol, sock=raw)
    if not origin.is_tls:
        return transport
    # In two steps, as asyncio leaves the socket open if it is cancelled between them in one.
    try:
        secured = await loop.start_tls(
            transport, protocol, verification(), server_hostname=origin.host
        )
    except BaseException:
        transport.abort()
        raise
    if secured is None:
        raise ConnectionResetError
    return secured


async def _dial(host: str, port: int) -> socket.socket:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return await (_connected(found[0]) if len(found) == 1 else race(_mixed(found)))


def _mixed(found: Sequence[Address]) -> list[Address]:
    """Take both families in turn, as one of them may lead nowhere."""
    first = [one for one in found if one[0] is found[0][0]]
    other = [one for one in found if one[0] is not found[0][0]]
    return [one for one in chain(*zip_longest(first, other)) if one is not None]


async def race(addresses: list[Address]) -> socket.socket:
    """Connect to whichever answers first, of which each has a head start; raises `OSError`."""
    pending: set[asyncio.Task[socket.socket]] = set()
    failure: BaseException = OSError("there is no address")
    try:
        while addresses or pending:
            if addresses:
                pending.add(asyncio.create_task(_connected(addresses.pop(0))))
            wait = _HEAD_START_SECONDS if addresses else None
            await asyncio.wait(pending, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            for task in [one for one in pending if one.done()]:
                pending.discard(task)
                if (failed := task.exception()) is None:
                    return task.result()
                failure = failed
    finally:
        await _drop(pending)
    raise failure


async def _drop(tasks: set[asyncio.Task[socket.socket]]) -> None:
    for task in tasks:
        task.cancel()
    for late in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(late, socket.socket):
            late.close()


async def _connected(address: Address) -> socket.socket:
    family, kind, protocol, _, where = address
    made = socket.socket(family, kind, protocol)
    try:
        made.setblocking(False)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.get_running_loop().sock_connect(made, where)
    except BaseException:
        made.close()
        raise
    return made
