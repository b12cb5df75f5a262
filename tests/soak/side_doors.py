"""Reads what the stand-ins hold from themselves, past their faults, limits and logs."""

import base64
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, cast

import httpx
from starlette.types import ASGIApp

from tests.no_tls import NO_TLS
from tests.soak.shown import ACCOUNTS, OF_ACCOUNT, OF_GROUP, TOP, Held, Record, Sort

_LARGEST = {"size": "100", "pageSize": "5000"}


class SideDoors:
    """A way in for each connection, within the process of the stand-ins."""

    def __init__(self, clients: Mapping[str, httpx.AsyncClient]) -> None:
        """Take a client for each connection."""
        self._clients = clients

    async def lists(self) -> list[Held]:
        """Find every list that there is."""
        accounts = Held("clinked", "clinked", "/v3/accounts", ACCOUNTS)
        found = [accounts, *TOP]
        for account in await self.rows(accounts):
            groups, *others = _below("/v3/accounts", OF_ACCOUNT, account)
            found += [groups, *others]
            for group in await self.rows(groups):
                found += _below("/v3/groups", OF_GROUP, account, group)
        return found

    async def rows(self, held: Held) -> list[Record]:
        """Read a list to its end."""
        rows: list[Record] = []
        page, more = 1, True
        while more:
            asked = {"page": str(page), **_LARGEST}
            answer = await self._clients[held.connection].get(held.path, params=asked)
            told = answer.raise_for_status().json()
            rows += _inside(told)
            page, more = page + 1, "nextPage" in told and told["nextPage"]
        return rows


@asynccontextmanager
async def side_doors(
    doors: Mapping[str, ASGIApp], described: list[Record]
) -> AsyncGenerator[SideDoors]:
    """Open them: `doors` are the platforms' own apps, `described` tells the connections."""
    async with AsyncExitStack() as opened:
        clients = {
            one["connection"]: await opened.enter_async_context(
                httpx.AsyncClient(
                    transport=httpx.ASGITransport(doors[one["platform"]]),
                    base_url="http://platform",
                    verify=NO_TLS,
                    auth=_auth(one["platform"], one["credentials"]),
                )
            )
            for one in described
        }
        yield SideDoors(clients)


def _below(path: str, sorts: Mapping[str, tuple[Sort, ...]], *owners: Record) -> list[Held]:
    keys = tuple(str(owner["id"]) for owner in owners)
    return [
        Held("clinked", "clinked", f"{path}/{keys[-1]}/{name}", held, keys)
        for name, held in sorts.items()
    ]


def _inside(answer: Any) -> list[Record]:
    while isinstance(answer, dict):
        told = cast("Record", answer)
        answer = next(told[name] for name in ("items", "results", "data") if name in told)
    return answer


def _auth(platform: str, credentials: Mapping[str, str]) -> httpx.Auth:
    match platform:
        case "clinked":
            return _Application(credentials)
        case "codat":
            encoded = base64.b64encode(credentials["api_key"].encode()).decode()
            return _Header(f"Basic {encoded}")
        case "conduit":
            return _Header(f"Bearer {credentials['link_app_token']}")
        case "kondado":
            return _Query(credentials)
        case _:
            return httpx.BasicAuth("API", credentials["api_key"])


Flow = Generator[httpx.Request, httpx.Response, None]


class _Header(httpx.Auth):
    """Signs with a header that never changes."""

    def __init__(self, value: str) -> None:
        self._value = value

    def auth_flow(self, request: httpx.Request) -> Flow:
        """Sign a request."""
        request.headers["Authorization"] = self._value
        yield request


class _Query(httpx.Auth):
    """Signs in the query."""

    def __init__(self, credentials: Mapping[str, str]) -> None:
        self._credentials = credentials

    def auth_flow(self, request: httpx.Request) -> Flow:
        """Sign a request."""
        request.url = request.url.copy_merge_params(self._credentials)
        yield request


class _Application(httpx.Auth):
    """Signs with a token, which is fetched anew when it is refused."""

    requires_response_body = True

    def __init__(self, credentials: Mapping[str, str]) -> None:
        self._grant = {"grant_type": "client_credentials", **credentials}
        self._token = ""

    def auth_flow(self, request: httpx.Request) -> Flow:
        """Sign a request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        answer = yield request
        if answer.is_client_error:
            told = yield httpx.Request("POST", "http://platform/oauth/token", data=self._grant)
            self._token = told.json()["access_token"]
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request
