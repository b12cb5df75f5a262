"""What holds of every estimate, whatever the document."""

import re

from hypothesis import given
from hypothesis import strategies as st

from schema.cost import Estimate
from tests.schema.estimating import cost
from tests.schema.selecting import Selected, fields, queries

documents = queries()


def place_in(query: Selected, data: st.DataObject) -> Selected:
    """Choose a place in a query that something is selected in."""
    return data.draw(st.sampled_from(list(query.everything())))


def of(query: Selected, *fragments: Selected) -> Estimate:
    """Estimate a query with its fragments."""
    return cost(" ".join(map(str, [query, *fragments])))


@given(documents, st.data())
def test_one_more_field_never_lowers_an_estimate(query: Selected, data: st.DataObject) -> None:
    """Neither the total nor the number of any platform."""
    before, place = of(query), place_in(query, data)
    place.inside.append(data.draw(fields(place.kind, "more")))
    after = of(query)

    assert after.total >= before.total
    assert all(after.by_platform[p] >= number for p, number in before.by_platform.items())


@given(documents, st.data())
def test_an_inline_fragment_around_selections_changes_nothing(
    query: Selected, data: st.DataObject
) -> None:
    """With its type or without."""
    before, place = of(query), place_in(query, data)
    written = data.draw(st.sampled_from(["...", f"... on {place.kind.name}"]))
    place.inside = [Selected(written, place.kind, place.inside)]

    assert of(query) == before


@given(documents, st.data())
def test_a_fragment_instead_of_selections_changes_nothing(
    query: Selected, data: st.DataObject
) -> None:
    """Whichever of the selections go into it."""
    before, place = of(query), place_in(query, data)
    upto = data.draw(st.integers(1, len(place.inside)))
    moved = Selected(f"fragment Moved on {place.kind.name}", place.kind, place.inside[:upto])
    place.inside = [Selected("...Moved"), *place.inside[upto:]]

    assert of(query, moved) == before


@given(documents, st.data())
def test_another_name_for_a_field_changes_nothing(query: Selected, data: st.DataObject) -> None:
    """An alias is the caller's own business."""
    before, place = of(query), place_in(query, data)
    for number, one in enumerate(place.inside):
        one.written = re.sub(r"^\w+:", f"renamed{number}:", one.written)

    assert of(query) == before


@given(documents)
def test_the_total_lies_between_the_dearest_platform_and_all_together(query: Selected) -> None:
    """A thing is of one platform, though it is not known before of which."""
    counted = of(query)
    numbers = list(counted.by_platform.values())

    assert max(numbers, default=0) <= counted.total <= sum(numbers)
