"""Whose address counts, where proxies stand in between and headers may be made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.address import client_address

PEER = "192.0.2.1"
CLIENT = "198.51.100.7"


def scope(*lines: str, peer: str | None = PEER) -> dict[str, object]:
    """Make a request with these header lines, as a server describes it."""
    headers = [(b"x-forwarded-for", line.encode("latin-1")) for line in lines]
    client = None if peer is None else (peer, 4711)
    return {"type": "http", "client": client, "headers": [(b"host", b"gateway"), *headers]}


@pytest.mark.parametrize(
    ("hops", "lines", "expected"),
    [
        (0, [], PEER),
        (0, [CLIENT], PEER),
        (1, [CLIENT], CLIENT),
        (1, [f"203.0.113.1, {CLIENT}"], CLIENT),
        (1, ["203.0.113.1", CLIENT], CLIENT),
        (2, [f"{CLIENT}, 203.0.113.1"], CLIENT),
        (2, [f"203.0.113.9, {CLIENT},203.0.113.1"], CLIENT),
        (2, ["203.0.113.9", f"{CLIENT} ,\t203.0.113.1"], CLIENT),
        (3, [f"{CLIENT}, 203.0.113.2", "203.0.113.1"], CLIENT),
    ],
)
def test_the_entry_that_the_outermost_trusted_proxy_wrote_counts(
    hops: int, lines: list[str], expected: str
) -> None:
    """Counted from the right, over all lines of the header."""
    assert client_address(scope(*lines), hops) == expected


@pytest.mark.parametrize(
    ("hops", "lines"),
    [
        (1, []),
        (1, [""]),
        (2, [CLIENT]),
        (2, [f"{CLIENT}"]),
        (10, [", ".join([CLIENT] * 9)]),
        (2, [f",{CLIENT}"]),
        (1, [f"{CLIENT},"]),
    ],
)
def test_where_there_is_no_such_entry_the_socket_counts(hops: int, lines: list[str]) -> None:
    """A request that came by fewer proxies than there are has not come by them."""
    assert client_address(scope(*lines), hops) == PEER


@pytest.mark.parametrize(
    "entry",
    [
        "unknown",
        "_hidden",
        "client.example.com",
        "198.51.100.256",
        "198.51.100",
        "198.51.100.007",
        "3325256711",
        "0x7f000001",
        "198.51.100.7:",
        "198.51.100.7:port",
        "198.51.100.7:123456",
        "198.51.100.7/32",
        "198.51.100.7 198.51.100.8",
        '"198.51.100.7"',
        "for=198.51.100.7",
        "[2001:db8::7",
        "[2001:db8::7]x",
        "2001:db8::7]",
        "[]",
        "[]:80",
        "2001:db8::7::1",
        "\xb9.2.3.4",
        "198.51.100.7\x00",
        "9" * 10_000,
    ],
)
def test_what_is_no_address_is_not_believed(entry: str) -> None:
    """It would be a caller of its own, and another one each time."""
    assert client_address(scope(entry), 1) == PEER


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (f"{CLIENT}:4711", CLIENT),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::6]", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::6]:4711", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        (f"::ffff:{CLIENT}", CLIENT),
        ("::ffff:c633:6407", CLIENT),
        (f"[::ffff:{CLIENT}]:4711", CLIENT),
    ],
)
def test_an_address_is_one_caller_however_it_is_written(entry: str, expected: str) -> None:
    """And so are all that one host has of IPv6, in the header and at the socket alike."""
    assert client_address(scope(entry), 1) == expected
    assert client_address(scope(peer=entry), 0) == expected


@pytest.mark.parametrize("hops", [0, 1])
def test_a_request_by_a_local_socket_has_no_address(hops: int) -> None:
    """The proxy that sends it may be trusted to name one."""
    assert client_address(scope(peer=None), hops) == "local"
    assert client_address(scope(peer=""), hops) == "local"
    assert client_address(scope(CLIENT, peer=None), 1) == CLIENT


def test_a_peer_that_is_no_address_is_taken_as_it_is() -> None:
    """A server behind another transport names it in its own way."""
    assert client_address(scope(peer="another transport"), 0) == "another transport"


def test_other_headers_about_addresses_are_not_read() -> None:
    """A proxy that writes one may let the others through."""
    asked = scope()
    asked["headers"] = [
        (b"forwarded", b"for=203.0.113.1"),
        (b"x-real-ip", b"203.0.113.1"),
        (b"client-ip", b"203.0.113.1"),
        (b"x-forwarded-for-original", b"203.0.113.1"),
    ]
    assert client_address(asked, 1) == PEER


@given(st.lists(st.text(st.characters(max_codepoint=255)), max_size=6), st.integers(1, 4))
def test_nothing_that_a_client_sends_changes_who_it_is(made_up: list[str], hops: int) -> None:
    """Whatever stands left of what the trusted proxies wrote."""
    written = [CLIENT, *(f"203.0.113.{place}" for place in range(1, hops))]

    assert client_address(scope(*made_up, *written), hops) == CLIENT
    assert client_address(scope(*made_up), 0) == PEER
