"""All platforms at once, as a wire that answers each request by chance, and the same each time."""

import asyncio
import json
import re
import selectors
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote
from zlib import crc32

from pydantic import SecretStr

from resolvers.call import Endpoint, Method
from resolvers.connection import Connection
from resolvers.platform import Credentials, Platform, credentials_by_platform
from resolvers.rest import declared
from resolvers.session import Connections
from resolvers.upstream.wire import Request, Response, WireError
from tests.plans.bodies import body, own_key
from tests.plans.shared import from_list, from_things
from tests.plans.texts import Draw

# Each connection by its name, which is the host that it asks as well.
PLATFORMS = {
    "clinked": "clinked",
    "codat": "codat",
    "conduit-north": "conduit",
    "conduit-south": "conduit",
    "kondado": "kondado",
    "leadconduit": "leadconduit",
}
_SECRET = SecretStr("planted")
_SECRETS: dict[str, dict[str, Any]] = {
    "clinked": {"client_id": "id", "client_secret": _SECRET},
    "codat": {"api_key": _SECRET},
    "conduit": {"link_app_token": _SECRET},
    "kondado": {"key": _SECRET, "token": _SECRET},
    "leadconduit": {"api_key": _SECRET},
}
_TOKEN = Response(200, body=b'{"access_token":"token","expires_in":1000000000}')
_TOKEN_PATH = "/oauth/token"
# What is no answer, but not tried again either; and what is.
_REFUSALS = (404, 404, 404, 403, 400, 410, 401, 302)
_TROUBLES = (500, 502, 503, 429, 408, None)
_NOON = 1_700_000_000.0
# What stands in every query, whatever is asked.
_CREDENTIALS = {"key", "token"}


class Place(NamedTuple):
    """An endpoint, and what a request for it looks like."""

    endpoint: Endpoint[Any]
    path: re.Pattern[str]
    always: frozenset[str]

    def fits(self, request: Request, path: str) -> bool:
        """Tell whether a request is one for it."""
        names = {name for name, _ in request.query}
        return (
            self.endpoint.method == request.method
            and self.always <= names
            and self.path.fullmatch(path) is not None
        )


@cache
def places() -> dict[str, list[Place]]:
    """Give what each platform may be asked, with the most particular first."""
    found: dict[str, list[Place]] = {name: [] for name in _SECRETS}
    for endpoint in declared():
        if endpoint.is_read:
            path, _, query = endpoint.path.partition("?")
            pattern = re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)))
            always = frozenset(pair.partition("=")[0] for pair in query.split("&") if pair)
            found[endpoint.platform.value].append(Place(endpoint, pattern, always))
    for every in found.values():
        every.sort(key=lambda place: ("{" in place.endpoint.path, -len(place.always)))
    return found


