"""Global ids and other opaque text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.identity import GlobalId
from resolvers.upstream.errors import BadInput

words = st.text(min_size=1, max_size=20)
ids = st.builds(GlobalId, words, words, st.lists(words, min_size=1, max_size=4).map(tuple))


@given(ids)
def test_an_id_leads_back_to_what_it_was_made_of(id: GlobalId) -> None:
    """Whatever characters the platform's keys hold."""
    assert GlobalId.parse(str(id)) == id


@given(ids, ids)
def test_two_things_never_share_an_id(one: GlobalId, other: GlobalId) -> None:
    """Ids are equal if and only if all that they are made of is."""
    assert (str(one) == str(other)) == (one == other)


@given(ids)
def test_an_id_is_plain_text_for_urls(id: GlobalId) -> None:
    """Letters, digits, dash and underscore alone."""
    assert str(id).replace("-", "").replace("_", "").isalnum()
    assert str(id).isascii()


@given(st.text() | ids.map(lambda id: f"{id}=") | ids.map(lambda id: str(id)[:-2]))
def test_what_was_never_written_is_refused(text: str) -> None:
    """Also another spelling of an id that was."""
    with pytest.raises(BadInput):
        GlobalId.parse(text)


@pytest.mark.parametrize("keys", [(), (7,), (None,), ({"a": 1},)])
def test_an_id_of_another_shape_is_refused(keys: tuple[object, ...]) -> None:
    """Base64 of JSON alone does not make an id."""
    text = str(GlobalId("Kind", "connection", keys))  # pyright: ignore[reportArgumentType]

    with pytest.raises(BadInput):
        GlobalId.parse(text)


def test_an_id_too_long_to_be_one_is_refused() -> None:
    """Before it costs anything to look inside."""
    with pytest.raises(BadInput):
        GlobalId.parse("A" * 1_000_000)
