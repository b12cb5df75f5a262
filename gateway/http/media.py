"""Media types: what a client sends, and what it takes (GraphQL over HTTP, sections 4 to 6)."""

from email.message import Message

from gateway.http.refusal import Refusal

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"

# Of what a client takes equally, the first is sent.
_OFFERED = (GRAPHQL_RESPONSE, JSON)
_UTF8 = {"utf-8", "utf8"}


def answer_type(accept: str | None) -> str:
    """Choose the type of the answer by an `Accept` header; raises a `Refusal` with status 406.

    Who takes anything gets JSON, as old clients expect.
    """
    wanted = _wanted(accept or "*/*")
    best, chosen = 0.0, None
    for offered in _OFFERED:
        quality = wanted.get(offered, 0.0)
        if quality > best:
            best, chosen = quality, offered
    if chosen is None and JSON not in wanted:
        anything = wanted.get("application/*", wanted.get("*/*", 0.0))
        chosen = JSON if anything > 0 else None
    if chosen is None:
        raise Refusal(406, f"Answers are {GRAPHQL_RESPONSE} or {JSON}; `Accept` names neither.")
    return chosen


def names_answer(accept: str) -> bool:
    """Tell whether an `Accept` header asks for an answer of GraphQL, or for anything alike.

    What a browser sends for an image, a frame or a page asks for something else.
    """
    return set(_wanted(accept)) <= {*_OFFERED, "application/*", "*/*"}


def check_content_type(given: str | None) -> None:
    """Take JSON in UTF-8; raises a `Refusal` with status 415."""
    message = Message()
    message["Content-Type"] = given or ""
    charset = message.get_param("charset", "utf-8")
    if not given or message.get_content_type() != JSON:
        raise Refusal(415, f"A request has `Content-Type: {JSON}`.")
    if not isinstance(charset, str) or charset.lower() not in _UTF8:
        raise Refusal(415, "A request is written in UTF-8.")


def _wanted(accept: str) -> dict[str, float]:
    """Read an `Accept` header: how much each type is wanted, from 0 to 1."""
    wanted: dict[str, float] = {}
    for part in accept.split(","):
        message = Message()
        message["Content-Type"] = part.strip()
        name, *_ = part.split(";")
        charset = message.get_param("charset", "utf-8")
        if not isinstance(charset, str) or charset.lower() not in _UTF8:
            continue
        wanted[name.strip().lower()] = _quality(message.get_param("q", "1"))
    return wanted


def _quality(written: object) -> float:
    try:
        return min(1.0, max(0.0, float(str(written))))
    except ValueError:
        return 0.0
