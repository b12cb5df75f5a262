"""What may be sent to Clinked."""

import re

from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.refusal import Refusal
from gateway.sandbox.kit.values import Record, items, record, texts, whole

PERMISSIONS = (1, 4, 8, 16)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def unreadable() -> Refusal:
    """Refuse a body that is no JSON object."""
    return invalid("The body must be a JSON object")


def permission(value: object) -> int:
    """Take a permission mask."""
    mask = whole(value)
    if mask not in PERMISSIONS:
        raise invalid("permission must be 1, 4, 8 or 16")
    return mask


def optional_permission(body: Record, name: str) -> int | None:
    """Take a permission mask that may be absent or null."""
    return None if body.get(name) is None else permission(body[name])


def text(body: Record, name: str) -> str | None:
    """Take a text that may be absent or null."""
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise invalid(f"{name} must be a string")
    return value


def flag(body: Record, name: str, *, default: bool) -> bool:
    """Take true or false; null is false."""
    value = body.get(name, default)
    if value is not None and not isinstance(value, bool):
        raise invalid(f"{name} must be true or false")
    return bool(value)


def tags(body: Record) -> list[str]:
    """Take tags; null is none."""
    value = body.get("tags")
    found = [] if value is None else texts(value)
    if found is None:
        raise invalid("tags must be an array of strings")
    return found


def emails(body: Record) -> list[str]:
    """Take the addresses to invite, at least one."""
    found = texts(body.get("emails"))
    if not found or not all(EMAIL.fullmatch(one) for one in found):
        raise invalid("emails must be an array of e-mail addresses")
    return list(dict.fromkeys(found))


def assigned(world: World, account: int, value: object) -> dict[int, int]:
    """Take a map of groups of the account to permissions."""
    found = {} if value is None else record(value)
    if found is None or not all(key.isdecimal() for key in found):
        raise invalid("assignGroups must map group ids to permissions")
    checked = {int(key): permission(mask) for key, mask in found.items()}
    for gid in checked:
        if world.live_group(gid).account != account:
            raise invalid(f"Group {gid} belongs to another account")
    return checked


def removed(body: Record) -> list[int]:
    """Take the ids of groups to leave."""
    value = body.get("removeGroups")
    found = [] if value is None else items(value)
    if found is None or any(whole(one) is None for one in found):
        raise invalid("removeGroups must be an array of group ids")
    return found


def millis(body: Record, name: str) -> int | None:
    """Take a number of milliseconds that may be absent or null."""
    value = body.get(name)
    found = None if value is None else whole(value)
    if value is not None and (found is None or found < 0):
        raise invalid(f"{name} must be a number of milliseconds")
    return found
