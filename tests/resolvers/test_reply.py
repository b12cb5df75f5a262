"""Lists inside an answer, in which one item is bad."""

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from resolvers.reply import Items


class Part(BaseModel):
    """A made-up part."""

    size: int


class Whole(BaseModel):
    """A made-up thing with parts."""

    parts: Items[Part] = []


good = st.builds(Part, size=st.integers())
BAD: list[object] = [None, 7, "x", [], {}, {"size": "wide"}]
bad = st.sampled_from(BAD)


@given(st.lists(good.map(Part.model_dump) | bad))
def test_a_bad_item_costs_itself_alone(rows: list[object]) -> None:
    """The rest keep their order."""
    read = Whole.model_validate({"parts": rows})
    sizes = [part.size for part in read.parts]

    assert [{"size": size} for size in sizes] == [row for row in rows if row not in BAD]


def test_no_list_is_an_empty_one() -> None:
    """Null and absent alike."""
    assert Whole.model_validate({"parts": None}).parts == Whole.model_validate({}).parts == []
