"""By which names the gateway answers."""

import httpx
import pytest

from tests.gateway.http.asking import ANSWERED, ASKED, asking, code

HOSTS = ("gateway.example.com", "*.internal", "[::1]", "10.0.0.7")
WATCHED = ("/healthz", "/readyz", "/metrics")


async def status(client: httpx.AsyncClient, path: str, *hosts: str) -> int:
    """Ask by these names."""
    return (await client.get(path, headers=[("Host", host) for host in hosts])).status_code


@pytest.mark.parametrize(
    "host",
    [
        "gateway.example.com",
        "gateway.example.com:8443",
        "Gateway.Example.COM",
        "a.internal",
        "a.b.internal:80",
        "[::1]:8000",
        "10.0.0.7",
    ],
)
async def test_a_name_of_the_list_is_answered(host: str) -> None:
    """On whatever port."""
    async with asking(hosts=HOSTS) as client:
        answer = await client.post("/graphql", json=ASKED, headers={"Host": host})

    assert answer.json() == ANSWERED


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "gateway.example.com.evil.example",
        "www.gateway.example.com",
        "evilgateway.example.com",
        "gateway.example.com.",
        "internal",
        "evilinternal",
        "10.0.0.8",
        "[::2]",
    ],
)
async def test_any_other_name_is_refused(host: str) -> None:
    """A page that has its own name lead here would be the gateway's own to a browser."""
    async with asking(hosts=HOSTS) as client:
        refused = await client.post("/graphql", json=ASKED, headers={"Host": host})
        watched = [await status(client, path, host) for path in ("/", "/other", "/sandbox")]

    assert refused.status_code == 421
    assert code(refused) == "BAD_USER_INPUT"
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert "location" not in refused.headers
    assert watched == [421, 421, 421]


@pytest.mark.parametrize(
    "host",
    [
        "",
        "gateway.example.com:80:80",
        "gateway.example.com:port",
        "gateway.example.com@evil.example",
        "evil.example/gateway.example.com",
        "evil.example#gateway.example.com",
        "gateway.example.com evil.example",
        "::1",
        "*.internal",
    ],
)
async def test_what_is_no_name_is_refused(host: str) -> None:
    """It may be read in two ways."""
    async with asking(hosts=HOSTS) as client:
        refused = await client.post("/graphql", json=ASKED, headers={"Host": host})

    assert refused.status_code == 400
    assert code(refused) == "BAD_USER_INPUT"


async def test_a_request_by_two_names_is_by_none() -> None:
    """What stands in front may have looked at the other one."""
    async with asking(hosts=HOSTS) as client:
        assert await status(client, "/readyz", HOSTS[0]) == 200
        assert await status(client, "/readyz", HOSTS[0], "evil.example") == 400
        assert await status(client, "/readyz", HOSTS[0], HOSTS[0]) == 400


@pytest.mark.parametrize("path", WATCHED)
async def test_what_watches_the_gateway_may_use_its_address(path: str) -> None:
    """A kubelet and Prometheus know no other name; that of a page is never an address."""
    async with asking(hosts=HOSTS) as client:
        for host in ("10.1.2.3:8000", "[fd00::7]:8000", "10.1.2.3", "gateway.example.com"):
            assert await status(client, path, host) == 200
        for host in ("evil.example", "10.1.2.3.evil.example", "10.1.2"):
            assert await status(client, path, host) == 421


async def test_by_default_any_name_is_answered(client: httpx.AsyncClient) -> None:
    """Only whoever runs it knows its names."""
    answer = await client.post("/graphql", json=ASKED, headers={"Host": "whatever.example"})

    assert answer.json() == ANSWERED
