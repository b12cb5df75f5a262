"""What is documented is declared, and what is declared is documented."""

import pytest

from gateway.coverage.compare import Key
from resolvers.platform import Platform
from tests.contract.compared import FACTS, findings, named


def test_every_declared_endpoint_is_documented() -> None:
    """Under the name of its section."""
    known = {*FACTS, *((platform, "differences") for platform in Platform)}
    unknown = [str(found) for found in findings() if (found.platform, found.section) not in known]

    assert unknown == []


def test_every_difference_still_matters() -> None:
    """One that is no longer there is not kept."""
    assert [found.says for found in findings() if found.section == "differences"] == []


@pytest.mark.parametrize("key", FACTS, ids=named)
def test_a_section_is_declared_as_it_is_documented(key: Key) -> None:
    """Its method, path and query, every field of its request and answer, and no field more."""
    assert [found.says for found in findings() if (found.platform, found.section) == key] == []
