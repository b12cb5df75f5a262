"""All cases."""

from collections.abc import Sequence

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

CASES: Sequence[Case] = (
    *documents.CASES,
    *fragments.CASES,
    *floods.CASES,
    *introspection.CASES,
    *bodies.CASES,
    *framing.CASES,
    *protocol.CASES,
    *credentials.CASES,
    *ids.CASES,
    *browsers.CASES,
)
