"""Media types: what a client sends, and what it takes (GraphQL over HTTP, sections 4 to 6)."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from gateway.http.refusal import Refusal

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"

_OFFERED = (GRAPHQL_RESPONSE, JSON)
_UTF8 = {"utf-8", "utf8"}
# Nobody takes so many types, nor has a type so many parameters; what follows is not read.
_MOST = 100
# Clients send few headers, and those often; longer ones are read anew.
_KEPT, _LONGEST_KEPT = 256, 200


def answer_type(accept: str | None) -> str:
    """Choose the type of the answer by an `Accept` header; raises a `Refusal` with status 406.

    The quality of a type is that of the range that names it best (RFC 9110, 12.5.1). Of equal ones,
    what is named wins; who names both gets the type of GraphQL, and who names neither gets JSON, as
    old clients expect.
    """
    if accept is None:
        return JSON
    return _kept_choice(accept) if len(accept) <= _LONGEST_KEPT else _choice(accept)


def _choice(accept: str) -> str:
    if not accept.strip(" \t,"):
        return JSON
    wanted = _wanted(accept)

    def rank(offered: str) -> tuple[float, bool, bool]:
        named = offered in wanted
        ranges = (offered, "application/*", "*/*")
        quality = next((wanted[one] for one in ranges if one in wanted), 0.0)
        return quality, named, named is (offered == GRAPHQL_RESPONSE)

    best = max(_OFFERED, key=rank)
    if not rank(best)[0]:
        raise Refusal(406, f"Answers are {GRAPHQL_RESPONSE} or {JSON}; `Accept` takes neither.")
    return best


_kept_choice = lru_cache(_KEPT)(_choice)


def names_answer(accept: str) -> bool:
    """Tell whether an `Accept` header asks for an answer of GraphQL, or for anything alike.

    What a browser sends for an image, a frame or a page asks for something else.
    """
    return set(_wanted(accept)) <= {*_OFFERED, "application/*", "*/*"}


def check_content_type(given: Sequence[str]) -> None:
    """Take one header that says JSON in UTF-8; raises a `Refusal` with status 415."""
    if len(given) != 1:
        raise Refusal(415, f"A request has one `Content-Type: {JSON}`.")
    if given[0] != JSON:
        _check_type(given[0])


def _check_type(given: str) -> None:
    name, parameters = _read(given)
    if name != JSON:
        raise Refusal(415, f"A request has `Content-Type: {JSON}`.")
    if parameters.get("charset", "utf-8").lower() not in _UTF8:
        raise Refusal(415, "A request is written in UTF-8.")


def _wanted(accept: str) -> dict[str, float]:
    """Read an `Accept` header: how much each type is wanted, from 0 to 1."""
    wanted: dict[str, float] = {}
    for name, parameters, quality in ranges(accept):
        if name and parameters.get("charset", "utf-8").lower() in _UTF8:
            wanted[name] = max(quality, wanted.get(name, 0.0))
    return wanted


def ranges(accept: str) -> Iterator[tuple[str, dict[str, str], float]]:
    """Read an `Accept` header: each type with its parameters, and its quality from 0 to 1."""
    for written in accept.split(",", _MOST)[:_MOST]:
        name, parameters = _read(written)
        yield name, parameters, _quality(parameters.get("q", "1"))


def _read(written: str) -> tuple[str, dict[str, str]]:
    """Read a media type and its parameters; of two of one name, the first counts."""
    name, *parameters = written.split(";", _MOST)[:_MOST]
    found: dict[str, str] = {}
    for one in parameters:
        key, _, value = one.partition("=")
        found.setdefault(key.strip().lower(), value.strip().strip('"'))
    return name.strip().lower(), found


def _quality(written: str) -> float:
    try:
        return min(1.0, max(0.0, float(written)))
    except ValueError:
        return 0.0
