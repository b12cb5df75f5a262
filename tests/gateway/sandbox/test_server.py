"""The sandbox starts, tells where it is, stops, and leaves nothing behind."""

import socket
from typing import Any

import httpx
import pytest

from gateway.sandbox import Sandbox, StandIn

pytestmark = pytest.mark.anyio


async def test_a_sandbox_stops_and_can_start_again() -> None:
    """A second start is as good as the first."""
    sandbox = Sandbox()
    async with sandbox:
        first = sandbox.url("codat")
    with pytest.raises(KeyError):
        sandbox.url("codat")
    async with sandbox, httpx.AsyncClient() as client:
        again = await client.get(f"{sandbox.url('codat')}/__calls")

    assert (again.status_code, again.json()) == (200, [])
    assert first.startswith("http://127.0.0.1:")


async def test_a_port_may_be_chosen() -> None:
    """A platform that was given a port listens there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with Sandbox(ports={"kondado": port}) as sandbox:
        assert sandbox.url("kondado") == f"http://127.0.0.1:{port}"


async def test_a_port_in_use_ends_the_start_cleanly() -> None:
    """Where a port is taken the start fails and every other stand-in is closed again."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        sandbox = Sandbox(ports={"kondado": taken.getsockname()[1]})
        with pytest.raises(OSError, match="use"):
            await sandbox.start()


async def test_every_connection_is_described(described: dict[str, dict[str, Any]]) -> None:
    """The description has six connections with credentials under the gateway's names."""
    names = {name: sorted(one["credentials"]) for name, one in described.items()}

    assert names == {
        "clinked": ["client_id", "client_secret"],
        "codat": ["api_key"],
        "conduit-north": ["link_app_token"],
        "conduit-south": ["link_app_token"],
        "kondado": ["key", "token"],
        "leadconduit": ["api_key"],
    }


async def test_every_secret_names_the_sandbox(described: dict[str, dict[str, Any]]) -> None:
    """A secret of the sandbox can be told from a real one."""
    secrets = [text for one in described.values() for text in one["credentials"].values()]

    assert all(text.startswith("sandbox-") for text in secrets)


async def test_two_sandboxes_share_no_state(north: httpx.AsyncClient) -> None:
    """What is made in one sandbox does not show in another of the same process."""
    async with Sandbox() as other, httpx.AsyncClient(base_url=other.url("conduit")) as client:
        await north.post("/link/company/", json={"id": "ONLYHERE"})
        path, headers = "/link/company/ONLYHERE/", north.headers
        there = await client.get(path, headers={"Authorization": headers["Authorization"]})

    assert there.status_code == 404


async def test_a_stand_in_knows_its_platform(sandbox: Sandbox) -> None:
    """The stand-ins are those of the five platforms."""
    assert all(isinstance(one, StandIn) for one in sandbox.stand_ins)
    assert [one.platform for one in sandbox.stand_ins] == [
        "clinked",
        "codat",
        "conduit",
        "kondado",
        "leadconduit",
    ]
