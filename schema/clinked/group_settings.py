"""What a group at Clinked is set to: its components, its notifications, its watermark."""

import json
from collections.abc import Iterable
from typing import Annotated, Any

import strawberry
from pydantic import AfterValidator, Field, PlainSerializer
from pydantic_core import to_json

from schema.tags import NamedValues, named_once
from schema.wire import Wire, WriteInput, given


@strawberry.pydantic.type
class ClinkedGroupComponent(Wire):
    """A part that a group is built of, such as its files. Clinked API 7.1."""

    name: str
    """Clinked's name of it, such as files."""
    order: int | None = None
    """Its place among the parts."""
    configuration: NamedValues = []
    """What else it is set to, in names of Clinked's own."""


@strawberry.pydantic.type
class ClinkedGroupNotifications(Wire):
    """What the members of a group are told by e-mail, and how often. Clinked API 7.1."""

    new_content_frequency: str | None = Field(default=None, alias="newContent")
    """How often they are told of new content, in Clinked's own word, such as IMMEDIATE; it
    documents no list of them."""
    overdue_tasks_frequency: str | None = Field(default=None, alias="overdueTasks")
    """How often they are told of overdue tasks, in Clinked's own word, such as DAILY."""
    followed_content_frequency: str | None = Field(default=None, alias="following")
    """How often they are told of content that they follow, in Clinked's own word: NEVER for not at
    all."""
    has_email_comments_disabled: bool | None = Field(default=None, alias="disableEmailComments")
    """Whether e-mails leave out what people wrote, such as the text of comments."""


@strawberry.pydantic.type
class ClinkedGroupWatermark(Wire):
    """What is written across a group's files where they are shown. Clinked API 7.1."""

    is_enabled: bool | None = Field(default=None, alias="enableWatermark")
    """Whether files have it."""
    shows_ip_address: bool | None = Field(default=None, alias="enableWatermarkIp")
    """Whether it shows the reader's IP address."""
    shows_email: bool | None = Field(default=None, alias="enableWatermarkEmail")
    """Whether it shows the reader's e-mail address."""
    shows_timestamp: bool | None = Field(default=None, alias="enableWatermarkTimestamp")
    """Whether it shows the time."""
    shows_custom_text: bool | None = Field(default=None, alias="enableWatermarkCustomText")
    """Whether it shows the text of one's own."""
    custom_text: str | None = Field(default=None, alias="watermarkCustomText")
    """The text of one's own."""
    style: str | None = Field(default=None, alias="watermarkStyle")
    """How it lies on the page, in Clinked's own word, such as DIAGONAL_LARGE; it documents no list
    of them."""
    is_transparent: bool | None = Field(default=None, alias="transparentWatermark")
    """Whether it is fainter than usual; null if that was never said. It cannot be changed here."""


def _refuse(constant: str) -> None:
    # Python reads NaN and Infinity, which are no JSON.
    raise ValueError(constant)


@strawberry.pydantic.input
class ClinkedConfigurationInput(WriteInput):
    """One thing that a component is set to."""

    name: Annotated[str, Field(min_length=1)]
    """Clinked's name of it, once in a list."""
    value: str
    """What to set it to. JSON is sent as what it stands for, such as true, 5 or null; anything
    else, and JSON that is too large or too deep to be sent, is sent as a text."""
    is_text: strawberry.Maybe[bool]
    """Whether to send the value as a text even if it is JSON, such as the text 5."""

    def wire(self) -> Any:
        """Give the value as Clinked gets it."""
        if given(self.is_text):
            return self.value
        try:
            found = json.loads(self.value, parse_constant=_refuse)
            # Half of a character, what is too deep inside its body, and what is no number any
            # more (1e999) can be read, but not sent.
            to_json({"components": [{"configuration": {self.name: found}}]})
            json.dumps(found, allow_nan=False)
        except (ValueError, RecursionError):
            return self.value
        return found


def _by_name(given: Iterable[ClinkedConfigurationInput]) -> dict[str, Any]:
    return {one.name: one.wire() for one in given}


@strawberry.pydantic.input
class ClinkedGroupComponentInput(WriteInput):
    """A part to build a group of."""

    name: Annotated[str, Field(min_length=1)]
    """Clinked's name of it, such as files; see `availableComponents`."""
    order: strawberry.Maybe[int]
    """Its place among the parts."""
    configuration: strawberry.Maybe[
        Annotated[
            list[ClinkedConfigurationInput],
            AfterValidator(named_once),
            PlainSerializer(_by_name),
        ]
    ]
    """What else to set it to."""


@strawberry.pydantic.input
class ClinkedGroupNotificationsInput(WriteInput):
    """What to tell the members of a group by e-mail, and how often."""

    new_content_frequency: strawberry.Maybe[str] = Field(serialization_alias="newContent")
    """How often to tell of new content, in Clinked's own word, such as IMMEDIATE; it documents no
    list of them."""
    overdue_tasks_frequency: strawberry.Maybe[str] = Field(serialization_alias="overdueTasks")
    """How often to tell of overdue tasks, in Clinked's own word, such as DAILY."""
    followed_content_frequency: strawberry.Maybe[str] = Field(serialization_alias="following")
    """How often to tell of content that a person follows, in Clinked's own word, such as NEVER."""
    has_email_comments_disabled: strawberry.Maybe[bool] = Field(
        serialization_alias="disableEmailComments"
    )
    """Whether e-mails leave out what people wrote, such as the text of comments."""


@strawberry.pydantic.input
class ClinkedGroupWatermarkInput(WriteInput):
    """What to write across a group's files where they are shown."""

    is_enabled: strawberry.Maybe[bool] = Field(serialization_alias="enableWatermark")
    """Whether files have it."""
    shows_ip_address: strawberry.Maybe[bool] = Field(serialization_alias="enableWatermarkIp")
    """Whether it shows the reader's IP address."""
    shows_email: strawberry.Maybe[bool] = Field(serialization_alias="enableWatermarkEmail")
    """Whether it shows the reader's e-mail address."""
    shows_timestamp: strawberry.Maybe[bool] = Field(serialization_alias="enableWatermarkTimestamp")
    """Whether it shows the time."""
    shows_custom_text: strawberry.Maybe[bool] = Field(
        serialization_alias="enableWatermarkCustomText"
    )
    """Whether it shows the text of one's own."""
    custom_text: strawberry.Maybe[str | None] = Field(serialization_alias="watermarkCustomText")
    """The text of one's own; null clears."""
    style: strawberry.Maybe[str | None] = Field(serialization_alias="watermarkStyle")
    """How it lies on the page, in Clinked's own word, such as DIAGONAL_LARGE; null clears."""
