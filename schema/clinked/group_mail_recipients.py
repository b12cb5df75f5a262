"""The addresses whose mail becomes files of a group at Clinked. Clinked API 7.18."""

from datetime import datetime
from typing import Annotated, ClassVar

import strawberry
from pydantic import AliasPath, Field

from resolvers.call import Method, Origin
from resolvers.session import Session
from schema.clinked.references import ClinkedGroupReference
from schema.clinked.wire import Number, api
from schema.lookup import called, complete, made_among
from schema.node import Node, found_in
from schema.outcome import Finding
from schema.page import After, Connection, First, pages
from schema.wire import LocatedWire, WriteInput

PATH = "/v3/groups/{group}/incoming-mail-recipients"


class MailRecipient(LocatedWire):
    """What Clinked always tells of such an address."""

    name: str | None = Field(default=None, alias="recipient")
    """What stands in front of the @, unique at Clinked."""
    context_key: str | None = Field(
        default=None, validation_alias=AliasPath("contentContext", "id")
    )
    """Clinked's number of what the mail goes into: the `contextKey` of the group or of a folder."""
    group: ClinkedGroupReference | None = Field(default=None, alias="space")
    """The group that the mail goes into."""
    created_at: datetime | None = Field(default=None, alias="dateCreated")
    """When the address was made."""


@strawberry.pydantic.type
class ClinkedMailRecipient(MailRecipient, Node):
    """An address whose mail becomes files of a group. Clinked API 7.18.

    Clinked cannot be asked for one: it is found by going through those of its group.
    """

    address: ClassVar[tuple[str, ...]] = ("account", "group", "recipient")


@strawberry.pydantic.type
class ClinkedNewMailRecipient(MailRecipient):
    """Such an address as Clinked answers with when it is made. Clinked API 7.18.2."""

    platform_id: str | None = Field(default=None, alias="id")
    """Clinked's number of it, which Clinked leaves null here: `mailRecipients` of the group has
    the address with its id."""


Name = Annotated[str, Field(min_length=1)]


@strawberry.pydantic.input
class ClinkedMailRecipientUpdateInput(WriteInput):
    """What to change of an address whose mail becomes files of a group."""

    name: Name = Field(serialization_alias="recipient")
    """What stands in front of the @, unique at Clinked."""


@strawberry.pydantic.input
class ClinkedMailRecipientCreateInput(ClinkedMailRecipientUpdateInput):
    """A new address whose mail becomes files of a group."""

    context_key: strawberry.Maybe[Number] = Field(serialization_alias="contentContext")
    """The folder that the mail goes into, by its `contextKey`; the group as a whole if it is left
    out."""


LIST = api.endpoint(Method.GET, PATH, list[ClinkedMailRecipient], "7.18.1")
OF_FILE = api.endpoint(
    Method.GET, f"{PATH}?contentContext=file_{{file}}", list[ClinkedMailRecipient], "7.18.1"
)

found_in(ClinkedMailRecipient, LIST)


class GroupMailRecipients(LocatedWire):
    """The part of a group that is about mail."""

    @pages(LIST)
    async def mail_recipients(
        self, first: First = 25, after: After = None
    ) -> Connection[ClinkedMailRecipient] | None:
        """The addresses whose mail becomes files of it, or of a folder in it."""
        ...


class FileMailRecipients(LocatedWire):
    """The part of a folder that is about mail."""

    @pages(OF_FILE)
    async def mail_recipients(
        self, first: First = 25, after: After = None
    ) -> Connection[ClinkedMailRecipient] | None:
        """The addresses whose mail becomes files in this folder."""
        ...


async def _made(
    session: Session, at: Origin, input: ClinkedMailRecipientCreateInput, began: float
) -> Finding:
    found = made_among(session, at, called(input.name, await complete(session, LIST, at)), began)
    # It is of another type there, with the id that its own answer leaves out.
    return Finding(found.outcome)


@api.post(PATH, "7.18.2", on="ClinkedGroup", found=_made)
async def clinked_mail_recipient_create(
    input: ClinkedMailRecipientCreateInput,
) -> ClinkedNewMailRecipient:
    """Make an address whose mail becomes files of a group."""
    ...


@api.patch(f"{PATH}/{{recipient}}", "7.18.3", on="ClinkedMailRecipient")
async def clinked_mail_recipient_update(
    input: ClinkedMailRecipientUpdateInput,
) -> ClinkedMailRecipient:
    """Change an address whose mail becomes files of a group."""
    ...


@api.delete(f"{PATH}/{{recipient}}", "7.18.4", on="ClinkedMailRecipient")
async def clinked_mail_recipient_delete() -> None:
    """Take away an address whose mail becomes files of a group."""
    ...
