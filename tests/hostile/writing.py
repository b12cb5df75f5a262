"""Writes requests to the byte, also those that no client would send."""

import json
from collections.abc import Iterable, Mapping, Sequence

KEY = "mfk_7uR1c2nVQx0pZk4sYwB9eJ6hTgM3aLdF5oXiNvCqEtK"
"""A key that may do everything; nothing in the cases is refused for what its caller lacks."""

MEDIA = "application/graphql-response+json"
GOOD = "{ __typename }"
"""A document that is answered without asking anybody."""

_USUAL = {
    "Host": "127.0.0.1",
    "Connection": "close",
    "Authorization": f"Bearer {KEY}",
    "Content-Type": "application/json",
    "Accept": MEDIA,
}


def request(
    body: bytes | None = None,
    *,
    method: str = "POST",
    target: str = "/graphql",
    headers: Mapping[str, str | None] | None = None,
    lines: Iterable[str] = (),
) -> bytes:
    """Write a request: `headers` change the usual ones, None leaves one out; `lines` come last."""
    told = dict(_USUAL) if body is None else {**_USUAL, "Content-Length": str(len(body))}
    given = {**told, **(headers or {})}
    written = [f"{name}: {value}" for name, value in given.items() if value is not None]
    head = "\r\n".join([f"{method} {target} HTTP/1.1", *written, *lines, "", ""])
    return head.encode("latin-1") + (body or b"")


def sent(asked: object, **headers: str | None) -> bytes:
    """Post JSON; underscores in the names of headers are dashes."""
    return posted(json.dumps(asked).encode(), **headers)


def posted(body: bytes, **headers: str | None) -> bytes:
    """Post a body as it is."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return request(body, headers=named)


def asked(document: str, **variables: object) -> bytes:
    """Ask for a document with these variables."""
    return sent({"query": document, "variables": variables})


def got(
    query: str,
    headers: Mapping[str, str | None] | None = None,
    *,
    method: str = "GET",
    lines: Iterable[str] = (),
) -> bytes:
    """Ask by the address, with what stands behind its question mark."""
    changed = {"Content-Type": None, **(headers or {})}
    return request(method=method, target=f"/graphql?{query}", headers=changed, lines=lines)


def chunked(pieces: Sequence[bytes], *, end: bytes = b"0\r\n\r\n") -> bytes:
    """Post a body in chunks, without saying how long it is."""
    head = request(headers={"Transfer-Encoding": "chunked"})
    return head + b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + end
