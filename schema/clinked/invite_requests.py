"""What Clinked keeps with an invitation to an account. Clinked API 4.8."""

from typing import Annotated, ClassVar

import strawberry
from pydantic import AliasPath, Field

from resolvers.call import Method
from resolvers.reply import Items
from schema.clinked.wire import api
from schema.leading import belongs_to
from schema.nouns import Group
from schema.pairs import ByName
from schema.scalars import MemberRole
from schema.tags import NamedValues
from schema.wire import LocatedWire, Wire


@strawberry.pydantic.type
class ClinkedInviteContainer(Wire):
    """What an invitation leads into, as Clinked names such things. Clinked API 4.8."""

    platform_id: str | None = Field(default=None, alias="id")
    """Clinked's number of it."""
    context_key: str | None = Field(default=None, validation_alias=AliasPath("contextKey", "id"))
    """Clinked's number of it among everything that can be talked about."""
    kind: str | None = Field(default=None, alias="type")
    """What it is, in Clinked's own word, such as account."""


@strawberry.pydantic.type
class ClinkedInviteGroup(LocatedWire):
    """A group that an invitation puts somebody into, by its number. Clinked API 4.8."""

    address: ClassVar[tuple[str, ...]] = ("account", "group")
    own_key: ClassVar[str | None] = "platform_id"

    platform_id: str = Field(alias="id")
    """Clinked's number of the group."""
    role: MemberRole | None = Field(default=None, alias="permission")
    """What the person will be allowed to do there."""
    raw_role: int | None = Field(default=None, alias="permission")
    """`role` as Clinked's own number."""

    @belongs_to("ClinkedGroup", api.calls(Method.GET, "/v3/accounts/{account}/groups/{group}"))
    async def group(self) -> Group | None:
        """The group."""
        ...


@strawberry.pydantic.type
class ClinkedInviteParameters(Wire):
    """What an invitation will be taken up with. Clinked API 4.8."""

    role: MemberRole | None = Field(default=None, alias="mask")
    """What the person will be allowed to do in the account."""
    raw_role: int | None = Field(default=None, alias="mask")
    """`role` as Clinked's own number."""
    groups: Annotated[Items[ClinkedInviteGroup], ByName("id", "permission")] = []
    """The groups that the person will be put into."""
    extras: NamedValues = []
    """What else Clinked keeps with it, by name."""
