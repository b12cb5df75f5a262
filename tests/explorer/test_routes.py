"""What GraphiQL is made of, and how it is answered."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from gateway.explorer import routes
from gateway.explorer.assets import FOLDER, Assets
from gateway.settings import Given
from schema.build import build
from tests.explorer.browser import need_page

CONNECTIONS = {"books": {"platform": "codat", "api_key": "k"}}
PATHS = ("/", "/graphiql/config.json", "/graphiql/schema.graphql")


def client(*, graphiql: bool = True, sandbox: bool = True) -> httpx.AsyncClient:
    """Make a client of GraphiQL's routes alone."""
    settings = Given(connections=CONNECTIONS, graphiql=graphiql, introspection=graphiql)  # pyright: ignore[reportArgumentType]
    transport = httpx.ASGITransport(Starlette(routes=routes(settings, sandbox=sandbox)))
    return httpx.AsyncClient(transport=transport, base_url="http://gateway")


@pytest.fixture
async def asked() -> AsyncGenerator[httpx.AsyncClient]:
    """A client of a sandbox's GraphiQL."""
    async with client() as asked:
        yield asked


@pytest.mark.parametrize("path", PATHS)
async def test_nothing_of_it_is_there_where_it_is_off(path: str) -> None:
    """The schema least of all, which may be meant for nobody."""
    async with client(graphiql=False) as asked:
        answer = await asked.get(path)

    assert answer.status_code == 404


@pytest.mark.parametrize("path", PATHS)
async def test_everything_has_a_strict_policy(asked: httpx.AsyncClient, path: str) -> None:
    """No script but the page's own files, no other host, and nobody's frame."""
    answer = await asked.get(path)
    policy = dict(
        directive.strip().split(" ", 1)
        for directive in answer.headers["content-security-policy"].split(";")
    )

    assert answer.headers["x-content-type-options"] == "nosniff"
    assert policy.pop("style-src") == "'self' 'unsafe-inline'"
    assert policy.pop("img-src") == "'self' data:"
    assert {name for name, value in policy.items() if value == "'self'"} == {
        "script-src",
        "worker-src",
        "connect-src",
        "font-src",
    }
    assert {name for name, value in policy.items() if value == "'none'"} == {
        "default-src",
        "base-uri",
        "form-action",
        "frame-ancestors",
    }


@pytest.mark.parametrize("path", PATHS)
async def test_what_a_browser_has_is_not_sent_again(asked: httpx.AsyncClient, path: str) -> None:
    """As long as it is the same."""
    tag = (await asked.get(path)).headers["etag"]
    same = await asked.get(path, headers={"If-None-Match": tag})
    other = await asked.get(path, headers={"If-None-Match": '"another"'})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200


async def test_every_file_has_its_own_type_and_is_kept_for_ever(asked: httpx.AsyncClient) -> None:
    """Its name changes with what is in it; a browser that is told not to guess needs the type."""
    need_page()
    page = (await asked.get("/")).text
    types: dict[str, str] = {}
    for path in re.findall(r'"(/graphiql/[^"]+)"', page):
        answer = await asked.get(path)
        assert answer.status_code == 200, path
        assert "immutable" in answer.headers["cache-control"]
        assert "content-security-policy" in answer.headers
        types[Path(path).suffix] = answer.headers["content-type"]

    assert types == {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
    }


async def test_no_file_is_fetched_from_anywhere_else() -> None:
    """Neither by the page nor by its style sheets."""
    need_page()
    texts = [path.read_text() for path in FOLDER.iterdir() if path.suffix in {".css", ".html"}]

    assert texts
    assert not [
        text for text in texts if re.search(r"""(url\(|src=|href=)["']?(https?:)?//""", text)
    ]


@pytest.mark.parametrize("name", ["index.html", "..%2froutes.py", "%2e%2e/routes.py", "nothing.js"])
async def test_no_other_file_is_served(asked: httpx.AsyncClient, name: str) -> None:
    """Whatever the path says."""
    assert (await asked.get(f"/graphiql/{name}")).status_code == 404


async def test_the_schema_is_as_it_is_printed(asked: httpx.AsyncClient) -> None:
    """With the directives that introspection leaves out."""
    answer = await asked.get("/graphiql/schema.graphql")

    assert answer.text == build().as_str()
    assert "@upstream(" in answer.text


async def test_the_key_is_the_sandboxs_alone(asked: httpx.AsyncClient) -> None:
    """Elsewhere it would open nothing."""
    async with client(sandbox=False) as elsewhere:
        config = (await elsewhere.get("/graphiql/config.json")).json()

    assert config["headers"] is None
    assert "Bearer" in (await asked.get("/graphiql/config.json")).json()["headers"]


def test_a_gateway_without_it_says_how_to_build_it(tmp_path: Path) -> None:
    """It runs all the same."""
    assert "make graphiql" in Assets(tmp_path).page()