class World:
    """What all platforms answer, from a seed; `wild` and `odd` are those of what is drawn.

    Where it is `wild`, some calls are refused, and one endpoint may fail whatever is asked.
    """

    def __init__(self, seed: str, wild: float = 0.0, odd: float = 0.0) -> None:
        self.seed, self.wild, self.odd = seed, wild, odd
        self._answers: dict[str, Response | None] = {}
        draw = Draw(f"{seed} trouble")
        every = [one.endpoint for found in places().values() for one in found]
        self._failing = draw.one(every) if wild and draw.chance(0.5) else None
        self._failure = draw.one(_TROUBLES)
        self.bodies: dict[str, str] = {}

    @property
    def is_clean(self) -> bool:
        """Whether all of it is as it should be."""
        return not (self.wild or self.odd)

    @property
    def has_trouble(self) -> bool:
        """Whether some calls may be tried again."""
        return self._failing is not None

    def answer(self, request: Request) -> Response | None:
        """Give the answer to a request; None is none."""
        key = name_of(request)
        if key not in self._answers:
            self._answers[key] = self._made(request, key)
        return self._answers[key]

    def _made(self, request: Request, key: str) -> Response | None:
        host, _, path = request.url.removeprefix("http://").partition("/")
        if f"/{path}" == _TOKEN_PATH:
            return _TOKEN
        platform = PLATFORMS[host]
        endpoint = next(p.endpoint for p in places()[platform] if p.fits(request, f"/{path}"))
        if endpoint is self._failing:
            return None if self._failure is None else Response(self._failure)
        shared = from_list(endpoint, request, self.answer)
        shared = shared or from_things(endpoint, request, self.answer)
        if shared is not None:
            self.bodies[key] = shared.body.decode(errors="replace")
            return shared
        draw = Draw(f"{self.seed} {key}", self.wild, self.odd)
        if draw.chance(0.08 if self.wild else 0.02):
            return Response(draw.one(_REFUSALS) if self.wild else 404)
        if endpoint.method is Method.HEAD:
            return Response(200, {"x-count": draw.one(("0", "7", "12", "-1", "x", ""))})
        self._name(endpoint, request, draw)
        text = _wrapped(platform, body(endpoint.reply, draw), draw)
        self.bodies[key] = text
        return Response(200, {"content-type": "application/json"}, text.encode())

    def _name(self, endpoint: Endpoint[Any], request: Request, draw: Draw) -> None:
        """Have what is asked for by its key say that it has this key."""
        name = own_key(endpoint.reply)
        if name is None or not endpoint.parameters:
            return
        asked = dict(request.query).get("id") or request.url.rstrip("/").rpartition("/")[2]
        key = unquote(asked)
        draw.own[name] = key if key.isdigit() and draw.chance(0.5) else json.dumps(key)


def _wrapped(platform: str, text: str, draw: Draw) -> str:
    """Say that all is well, where that stands in the body."""
    if platform != "kondado" or not text.startswith("{"):
        return text
    says = draw.one(("false", "1", "null")) if draw.is_wild() else "true"
    return f'{{"success":{says}' + ("," if text[1:2] != "}" else "") + text[1:]


def name_of(request: Request) -> str:
    """Write what is asked, without credentials."""
    asked = "&".join(f"{k}={v}" for k, v in request.query if k not in _CREDENTIALS)
    return f"{request.method} {request.url}?{asked}"


class PlayedWire:
    """The wire to all platforms; `asked` counts what was sent, but for tokens."""

    def __init__(self) -> None:
        self.world = World("")
        self.asked = Counter[str]()

    async def send(self, request: Request) -> Response:
        """Answer, sooner or later."""
        name = name_of(request)
        if not request.url.endswith(_TOKEN_PATH):
            self.asked[name] += 1
        for _ in range(crc32(name.encode()) % 4):
            await asyncio.sleep(0)
        found = self.world.answer(request)
        if found is None:
            raise WireError("it broke", sent=True)
        return found

    async def close(self) -> None:
        """Do nothing: there are no sockets."""


def connections(wire: PlayedWire) -> Connections:
    """Make new connections to every platform, whose clock stands still."""
    return Connections(
        Connection(name, _credentials(name), wire, clock=lambda: _NOON) for name in PLATFORMS
    )


@cache
def _credentials(name: str) -> Credentials:
    kind = credentials_by_platform()[Platform(PLATFORMS[name])]
    secrets = _SECRETS[PLATFORMS[name]]
    return kind.model_validate({"base_url": f"http://{name}", "rate_limits": (), **secrets})


class _NoWaiting(selectors.SelectSelector):
    """Tells at once what is ready, and how long would have been waited."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0

    def select(self, timeout: float | None = None) -> Sequence[tuple[selectors.SelectorKey, int]]:  # type: ignore[override]
        """Wait for nothing."""
        ready = super().select(0 if timeout else timeout)
        if not ready and timeout:
            self.skipped += timeout
        return ready


class HastyLoop(asyncio.SelectorEventLoop):
    """An event loop in which every pause is over at once, and in its turn."""

    def __init__(self) -> None:
        self._hasty = _NoWaiting()
        super().__init__(self._hasty)

    def time(self) -> float:
        """Tell the time, with the pauses that nobody has waited for."""
        return super().time() + self._hasty.skipped
