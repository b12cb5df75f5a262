"""Which wire carries a connection's bytes."""

import select
from typing import Literal

from resolvers.upstream.httpx_wire import HttpxWire
from resolvers.upstream.native_wire import NativeWire
from resolvers.upstream.wire import Wire

WireName = Literal["native", "httpx"]


def open_wire(name: WireName = "native", *, connections: int = 100) -> Wire:
    """Open the wire of that name, with at most so many sockets."""
    # The native one asks the system whether a socket has ended by what Windows has not.
    if name == "httpx" or not hasattr(select, "poll"):
        return HttpxWire(connections=connections)
    return NativeWire(connections=connections)
