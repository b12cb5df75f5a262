"""What the documents show is read, and nothing of it is lost."""

from collections import defaultdict
from typing import Any

import pytest

from gateway.coverage.compare import Key
from gateway.coverage.differences import Differences, Side
from gateway.coverage.paths import stands_for
from tests.contract.compared import FACTS, ROOT
from tests.contract.documents import path_of, values
from tests.contract.reading import CASES, Case
from tests.contract.same import is_same

LEFT_OUT = Differences.read(ROOT)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_value_of_an_example_is_found_in_what_is_read(case: Case) -> None:
    """Unless it is left out on purpose; moments, enums and maps by what they say."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for place, value in case.decoded():
        found[place].append(value)
    lost = [
        place
        for place, wire in values(case.document)
        if wire is not None
        and not is_left_out(case.key, place)
        and not any(is_same(wire, value) for value in found[place])
    ]

    assert lost == []


def is_left_out(key: Key, place: str) -> bool:
    """Tell whether the documented field at a place is left out with a reason."""
    paths = [known for known in FACTS[key].response if stands_for(known, path_of(place))]
    return any(LEFT_OUT.leave_out(key[0], Side.RESPONSE, key[1], path) for path in paths)
