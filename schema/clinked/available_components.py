"""What groups may be built of, by account and by group. Clinked API 4.5 and 7.14."""

import strawberry
from pydantic import Field

from schema.clinked.wire import api
from schema.wire import LocatedWire, Wire


@strawberry.pydantic.type
class ClinkedAvailableComponent(Wire):
    """Something that groups may be built of. Clinked API 4.5 and 7.14."""

    name: str
    """Clinked's name of it, such as files, which a group's own components go by."""
    title: str | None = None
    """The name that people see."""
    description: str | None = None
    """What it does, in Clinked's words."""
    icon_name: str | None = Field(default=None, alias="iconName")
    """Clinked's name of the picture that stands for it."""
    is_beta: bool | None = Field(default=None, alias="beta")
    """Whether Clinked still tries it out."""


class AccountAvailableComponents(LocatedWire):
    """The part of an account that is about what its groups may be built of."""

    @api.get("/v3/accounts/{account}/components", "4.5")
    async def available_components(self) -> list[ClinkedAvailableComponent] | None:
        """What its groups may be built of, which depends on its subscription."""
        ...


class GroupAvailableComponents(LocatedWire):
    """The part of a group that is about what it may be built of."""

    @api.get("/v3/accounts/{account}/groups/{group}/components", "7.14.1")
    async def available_components(self) -> list[ClinkedAvailableComponent] | None:
        """The components that Clinked lists for it."""
        ...
