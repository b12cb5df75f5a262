"""What pages make browsers send, and which of it is let in."""

import httpx
import pytest
from starlette.types import Message

from gateway.http.incoming import Incoming
from gateway.http.origins import check_origin, check_simple
from gateway.http.refusal import Refusal
from tests.gateway.http.asking import ANSWERED, ASKED, asking, code

APP = "https://app.example.com"
ALLOWED = frozenset({APP, "http://localhost:5173"})
IMAGE = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


async def nothing() -> Message:
    """Send no body."""
    return {"type": "http.request"}


def request(*headers: tuple[str, str], host: str = "gateway.example.com") -> Incoming:
    """Make a request with these headers."""
    given = [("host", host), *headers]
    written = [(name.lower().encode(), value.encode()) for name, value in given]
    return Incoming({"method": "POST", "headers": written}, nothing)


def is_let_in(asked: Incoming) -> bool:
    """Tell whether its origin may ask."""
    try:
        check_origin(asked, ALLOWED)
    except Refusal as refusal:
        return refusal.status != 403
    return True


@pytest.mark.parametrize("origin", sorted(ALLOWED))
@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_pages_of_the_list_are_let_in(origin: str, site: str | None) -> None:
    """Wherever they are."""
    told = [] if site is None else [("Sec-Fetch-Site", site)]

    assert is_let_in(request(("Origin", origin), *told))


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://evil.example",
        "https://app.example.com.evil.example",
        "https://evilapp.example.com",
        "https://app-example.com",
        "https://app.example.com:8443",
        "https://app.example.com.",
        "http://app.example.com",
        "https://APP.example.com",
        "https://example.com",
        "https://app.example.com, https://evil.example",
        "https://app.example.com@evil.example",
        "https://evil.example#https://app.example.com",
        "file://",
        "chrome-extension://app.example.com",
        "https://gateway.example.com:8443",
        "https://gateway.example.com.evil.example",
        "https://gateway.example.com:port",
        "ftp://gateway.example.com",
        "gateway.example.com",
        "https://[gateway.example.com",
    ],
)
def test_pages_of_no_other_origin_are_let_in(origin: str) -> None:
    """However much theirs is like one that is."""
    assert not is_let_in(request(("Origin", origin)))
    assert not is_let_in(request(("Origin", origin), ("Sec-Fetch-Site", "cross-site")))
    assert not is_let_in(request(("Origin", APP), ("Origin", origin)))


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://gateway.example.com", "gateway.example.com"),
        ("https://gateway.example.com", "gateway.example.com:443"),
        ("https://gateway.example.com:443", "gateway.example.com"),
        ("https://gateway.example.com", "Gateway.Example.com"),
        ("http://gateway.example.com", "gateway.example.com:80"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://[::1]:8000", "[::1]:8000"),
    ],
)
def test_the_gateways_own_pages_are_let_in(origin: str, host: str) -> None:
    """Those of GraphiQL; a proxy in front may have ended TLS."""
    assert is_let_in(request(("Origin", origin), host=host))


def test_a_browser_knows_best_which_pages_are_the_gateways_own() -> None:
    """A proxy may have changed the name by which it is asked; a page cannot make this header up."""
    told = ("Origin", "https://graph.example.com"), ("Sec-Fetch-Site", "same-origin")

    assert is_let_in(request(*told, host="manifold:8000"))
    assert not is_let_in(request(told[0], host="manifold:8000"))


@pytest.mark.parametrize(
    ("site", "let_in"),
    [
        (None, True),
        ("none", True),
        ("same-origin", True),
        ("same-site", False),
        ("cross-site", False),
    ],
)
def test_without_an_origin_the_site_counts(site: str | None, let_in: bool) -> None:
    """A GET that a page elsewhere causes has none; nor has one from no browser at all."""
    told = [] if site is None else [("Sec-Fetch-Site", site)]

    assert is_let_in(request(*told)) is let_in


