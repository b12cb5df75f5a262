"""Whose address a request comes from, where proxies stand in between."""

import re
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Any

# `192.0.2.7:4711`, `[2001:db8::7]` and `[2001:db8::7]:4711`.
_BRACKETS_OR_PORT = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}")
# One host has at least that much of IPv6 to itself, and may use another address each time.
_ONE_HOST = 64


def client_address(scope: Mapping[str, Any], trusted_hops: int) -> str:
    """Give the address that a request comes from, as far as it can be trusted.

    Without trusted hops it is the one at the other end of the socket, whatever the headers say.
    With n of them it is the n-th from the right in `X-Forwarded-For`, which the outermost trusted
    proxy wrote; what stands left of it may be made up. With two, a CDN and a load balancer:

        X-Forwarded-For: 203.0.113.1, 198.51.100.7, 192.0.2.20
                         made up      the client    the CDN, as the load balancer saw it

    If there are fewer, or that one is no address, it is again the other end of the socket. The
    header `Forwarded` (RFC 7239) is not read.

    An IPv6 address is given as its network of 64 bits, and one that stands for an IPv4 address as
    that. A request by a local socket has no address, which is given as `local`.
    """
    client = scope.get("client")
    peer = str(client[0]) if client and client[0] else "local"
    forwarded = _forwarded(scope.get("headers", ())) if trusted_hops else []
    said = forwarded[-trusted_hops] if len(forwarded) >= max(1, trusted_hops) else ""
    return _network(said) or _network(peer) or peer


def _forwarded(headers: Iterable[tuple[bytes, bytes]]) -> list[str]:
    lines = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
    return [entry.strip(" \t") for entry in ",".join(lines).split(",")]


def _network(written: str) -> str | None:
    found = _BRACKETS_OR_PORT.fullmatch(written)
    try:
        address = ip_address((found[1] or found[2]) if found else written)
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), _ONE_HOST), strict=False))
