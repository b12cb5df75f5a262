"""What a company that is sent to Codat must look like."""

import re
from typing import Any

from gateway.sandbox.codat.refusals import invalid
from gateway.sandbox.kit.refusal import Refusal
from gateway.sandbox.kit.values import Record, items, record

FORBIDDEN = re.compile(r"[^A-Za-z0-9\s\-',&@.?!]")
MOST_TAGS = 10
LONGEST_KEY = 27
LONGEST_VALUE = 100


def unreadable() -> Refusal:
    """Refuse a body that is no JSON object."""
    return invalid("The body must be a JSON object.")


def name(body: Record) -> str:
    """Take the name, silently without the characters that are forbidden."""
    given = body.get("name")
    if not isinstance(given, str):
        raise invalid("'Name' must not be empty.")
    cleaned = FORBIDDEN.sub("", given).strip()
    if not cleaned:
        raise invalid("'Name' must not be empty.")
    return cleaned


def description(body: Record) -> str | None:
    """Take the description."""
    given = body.get("description")
    if given is not None and not isinstance(given, str):
        raise invalid("'Description' must be a string.")
    return given


def tags(body: Record) -> dict[str, str]:
    """Take the tags."""
    given = body.get("tags")
    found = {} if given is None else record(given)
    if found is None or len(found) > MOST_TAGS or not all(map(_is_tag, found.items())):
        raise invalid("'Tags' must be at most 10 pairs of short strings.")
    return found


def group_ids(body: Record) -> list[str]:
    """Take the ids of the groups to join."""
    given = body.get("groups")
    found = [] if given is None else items(given)
    ids = [(record(one) or {}).get("id") for one in found or []]
    if found is None or not all(isinstance(one, str) for one in ids):
        raise invalid("'Groups' must be objects that hold an id.")
    return [str(one) for one in ids]


def _is_tag(pair: tuple[str, Any]) -> bool:
    key, value = pair
    return 1 <= len(key) <= LONGEST_KEY and isinstance(value, str) and len(value) <= LONGEST_VALUE
