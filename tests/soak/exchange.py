"""One operation as a client has seen it, and what holds for the answer to any."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from resolvers.upstream.errors import ErrorCode

Path = tuple[str | int, ...]

CODES = frozenset(set(ErrorCode) - {ErrorCode.INTERNAL, ErrorCode.BAD_USER_INPUT})
"""The codes that errors may have here: nothing that the soak asks is wrong in itself."""


@dataclass(slots=True)
class Exchange:
    """What was asked, when (by `time.monotonic`), and what was answered."""

    document: str
    variables: Mapping[str, Any]
    began: float
    ended: float
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    answer: dict[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Read the answer, as far as there is one."""
        try:
            answer: Any = json.loads(self.body)
        except ValueError:
            answer = {}
        self.answer = answer if isinstance(answer, dict) else {}

    @property
    def data(self) -> dict[str, Any]:
        """The data; empty where there is none."""
        return self.answer.get("data") or {}

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The errors."""
        return self.answer.get("errors") or []

    def explains(self, path: Path) -> bool:
        """Tell whether an error says why the value at a path is null."""
        return any(tuple(error.get("path", ())) == path for error in self.errors)


def problems(exchange: Exchange, secrets: Collection[bytes]) -> Iterator[str]:
    """Tell what is wrong with an answer, whatever was asked."""
    if exchange.status != 200 or not exchange.answer:
        yield f"the answer has status {exchange.status}, and is no answer to an operation"
    for error in exchange.errors:
        told = error.get("extensions", {})
        if told.get("code") not in CODES:
            yield f"an error has the code {told.get('code')}"
        if told.get("requestId") != exchange.headers.get("x-request-id"):
            yield "an error has another request id than the answer"
    shown = exchange.body + repr(sorted(exchange.headers.items())).encode()
    if any(secret in shown for secret in secrets):
        yield "the answer has a secret in it"


def secrets_of(connections: Sequence[Mapping[str, Any]], *others: str) -> list[bytes]:
    """Give every text about the platforms that no answer and no log may hold."""
    credentials = (text for one in connections for text in one["credentials"].values())
    addresses = (one["url"].removeprefix("http://") for one in connections)
    return [text.encode() for text in (*credentials, *addresses, *others)]
