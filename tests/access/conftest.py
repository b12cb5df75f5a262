"""The gateway with callers of every kind, in front of its stand-ins, for the whole run."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, cast

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from gateway.callers.settings import JwtSettings
from gateway.sandbox import Sandbox
from gateway.sandbox.kit.gate import Gate
from resolvers.caller import Scope
from tests.graph.conftest import Graph, opened, sandbox
from tests.operations.conftest import signed_in

__all__ = ["sandbox"]

SECRET = "a-secret-of-more-than-thirty-two-bytes"
ALL = " ".join(Scope)
TOKENS = JwtSettings.model_validate(
    {
        "issuer": "https://issuer.example/",
        "audience": "manifold",
        "algorithms": ["HS256"],
        "key": SECRET,
    }
)


def token(scopes: str, name: str = "ann") -> str:
    """Issue a token with these scopes, with spaces in between."""
    claims = {
        "iss": TOKENS.issuer,
        "aud": TOKENS.audience,
        "sub": name,
        "exp": int(time.time()) + 3600,
        "scope": scopes,
    }
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


@dataclass(frozen=True)
class Door:
    """Asks the gateway as any caller, and looks at what the stand-ins received."""

    graph: Graph

    async def ask(
        self,
        scopes: str,
        document: str,
        variables: dict[str, Any] | None = None,
        *,
        name: str = "ann",
        **headers: str,
    ) -> dict[str, Any]:
        """Run a document as a caller with these scopes, and give its whole answer."""
        sent = {"Authorization": f"Bearer {token(scopes, name)}", **headers}
        body = {"query": document, "variables": variables or {}}
        response = await self.graph.gateway.post("/graphql", json=body, headers=sent)
        return response.json()

    async def data(
        self, document: str, variables: dict[str, Any] | None = None, scopes: str = ALL
    ) -> dict[str, Any]:
        """Run a document that has to go well, and give its data."""
        answer = await self.ask(scopes, document, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def calls(self) -> list[tuple[str, str, str]]:
        """Tell what the stand-ins received: platform, method and path."""
        return [
            (one.platform.upper(), call["method"], call["path"])
            for one in self.graph.sandbox.stand_ins
            for call in cast("Gate", one.app).calls.listed()
        ]

    def forget_calls(self) -> None:
        """Let every stand-in forget what it received."""
        for one in self.graph.sandbox.stand_ins:
            cast("Gate", one.app).calls.clear()

    def renew(self, platforms: Iterable[str] | None = None) -> None:
        """Let stand-ins be as new; all where none is named."""
        wanted = None if platforms is None else set(platforms)
        for one in self.graph.sandbox.stand_ins:
            if wanted is None or one.platform in wanted:
                one.reset()


Opener = Callable[[str, str | None], Awaitable[Door]]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """One event loop for the whole run, since the gateway lasts as long."""
    return "asyncio"


@pytest.fixture(scope="session")
async def door_of(anyio_backend: str, sandbox: Sandbox) -> AsyncGenerator[Opener]:
    """Opens a gateway with the named credentials of a platform, once for all who ask."""
    del anyio_backend
    doors: dict[tuple[str, str] | None, Door] = {}
    async with AsyncExitStack() as stack:

        async def open_once(platform: str, credentials: str | None) -> Door:
            key = None if credentials is None else (platform, credentials)
            if key not in doors:
                settings = signed_in(sandbox, platform, credentials)
                settings = settings.model_copy(update={"jwt": TOKENS})
                doors[key] = Door(await stack.enter_async_context(opened(sandbox, settings)))
            return doors[key]

        yield open_once


@pytest.fixture
async def door(door_of: Opener) -> Door:
    """The gateway over stand-ins that are as new."""
    found = await door_of("clinked", None)
    found.renew()
    return found