def is_run(*headers: tuple[str, str]) -> bool:
    """Tell whether a GET is run."""
    try:
        check_simple(request(*headers))
    except Refusal as refusal:
        return refusal.status != 403
    return True


@pytest.mark.parametrize(
    "headers",
    [
        [("Accept", IMAGE)],
        [("Accept", PAGE)],
        [("Accept", "text/css,*/*;q=0.1")],
        [("Accept", "*/*"), ("Sec-Fetch-Mode", "no-cors")],
        [("Accept", "application/json"), ("Sec-Fetch-Mode", "no-cors")],
        [("Accept", "*/*"), ("Sec-Fetch-Mode", "navigate")],
        [("Accept", "*/*"), ("Sec-Fetch-Mode", "websocket")],
        [("Accept", "*/*"), ("Cookie", "session=1")],
        [("Accept", IMAGE), ("Authorization", "Basic dTpw")],
        [("Accept", PAGE), ("Authorization", "Negotiate abc")],
        [("Accept", PAGE), ("Authorization", "Bearer")],
    ],
)
def test_a_get_that_a_page_elsewhere_can_cause_is_not_run(headers: list[tuple[str, str]]) -> None:
    """As an image, a script, a frame, a form or a link; with it goes what a browser knows."""
    assert not is_run(*headers)


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("Accept", "*/*")],
        [("Accept", "application/graphql-response+json, application/json;q=0.9")],
        [("Accept", "*/*"), ("Sec-Fetch-Mode", "cors")],
        [("Accept", "*/*"), ("Sec-Fetch-Mode", "same-origin"), ("Cookie", "session=1")],
        [("Accept", PAGE), ("Authorization", "bearer mfk_x")],
        [("Accept", IMAGE), ("GraphQL-Require-Preflight", "1")],
        [("Accept", PAGE), ("Sec-Fetch-Mode", "no-cors"), ("Apollo-Require-Preflight", "1")],
    ],
)
def test_a_get_of_a_client_is_run(headers: list[tuple[str, str]]) -> None:
    """Of a script, which a browser has asked about first, or of a program."""
    assert is_run(*headers)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_comes_from_elsewhere_is_told_so(client: httpx.AsyncClient, method: str) -> None:
    """Before anything of it is read."""
    headers = {"Origin": "https://evil.example"}
    refused = await client.request(method, "/graphql", headers=headers, content=b"nonsense")

    assert refused.status_code == 403
    assert code(refused) == "FORBIDDEN"


async def test_a_browsers_own_get_is_told_how_to_be_run(client: httpx.AsyncClient) -> None:
    """Somebody may have opened the address to see what is there."""
    address = "/graphql?query={__typename}"
    refused = await client.get(address, headers={"Accept": PAGE})
    preflighted = {"Accept": PAGE, "GraphQL-Require-Preflight": "1"}
    run = await client.get(address, headers=preflighted)

    assert refused.status_code == 403
    assert "GraphQL-Require-Preflight" in refused.json()["errors"][0]["message"]
    assert run.json() == ANSWERED


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "text/plain; application/json",
        None,
    ],
)
async def test_what_a_form_can_post_is_refused(
    client: httpx.AsyncClient, content_type: str | None
) -> None:
    """Even if it is JSON, and its page is not known."""
    headers = {} if content_type is None else {"Content-Type": content_type}
    refused = await client.post("/graphql", content=b'{"query":"{a}"}', headers=headers)

    assert refused.status_code == 415
    assert code(refused) == "BAD_USER_INPUT"


async def test_a_key_does_not_open_a_page_that_is_kept_away() -> None:
    """A page that has got hold of a key is as foreign as any other."""
    async with asking(origins=[APP]) as client:
        for origin, status in ((APP, 200), ("https://evil.example", 403)):
            headers = {"Origin": origin, "Authorization": "Bearer x"}
            answer = await client.post("/graphql", json=ASKED, headers=headers)
            assert answer.status_code == status
