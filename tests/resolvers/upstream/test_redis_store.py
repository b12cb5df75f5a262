"""A store on a real server: how it is reached, what it leaves behind, and how it fails."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from resolvers.upstream.budget import Quota, RateLimit, Rules
from resolvers.upstream.redis_store import PREFIX, RedisStore, StoreAway
from tests.store_server import ServerProcess, ask, free_port, keys_of

HELD = Rules((RateLimit(20, 300), RateLimit(1, 1)))
PASSWORD = "p/ss:w rd@#?"


@asynccontextmanager
async def opened(url: str) -> AsyncGenerator[RedisStore]:
    """A store that is closed in the end."""
    store = RedisStore(url)
    try:
        yield store
    finally:
        await store.close()


async def used(url: str) -> None:
    """Use a store in every way."""
    async with opened(url) as store:
        await store.check()
        await store.put("k", b"v", 60)
        await store.drop("k", b"other")
        assert await store.get("k") == b"v"
        await store.learn("b", Quota(5, time.time() + 600, 10))
        turn = await store.reserve("b", HELD, 100)
        await store.reserve("b", HELD, 100)
        await store.refund("b", turn.id or "")
        found = await store.left("b", Rules(()))
        assert found is not None
        assert found.remaining == 4


async def test_everything_is_forgotten_by_itself(store_url: str) -> None:
    """Soon after it has ended, so that a server needs no care."""
    server, prefix = store_url.split("?prefix=")
    await used(store_url)
    lasting: dict[bytes, int] = {}
    for key in keys_of(server, prefix):
        kind, lasts = key.split(b":")[3], ask(server, "PTTL", key.decode())
        assert lasts > 0
        lasting[kind] = max(lasting.get(kind, 0), lasts)

    assert set(lasting) == {b"value", b"turns", b"quota"}
    assert lasting[b"value"] <= 60_000
    assert 300_000 < lasting[b"turns"] <= 400_000
    assert 500_000 < lasting[b"quota"] <= 700_000


async def test_moments_keep_their_microseconds(store_url: str) -> None:
    """Rounded ones would give turns too early, which Lua does with large numbers by itself."""
    server, prefix = store_url.split("?prefix=")
    async with opened(store_url) as store:
        for _ in range(10):
            await store.reserve("b", Rules((RateLimit(20, 300),)), 0)
    turns = ask(server, "ZRANGE", f"{PREFIX}{prefix}:turns:b", 0, -1, "WITHSCORES")

    assert len(turns) == 10
    assert any(round(moment) % 100 for _, moment in turns)


async def test_turns_that_no_limit_counts_any_more_are_forgotten(store_url: str) -> None:
    """A log that is in use never ends as a whole."""
    server, prefix = store_url.split("?prefix=")
    held, turns = Rules((RateLimit(1, 1),)), 0
    async with opened(store_url) as store, asyncio.timeout(30):
        while turns < 3:
            turns += (await store.reserve("b", held, 0)).id is not None
            await asyncio.sleep(0.01)

    assert ask(server, "ZCARD", f"{PREFIX}{prefix}:turns:b") == 1


async def test_a_server_that_was_started_anew_is_given_the_scripts_again(
    own_server: ServerProcess,
) -> None:
    """It keeps them in memory alone."""
    async with opened(own_server.url) as store:
        before = await store.reserve("b", HELD, 0)
        own_server.ask("SCRIPT", "FLUSH")
        after = await store.reserve("b", HELD, 0)

    assert before.id is not None
    assert after.id is None


async def test_a_connection_that_the_server_closed_is_opened_again(
    own_server: ServerProcess,
) -> None:
    """Servers close those that were idle for long; it is noticed at the latest by its next use."""
    async with opened(own_server.url) as store:
        await store.put("k", b"v", 60)
        own_server.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        with contextlib.suppress(StoreAway):
            await store.get("k")

        assert await store.get("k") == b"v"


async def test_a_password_may_have_any_characters(tmp_path: Path) -> None:
    """Percent-encoded in the address; it is in no text about the store."""
    server = ServerProcess(tmp_path, password=PASSWORD).start()
    try:
        await used(server.url)
        assert RedisStore(server.url).shown == f"redis://127.0.0.1:{server.port}"
        with pytest.raises(StoreAway) as caught:
            await used(f"redis://:wrong-password@127.0.0.1:{server.port}")
        assert str(caught.value) == "AuthenticationError"
    finally:
        server.kill()


async def test_a_store_can_be_one_of_a_servers_databases(own_server: ServerProcess) -> None:
    """Each is apart from the others."""
    async with opened(f"{own_server.url}/3") as third, opened(own_server.url) as first:
        await third.put("k", b"v", 60)

        assert await first.get("k") is None
        assert await third.get("k") == b"v"


async def test_stores_with_prefixes_share_nothing(store_url: str) -> None:
    """Two gateways of which each has its own may have one server."""
    async with opened(store_url) as one, opened(f"{store_url}:two") as other:
        await one.put("k", b"v", 60)
        await one.reserve("b", HELD, 0)

        assert await other.get("k") is None
        assert (await other.reserve("b", HELD, 0)).id is not None


async def test_a_store_can_be_a_socket_of_this_machine(tmp_path: Path) -> None:
    """Without a network between."""
    path = tmp_path / "store.sock"
    server = ServerProcess(tmp_path, "--unixsocket", str(path)).start()
    try:
        await used(f"unix://{path}")
    finally:
        server.kill()


async def test_a_store_can_be_reached_by_tls(tmp_path: Path) -> None:
    """And a server that cannot show a certificate that is trusted gets no word."""
    certificate, key = _certificate(tmp_path)
    port = free_port()
    server = ServerProcess(
        tmp_path,
        *("--tls-port", str(port), "--tls-auth-clients", "no"),
        *("--tls-cert-file", str(certificate), "--tls-key-file", str(key)),
    ).start()
    try:
        await used(f"rediss://127.0.0.1:{port}?ssl_ca_certs={certificate}")
        with pytest.raises(StoreAway):
            await used(f"rediss://127.0.0.1:{port}")
    finally:
        server.kill()


async def test_a_server_that_is_not_there_says_so_at_every_use(own_server: ServerProcess) -> None:
    """By one kind of error, whatever the method."""
    own_server.kill()
    async with opened(own_server.url) as store:
        for use in (
            store.get("k"),
            store.put("k", b"v", 1),
            store.drop("k"),
            store.drop("k", b"v"),
            store.reserve("b", HELD, 0),
            store.refund("b", "id"),
            store.learn("b", Quota(1, 1.0)),
            store.left("b", HELD),
            store.check(),
        ):
            with pytest.raises(StoreAway, match=r"^ConnectionError$"):
                await use


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 64])
async def test_a_host_that_cannot_be_found_is_a_store_that_is_away(host: str) -> None:
    """Also one whose name can be nobody's."""
    async with opened(f"redis://{host}") as store:
        with pytest.raises(StoreAway):
            await store.get("k")


async def test_a_server_that_only_gives_is_not_whole(own_server: ServerProcess) -> None:
    """A replica of another, and one that is full, still answer to reads."""
    async with opened(own_server.url) as store:
        own_server.ask("CONFIG", "SET", "maxmemory", "1")
        assert await store.get("k") is None
        with pytest.raises(StoreAway, match="OutOfMemoryError"):
            await store.check()

        own_server.ask("CONFIG", "SET", "maxmemory", "0")
        own_server.ask("REPLICAOF", "127.0.0.1", "1")
        with pytest.raises(StoreAway, match="ReadOnlyError"):
            await store.check()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine, which vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "store")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "store.crt", folder / "store.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths
