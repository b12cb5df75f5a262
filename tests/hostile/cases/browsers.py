"""What a page somewhere else can make its visitor's browser send."""

from urllib.parse import quote

from tests.hostile.case import Case
from tests.hostile.writing import GOOD, got, posted, request

ALLOWED = "https://app.example.com"
"""The only origin whose pages may ask."""

_DENIED = "FORBIDDEN"
_BODY = b'{"query": "{ __typename }"}'
_QUERY = f"query={quote(GOOD)}"
_LIKE = (
    "null",
    "https://app.example.com.evil.org",
    "https://evilapp.example.com",
    "https://app.example.com:8443",
    "http://app.example.com",
    "https://APP.example.com",
    "https://app.example.com.",
    "https://app.example.com/",
    "https://app.example.com@evil.org",
    "https://evil.org/https://app.example.com",
    "https://example.com",
    "https://app_example.com",
    "https://app.example.com%60.evil.org",
    "https://\xe0pp.example.com",
    "http://127.0.0.1:3000",
    "http://localhost",
    "file://",
    "chrome-extension://aaaabbbbccccdddd",
    "*",
    "",
)


def _post(origin: str) -> Case:
    name = f"a page of {origin or 'nowhere'} posts"
    return Case(name, posted(_BODY, Origin=origin), 403, _DENIED)


def _preflight(origin: str, method: str = "POST", headers: str = "content-type") -> bytes:
    told = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": headers,
        "Authorization": None,
        "Content-Type": None,
    }
    return request(method="OPTIONS", headers=told)


ORIGINS = [
    *(_post(origin) for origin in _LIKE),
    *(
        Case(
            f"a page of {origin or 'nowhere'} asks whether it may post",
            _preflight(origin),
            400,
            None,
        )
        for origin in _LIKE
    ),
    Case("an allowed page asks for a method that is not", _preflight(ALLOWED, "DELETE"), 400, None),
    Case(
        "an allowed page asks for a header that is not",
        _preflight(ALLOWED, headers="x-evil"),
        400,
        None,
    ),
    Case(
        "a request has two origins, the allowed one first",
        request(_BODY, headers={"Origin": ALLOWED}, lines=["Origin: https://evil.org"]),
        403,
        _DENIED,
    ),
    Case(
        "a request has two origins, the allowed one last",
        request(_BODY, headers={"Origin": "https://evil.org"}, lines=[f"Origin: {ALLOWED}"]),
        403,
        _DENIED,
    ),
    Case(
        "a page says by another header that it is allowed",
        posted(_BODY, Origin="https://evil.org", Referer=ALLOWED, X_Origin=ALLOWED),
        403,
        _DENIED,
    ),
]

_IMAGE = "image/avif,image/webp,image/apng,image/*,*/*;q=0.8"
_PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def _loaded(name: str, mode: str, dest: str, accept: str = "*/*") -> Case:
    """Ask as a browser does for a page elsewhere, with the cookie of its user."""
    told = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": mode,
        "Sec-Fetch-Dest": dest,
        "Accept": accept,
        "Cookie": "session=stolen-cookie-of-a-user",
        "Authorization": None,
    }
    return Case(name, got(_QUERY, told), 403, _DENIED)


def _old(name: str, accept: str, **headers: str) -> Case:
    """Ask as a browser does that does not say how it fetches."""
    told = {"Accept": accept, "Cookie": "session=stolen-cookie-of-a-user", "Authorization": None}
    return Case(name, got(_QUERY, {**told, **headers}), 401, "UNAUTHENTICATED")


_FORM = {"Content-Type": "text/plain", "Authorization": None, "Sec-Fetch-Site": "cross-site"}

LOADED = [
    _loaded("a page elsewhere has an image of the gateway", "no-cors", "image", _IMAGE),
    _loaded("a page elsewhere has a script of the gateway", "no-cors", "script"),
    _loaded(
        "a page elsewhere has a style sheet of the gateway",
        "no-cors",
        "style",
        "text/css,*/*;q=0.1",
    ),
    _loaded("a page elsewhere has a frame of the gateway", "navigate", "iframe", _PAGE),
    _loaded("a page elsewhere has an object of the gateway", "navigate", "object", _PAGE),
    _loaded("a page elsewhere leads to the gateway", "navigate", "document", _PAGE),
    _loaded("a page elsewhere fetches from the gateway", "cors", "empty"),
    _loaded("a page elsewhere fetches without asking first", "no-cors", "empty"),
    _old("an old browser loads the gateway as an image", "image/*,*/*;q=0.8"),
    _old("an old browser loads the gateway as a page", _PAGE),
    Case(
        "a sister page fetches from the gateway",
        got(_QUERY, {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}),
        403,
        _DENIED,
    ),
    Case("a form elsewhere posts JSON as text", request(_BODY, headers=_FORM), 403, _DENIED),
    Case(
        "a form elsewhere posts without saying where it is",
        request(_BODY, headers={**_FORM, "Origin": "null"}),
        403,
        _DENIED,
    ),
    Case(
        "a form of an old browser posts JSON as text",
        request(_BODY, headers={**_FORM, "Sec-Fetch-Site": None}),
        401,
        "UNAUTHENTICATED",
    ),
]


def _socket(name: str, target: str, status: int, code: str | None, **more: str | None) -> Case:
    """Ask to go on as a WebSocket: whatever else is answered, 101 is not."""
    told = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol": "graphql-transport-ws, graphql-ws",
        "Content-Type": None,
        **more,
    }
    return Case(name, request(method="GET", target=target, headers=told), status, code)


SOCKETS = [
    _socket("a socket is asked for", "/graphql", 400, "BAD_USER_INPUT"),
    _socket(
        "a page elsewhere asks for a socket", "/graphql", 403, _DENIED, Origin="https://evil.org"
    ),
    _socket("a page of nowhere asks for a socket", "/graphql", 403, _DENIED, Origin="null"),
    _socket(
        "a socket is asked for without a key",
        "/graphql",
        401,
        "UNAUTHENTICATED",
        Authorization=None,
    ),
    _socket("a socket is asked for at the root", "/", 404, None),
    _socket("a socket is asked for at another place", "/subscriptions", 404, None),
    _socket("another protocol is asked for", "/graphql", 400, "BAD_USER_INPUT", Upgrade="h2c"),
]

CASES = [*ORIGINS, *LOADED, *SOCKETS]
