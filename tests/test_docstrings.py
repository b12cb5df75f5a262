"""Examples in docstrings are true."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHOWING = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for floor in ("gateway", "schema", "resolvers")
    for path in sorted((ROOT / floor).rglob("*.py"))
    if ">>> " in path.read_text()
]


@pytest.mark.parametrize("name", SHOWING)
def test_the_examples_of_a_module_give_what_they_show(name: str) -> None:
    """Run as they stand."""
    result = doctest.testmod(importlib.import_module(name))

    assert result.attempted > 0
    assert result.failed == 0
