"""How a platform's certificate is verified, the same on every wire."""

import ssl
from functools import cache

import httpx


@cache
def verification() -> ssl.SSLContext:
    """Give the context of this process; to read all certificates takes longer than many a call."""
    context = httpx.create_ssl_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
