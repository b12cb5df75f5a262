"""However a document defers, its parts make up the answer that defers nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.defer.asking import ID, JSON, headers
from tests.defer.small import small
from tests.multipart import FORMS, parts, whole

_LEAVES = st.sampled_from(["here", "a: here", "b: here", "__typename"])


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    opened = st.sampled_from(
        ["inner", "inners", "...", "... @defer", "... @defer(if: false)", "... @skip(if: true)"]
    )
    selected = st.lists(inner, min_size=1, max_size=4).map(" ".join)
    return st.builds("{0} {{ {1} }}".format, opened, selected)


SELECTIONS = st.recursive(_LEAVES, _around, max_leaves=14)


@pytest.mark.parametrize("accept", FORMS)
@settings(max_examples=60)
@given(selections=st.lists(SELECTIONS, min_size=1, max_size=4))
async def test_the_parts_make_up_the_whole(accept: str, selections: list[str]) -> None:
    """Nested, shared between fragments, of lists and under conditions."""
    asked = {"query": f"{{ always: here {' '.join(selections)} }}"}
    async with small(ID) as gateway:
        at_once = await gateway.client.post("/graphql", json=asked, headers=headers(JSON))
        answer = await gateway.client.post("/graphql", json=asked, headers=headers(accept))
    found = at_once.json()
    assert "errors" not in found

    if answer.headers["Content-Type"].startswith(JSON):
        assert answer.json() == found
    else:
        assert whole(await parts(answer)) == found
