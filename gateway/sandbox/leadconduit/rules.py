"""What an entity that is sent must look like."""

import re
from collections.abc import Callable

from gateway.sandbox.kit.values import Record, texts
from gateway.sandbox.leadconduit.refusals import invalid

READ_ONLY = frozenset(
    {
        "id",
        "standard",
        "account",
        "pending",
        "connected",
        "connected_account_id",
        "invitation_expires_at",
        "expired",
        "created_at",
        "updated_at",
    }
)
CLEARED: Record = {
    "deprecated": False,
    "field_suffix": None,
    "flow_ids": [],
    "logo_url": None,
    "trustedform_certified_vendor": False,
}
"""What optional fields hold when they are not sent; the rest is then absent."""

HEX_ID = re.compile(r"[0-9a-fA-F]{24}")
SUFFIX = re.compile(r"[0-9a-zA-Z]{3,5}")
SOURCES = (None, "form", "seller", "other")
RECIPIENTS = (None, "buyer", "crm", "analytics", "enhancement", "esp", "other")


def _text(value: object) -> bool:
    return isinstance(value, str)


def _optional_text(value: object) -> bool:
    return value is None or isinstance(value, str)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _like(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: (
        value is None or (isinstance(value, str) and pattern.fullmatch(value) is not None)
    )


RULES: dict[str, Callable[[object], bool]] = {
    "name": lambda value: isinstance(value, str) and value.strip() != "",
    "module_ids": lambda value: texts(value) is not None,
    "source": lambda value: value in SOURCES,
    "recipient": lambda value: value in RECIPIENTS,
    "description": _text,
    "deprecated": _flag,
    "see": _like(HEX_ID),
    "field_suffix": _like(SUFFIX),
    "invitation_id": _like(HEX_ID),
    "flow_ids": lambda value: value is None or texts(value) is not None,
    "logo_url": _optional_text,
    "time_zone": _text,
    "trustedform_certified_vendor": _flag,
    "website": _text,
}
REQUIRED = ("name", "module_ids", "source", "recipient")


def checked(body: Record) -> Record:
    """Take what may be written from a body, or refuse it."""
    for name in REQUIRED:
        if name not in body:
            raise invalid(f"{name} is required")
    written = {name: value for name, value in body.items() if name not in READ_ONLY}
    for name, value in written.items():
        if name not in RULES:
            raise invalid(f"{name} is not a property of an entity")
        if not RULES[name](value):
            raise invalid(f"{name} is invalid")
    return {**CLEARED, **written}
