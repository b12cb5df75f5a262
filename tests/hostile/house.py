"""The gateways with their stand-ins, and what becomes of a case there."""

import http.client
import json
import re
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from gateway.callers.keys import hashed
from gateway.sandbox import Sandbox, running_sandbox
from tests.gateway.callers import issuer
from tests.gateway.process import serving
from tests.hostile.case import Case, Door
from tests.hostile.cases.browsers import ALLOWED
from tests.hostile.cases.credentials import OLD_KEY
from tests.hostile.exchange import Reply
from tests.hostile.key_set_server import KeySetServer
from tests.hostile.watched import Gateway
from tests.hostile.writing import GOOD, KEY, asked

PERSISTED = "query Persisted { __typename }"

# What is long enough to tell that it came from there.
_WORDS = re.compile(rb"[A-Za-z0-9_+-]{16,}")


@dataclass(frozen=True)
class Verdict:
    """What became of a case."""

    reply: Reply
    calls: tuple[str, ...]
    seconds: float
    """How long the gateway computed."""
    log: bytes
    shown: set[bytes]
    """What of the request stands in the log."""
    well: bool
    """Whether the gateway answered what was asked next."""

    @property
    def told(self) -> tuple[int, str | None, str | None]:
        """Give the status, the code and the limit."""
        error = self.reply.error
        return self.reply.status, error.get("code"), error.get("limit")

    @property
    def ms(self) -> float:
        """Tell how long it took: by the gateway's own word, else as long as it computed."""
        id = self.reply.headers.get("x-request-id")
        lines = [json.loads(line) for line in self.log.splitlines()]
        own = [line["ms"] for line in lines if id and line.get("request_id") == id and "ms" in line]
        return own[-1] if own else round(self.seconds * 1000, 1)


@dataclass
class House:
    """All of it."""

    sandbox: Sandbox
    keys: KeySetServer
    gateways: dict[Door, Gateway]
    _outside: dict[str, http.client.HTTPConnection] = field(
        default_factory=dict[str, http.client.HTTPConnection]
    )

    def judge(self, case: Case) -> Verdict:
        """Send a case, see what it does, and whether what is well asked is answered afterwards."""
        gateway = self.gateways[case.door]
        request = case.request(gateway.ask)
        # What it had to know first is no part of it.
        self.calls()
        gateway.logged(gateway.ask(asked(GOOD)))
        began = gateway.cpu_seconds()
        reply = gateway.ask(request)
        seconds = gateway.cpu_seconds() - began
        after = gateway.ask(asked(GOOD))
        log = gateway.logged(after)
        well = after.status == 200 and json.loads(after.body) == {"data": {"__typename": "Query"}}
        return Verdict(reply, self.calls(), seconds, log, shown(request, log), well)

    def calls(self) -> tuple[str, ...]:
        """Give the paths that the stand-ins were asked for since the last look."""
        found = [call for one in self.sandbox.stand_ins for call in self._calls(one.platform)]
        return tuple(call["path"] for call in found)

    def _calls(self, platform: str) -> Sequence[dict[str, Any]]:
        found = self._outside_asked(platform, "GET")
        if found:
            self._outside_asked(platform, "DELETE")
        return found

    def _outside_asked(self, platform: str, method: str) -> Any:
        address = self.sandbox.url(platform).removeprefix("http://")
        connection = self._outside.setdefault(platform, http.client.HTTPConnection(address))
        connection.request(method, "/__calls")
        told = connection.getresponse().read()
        # A case may take longer than a stand-in keeps a connection.
        connection.close()
        return json.loads(told or b"null")

    def close(self) -> None:
        """Close what was opened to look at the stand-ins."""
        for connection in self._outside.values():
            connection.close()

    @cached_property
    def secrets(self) -> set[bytes]:
        """Give what no answer and no line may show."""
        described = self.sandbox.describe()
        credentials = {value for one in described for value in one["credentials"].values()}
        addresses = {one["url"].removeprefix("http://") for one in described}
        return {text.encode() for text in (KEY, OLD_KEY, self.keys.url, *credentials, *addresses)}


def shown(request: bytes, log: bytes) -> set[bytes]:
    """Give the words of a request that stand in a log, of those that are long enough to tell."""
    return {word for word in set(_WORDS.findall(request)) if word in log}


@contextmanager
def house(folder: Path) -> Generator[House]:
    """Open the gateways over the same stand-ins."""
    persisted = folder / "documents.json"
    persisted.write_text(json.dumps({"greeting": PERSISTED}))
    with ExitStack() as held:
        sandbox = held.enter_context(running_sandbox(limits=False))
        keys = held.enter_context(KeySetServer())

        def opened(name: str, **settings: object) -> Gateway:
            place = folder / name
            place.mkdir()
            given = {**_given(keys), **settings}
            return Gateway(held.enter_context(serving(sandbox, place, **given)))

        found: dict[Door, Gateway] = {
            "usual": opened("usual", documents__manifest=persisted, hosts="127.0.0.1"),
            "lax": opened(
                "lax",
                introspection=True,
                batch=2,
                documents__automatic=True,
                limits__receive_seconds=0.2,
            ),
        }
        made = House(sandbox, keys, found)
        held.callback(made.close)
        yield made


def _given(keys: KeySetServer) -> dict[str, object]:
    return {
        "log_level": "debug",
        "origins": ALLOWED,
        "callers__web__scopes": "read, write, admin",
        "callers__web__keys": hashed(KEY),
        "callers__old__scopes": "read",
        "callers__old__keys": f"{hashed(OLD_KEY)} until 2024-06-30",
        "jwt__issuer": issuer.ISSUER,
        "jwt__audience": issuer.AUDIENCE,
        "jwt__algorithms": "RS256",
        "jwt__jwks": keys.url,
    }
