"""What stands below a field describes it."""

from pydantic import Field

from schema.docstrings import Described


class Thing(Described):
    """Something."""

    name: str
    """What it is called,

    in more than one line."""
    size: int = 0
    place: str = Field(default="", description="Where it is.")
    """What stands below is not what counts here."""

    class Part(Described):
        """A part of it."""

        name: str
        """What the part is called."""


class Larger(Thing):
    """Something more."""

    weight: int
    """How heavy it is."""


def descriptions(of: type[Described]) -> dict[str, str | None]:
    """Give the descriptions of a class's fields."""
    return {name: field.description for name, field in of.model_fields.items()}


def test_a_field_is_described_by_the_text_below_it() -> None:
    """Unless it says itself what it is; what a class has from another is described there."""
    expected = {
        "name": "What it is called,\n\nin more than one line.",
        "size": None,
        "place": "Where it is.",
    }

    assert descriptions(Thing) == expected
    assert descriptions(Thing.Part) == {"name": "What the part is called."}
    assert descriptions(Larger) == {**expected, "weight": "How heavy it is."}


def test_a_class_within_a_function_is_described_as_well() -> None:
    """By the place that is its own."""

    class Thing(Described):
        """Another of that name."""

        name: str
        """What this one is called."""

    assert descriptions(Thing) == {"name": "What this one is called."}
