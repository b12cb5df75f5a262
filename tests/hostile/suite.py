"""All cases, by what they are about."""

from collections.abc import Mapping, Sequence

from tests.hostile.case import Case
from tests.hostile.cases import (
    bodies,
    browsers,
    credentials,
    documents,
    floods,
    fragments,
    framing,
    ids,
    introspection,
    protocol,
)

SUBJECTS: Mapping[str, Sequence[Case]] = {
    "Documents": documents.CASES,
    "Fragments": fragments.CASES,
    "Floods": floods.CASES,
    "Introspection": introspection.CASES,
    "Bodies": bodies.CASES,
    "Framing": framing.CASES,
    "Protocol": protocol.CASES,
    "Credentials": credentials.CASES,
    "Ids": ids.CASES,
    "Browsers": browsers.CASES,
}
CASES: Sequence[Case] = [case for cases in SUBJECTS.values() for case in cases]
