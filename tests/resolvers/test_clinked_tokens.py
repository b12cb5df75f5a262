"""How Clinked's tokens are renewed, with a token service that answers what a test wants."""

import json
from urllib.parse import parse_qs, urlsplit

from pydantic import HttpUrl, SecretStr

from resolvers.platforms.clinked import Clinked
from resolvers.upstream.tokens import NoVault
from resolvers.upstream.wire import Request
from resolvers.upstream.wires import open_wire
from tests.resolvers.upstream.hand_clock import HandClock
from tests.resolvers.wild_server import Act, answer, wild_server


def token(**more: str) -> Act:
    """Answer with a token that lasts half an hour."""
    return answer(200, json.dumps({"access_token": "one", **more}).encode())


async def test_a_refresh_token_is_kept_where_none_comes_with_the_next_token() -> None:
    """It still holds then (RFC 6749, 6), and a second factor is not asked for twice."""
    clock, wire = HandClock(), open_wire()
    async with wild_server(listening=True) as server:
        server.will(token(refresh_token="first"), then=token())
        user = Clinked(
            base_url=HttpUrl(server.url),
            username="ada",
            password=SecretStr("p"),
            code=SecretStr("2"),
        )
        signer = user.signer(wire, clock, NoVault())
        for _ in range(3):
            await signer.sign(Request("GET", server.url))
            clock.turn(1800)
        await signer.close()
        await wire.close()

    asked = [parse_qs(urlsplit(target).query) for target in server.paths]
    grants = [(one["grant_type"], one.get("refresh_token")) for one in asked]
    renewed = (["refresh_token"], ["first"])
    assert grants == [(["password"], None), renewed, renewed]
