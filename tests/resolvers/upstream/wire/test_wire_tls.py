"""TLS: who is spoken to is verified, and before anything is sent."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncGenerator, Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from resolvers.upstream.native_wire import NativeWire
from resolvers.upstream.tls import verification
from resolvers.upstream.wire import Request, TooSlow, Wire, WireError
from resolvers.upstream.wires import open_wire
from tests.resolvers.upstream.wire.ways import Way
from tests.resolvers.wild_server import BOUND_SECONDS, WildServer, answer, until, wild_server


@dataclass(frozen=True)
class Secured:
    """What a server has for TLS, and what its clients are to trust."""

    context: ssl.SSLContext
    trusted: Path
    names: list[str]


def certificate(folder: Path) -> Path:
    """Make a certificate for `localhost`, signed by its own key, and write both to one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
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
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.2"))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Secured:
    """Keep the names that clients ask for."""
    file, names = certificate(tmp_path_factory.mktemp("tls")), list[str]()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    context.set_alpn_protocols(["h2", "http/1.1"])
    context.sni_callback = lambda _, name, __: names.append(name or "")
    return Secured(context, file, names)


@pytest.fixture
def trusting(secured: Secured, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Trust the certificate, as who runs a gateway may by the environment."""
    monkeypatch.setenv("SSL_CERT_FILE", str(secured.trusted))
    verification.cache_clear()
    yield
    verification.cache_clear()


@pytest.fixture
async def trusting_wire(way: Way, trusting: None) -> AsyncGenerator[Wire]:
    """A wire that trusts it."""
    del trusting
    made = open_wire(way.wire)
    yield made
    await made.close()


@pytest.fixture
async def server(secured: Secured) -> AsyncGenerator[WildServer]:
    """A platform that speaks TLS."""
    async with wild_server(tls=secured.context) as made:
        yield made


@pytest.mark.parametrize("size", [0, 100, 3_000_000])
async def test_a_platform_is_asked_by_its_name_and_over_one_socket(
    trusting_wire: Wire, server: WildServer, secured: Secured, size: int
) -> None:
    """Several platforms may be behind one address, and HTTP/2 is not what is spoken."""
    secured.names.clear()
    server.will(then=answer(body=b"x" * 300_000))
    url = server.url.replace("127.0.0.1", "localhost")
    for _ in range(4):
        response = await trusting_wire.send(Request("POST", f"{url}/", body=b"y" * size))
        assert len(response.body) == 300_000

    (writer,) = {exchange.writer for exchange in server.requests}
    assert writer.get_extra_info("ssl_object").selected_alpn_protocol() == "http/1.1"
    assert secured.names == ["localhost"]


async def test_whom_nobody_vouches_for_is_sent_nothing(wire: Wire, server: WildServer) -> None:
    """Neither the question nor the credentials."""
    url = server.url.replace("127.0.0.1", "localhost")
    with pytest.raises(WireError) as caught:
        await wire.send(Request("POST", f"{url}/", body=b"{}"))

    assert type(caught.value) is WireError
    assert not caught.value.sent
    assert caught.value.__context__ is None
    assert not server.requests


async def test_who_is_another_is_sent_nothing(trusting_wire: Wire, server: WildServer) -> None:
    """A good certificate, for another name."""
    with pytest.raises(WireError) as caught:
        await trusting_wire.send(Request("GET", f"{server.url}/"))

    assert not caught.value.sent
    assert not server.requests


async def test_who_speaks_no_tls_is_sent_nothing(wire: Wire) -> None:
    """As when a port is the wrong one."""
    heard = asyncio.get_running_loop().create_future()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.set_result(await reader.read())
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    with closing(server):
        url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/planted"
        with pytest.raises(TooSlow) as caught:
            await wire.send(Request("GET", url, timeout=0.1))
        # It has given up, and closed.
        async with asyncio.timeout(BOUND_SECONDS):
            assert b"planted" not in await heard

    assert not caught.value.sent
    assert caught.value.__context__ is None


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("turns", range(0, 30, 3))
async def test_who_leaves_while_names_are_exchanged_leaves_nothing_open(
    server: WildServer, turns: int
) -> None:
    """A connection is open before it can be used; httpx leaves such a one to the collector."""
    wire, request = NativeWire(), Request("GET", server.url.replace("127.0.0.1", "localhost"))
    leaving = asyncio.create_task(wire.send(request))
    for _ in range(turns):
        await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    assert (await wire.send(request)).status == 200
    await wire.close()
    await until(lambda: server.open == 0)
