"""What holds of every shape, whatever the document."""

from dataclasses import astuple, replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from schema.limits.shape import Shape
from tests.schema.limits.made import Made, Selected, documents


def place_in(document: Made, data: st.DataObject) -> Selected:
    """Choose a place in a document that something is selected in."""
    return data.draw(st.sampled_from(document.places()))


def inlined(document: Made, name: str) -> Made:
    """Put a fragment wherever it is spread."""
    fragment = document.fragments.pop(name)
    for place in document.places():
        for one in place.inside:
            if one.written == f"...{name}":
                one.written, one.inside = "... on Query", fragment.inside
    return document


def spread_in(document: Made) -> set[str]:
    """Name the fragments that are spread anywhere."""
    return {one.written.removeprefix("...") for place in document.places() for one in place.inside}


def without_overlaps(shape: Shape) -> Shape:
    """Leave out the pairs: a fragment is compared once, and what is written twice is not."""
    return replace(shape, overlaps=0)


@given(documents())
def test_fragments_hide_nothing(document: Made) -> None:
    """Everything counts as if each fragment were written out wherever it is spread."""
    before = document.shape
    for name in list(document.fragments):
        if name in spread_in(document):
            document = inlined(document, name)

    assert without_overlaps(document.shape) == without_overlaps(before)


@given(documents(), st.data())
def test_one_more_selection_never_lowers_a_count(document: Made, data: st.DataObject) -> None:
    """Not even by making a fragment used that was not."""
    before, place = document.shape, place_in(document, data)
    # A fragment may only spread those after it.
    spreads = [f"...{name}" for name in document.fragments if place in _before(document, name)]
    place.inside.append(Selected(data.draw(st.sampled_from(["x", "z: __typename", *spreads]))))
    after = document.shape

    assert all(now >= then for now, then in zip(astuple(after), astuple(before), strict=True))


def _before(document: Made, name: str) -> list[Selected]:
    """Give the places of the operations, and of the fragments that come before this one."""
    names = list(document.fragments)
    earlier = [document.fragments[one] for one in names[: names.index(name)]]
    return [place for one in [*document.operations, *earlier] for place in one.places()]


@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_a_document_changes_nothing(document: Made, order: Random) -> None:
    """Neither of its definitions nor of what is selected."""
    before = document.shape
    for place in document.places():
        order.shuffle(place.inside)
    fragments = list(document.fragments.items())
    order.shuffle(fragments)
    order.shuffle(document.operations)

    assert Made(document.operations, dict(fragments)).shape == before


@given(documents(), st.sampled_from(["__schema", "__type", "fields", "Query"]))
def test_the_name_of_a_fragment_changes_nothing(document: Made, name: str) -> None:
    """A fragment called `__schema` is no way around a limit, nor into another."""
    before = document.shape
    if document.fragments:
        document.fragments["F0"].written = f"fragment {name} on Query"
    for place in document.places():
        for one in place.inside:
            one.written = f"...{name}" if one.written == "...F0" else one.written

    assert document.shape == before


@given(documents(), st.data())
def test_an_inline_fragment_around_selections_changes_nothing(
    document: Made, data: st.DataObject
) -> None:
    """It is no level, and no wall between fields of one name."""
    before, place = document.shape, place_in(document, data)
    place.inside = [Selected("... on Query", place.inside)]

    assert document.shape == before
