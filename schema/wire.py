"""The base classes of what platforms send and get: one class is document, check and type."""

import re
from typing import Any, ClassVar, TypeVar

from pydantic import AfterValidator, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema
from strawberry import Some

from resolvers.located import Located
from schema.docstrings import Described

Value = TypeVar("Value")

_CONFIG = ConfigDict(
    # Ids are numbers at some platforms and text at others; here they are text.
    coerce_numbers_to_str=True,
)


class Tolerant(Described):
    """Something that a platform sent: what may be absent reads as absent where it makes no sense.

    One odd value then costs itself, and not the thing that it stands in.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let every field with a default fall back on it, in compiled code."""
        schema = handler(source)
        inner: Any = handler.resolve_ref_schema(schema)
        while inner["type"] != "model-fields":
            inner = inner["schema"]
        for field in inner["fields"].values():
            if field["schema"]["type"] == "default":
                field["schema"]["on_error"] = "default"
        return schema


class Wire(Tolerant):
    """A part of a platform's answer; aliases are the platform's spelling."""

    model_config = _CONFIG


class LocatedWire(Tolerant, Located):
    """A part of a platform's answer that can ask its platform for more."""

    model_config = _CONFIG


class WriteInput(Described):
    """What a caller sends to change something: a GraphQL input, its rules, and the REST body.

    Fields that address the thing to change are marked `exclude=True` and stay out of the body; one
    that the braces of a path name fills them.
    Where the body is no object but a list or a single value, `whole_body` names the field with it.
    Of the fields, `privileged` names those that only a caller with the scope `admin` may send.
    """

    whole_body: ClassVar[str | None] = None
    privileged: ClassVar[frozenset[str]] = frozenset()

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    @classmethod
    def addressing(cls) -> set[str]:
        """Name the fields that address the thing to change."""
        return {name for name, field in cls.model_fields.items() if field.exclude}

    @classmethod
    def has_body(cls) -> bool:
        """Tell whether there is more to it than what it addresses."""
        return len(cls.addressing()) < len(cls.model_fields)

    def body(self) -> Any:
        """Give the REST body: only what the caller sent, under the platform's names."""
        sent = self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return sent if self.whole_body is None else sent[self.whole_body]


def matching(pattern: str, says: str) -> AfterValidator:
    """Make the rule of an input field that its text matches, told to callers in words."""

    def check(text: str) -> str:
        if re.fullmatch(pattern, text) is None:
            raise ValueError(says)
        return text

    return AfterValidator(check)


def given(value: Some[Value] | None) -> Value | None:
    """Give what a caller sent in an optional input field; None if nothing or null was sent."""
    return None if value is None else value.value
