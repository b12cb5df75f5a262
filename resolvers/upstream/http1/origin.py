"""Where requests go: a scheme, a host and a port."""

import httpx

from resolvers.upstream.http1.head import Heads

_USUAL_PORTS = {"http": 80, "https": 443}


class Origin:
    """One server that is spoken to, and how a request to it begins."""

    __slots__ = ("heads", "host", "is_tls", "port")

    def __init__(self, url: httpx.URL) -> None:
        """Take the server of a URL of `http` or `https`."""
        self.host = url.raw_host.decode("ascii")
        self.port = url.port or _USUAL_PORTS[url.scheme]
        self.is_tls = url.scheme == "https"
        self.heads = Heads(url.netloc.decode("ascii"))


def origin_of(url: str) -> Origin | None:
    """Give the origin that is all of a URL; None where there is more to it, or none."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError):
        return None
    is_all = parsed.raw_path == b"/" and not (parsed.userinfo or parsed.fragment)
    is_known = parsed.scheme in _USUAL_PORTS and parsed.raw_host
    return Origin(parsed) if is_all and is_known else None
