"""The log of calls a stand-in received, with credentials left out."""

import time
from collections import Counter, deque

from starlette.requests import Request

from gateway.sandbox.kit.bodies import parsed
from gateway.sandbox.kit.values import Record, items, record

SECRET_PARAMETERS = frozenset(
    {"client_secret", "password", "code", "refresh_token", "key", "token"}
)
SECRET_MEMBERS = frozenset({"password", "apiKey"})
MOST_CALLS = 10_000


UNANSWERED = 0
"""The status of a call that was given no answer."""


class CallLog:
    """Remembers the latest calls, oldest first, and how many there were of each kind."""

    def __init__(self) -> None:
        """Start empty."""
        self._calls: deque[Record] = deque(maxlen=MOST_CALLS)
        self._counts: Counter[tuple[str, str]] = Counter()

    def note(self, request: Request, body: bytes) -> Record:
        """Remember a call that came; its status is for who answers it to set."""
        call: Record = {
            "at": time.time(),
            "method": request.method,
            "path": raw_path(request),
            "query": query(request),
            "idempotency_key": request.headers.get("idempotency-key"),
            "status": None,
            "body": masked(parsed(body)) if body else None,
        }
        self._calls.append(call)
        self._counts[call["method"], call["path"]] += 1
        return call

    def listed(self) -> list[Record]:
        """List the calls, oldest first."""
        return list(self._calls)

    def count(self, method: str | None, prefix: str) -> int:
        """Count the calls of a method, or of any, whose paths begin so; none is forgotten."""
        return sum(
            times
            for (one, path), times in self._counts.items()
            if method in {None, one} and path.startswith(prefix)
        )

    def clear(self) -> None:
        """Forget every call."""
        self._calls.clear()
        self._counts.clear()


def raw_path(request: Request) -> str:
    """Give the path as it was sent, still encoded and without the query."""
    raw: bytes | None = request.scope.get("raw_path")
    return raw.decode("ascii").partition("?")[0] if raw else request.url.path


def query(request: Request) -> dict[str, str | list[str]]:
    """Collect the query, a list where a name repeats; credentials are left out, secrets hidden."""
    names = [name for name in request.query_params if name not in SECRET_PARAMETERS]
    values = {name: request.query_params.getlist(name) for name in names}
    shown = {name: several if len(several) > 1 else several[0] for name, several in values.items()}
    return {name: "***" if name in SECRET_MEMBERS else value for name, value in shown.items()}


def masked(value: object) -> object:
    """Copy JSON with every password and key hidden."""
    fields, several = record(value), items(value)
    if fields is not None:
        secret = SECRET_MEMBERS.intersection(fields)
        return {name: "***" if name in secret else masked(one) for name, one in fields.items()}
    return [masked(inner) for inner in several] if several is not None else value
