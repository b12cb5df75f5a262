"""How a group at Clinked looks. Clinked API 7.13; the group itself shows it."""

import strawberry
from pydantic import Field

from schema.clinked.wire import Number, api
from schema.wire import Wire, WriteInput


@strawberry.pydantic.type
class ClinkedGroupBranding(Wire):
    """How a group looks. Clinked API 7.13."""

    header_color: str | None = Field(default=None, alias="headerColor")
    """Colour of the group's header, in hex, such as #27ae60."""
    text_color: str | None = Field(default=None, alias="textColor")
    """Colour of the text on it, in hex, which Clinked picks."""
    has_logo: bool | None = Field(default=None, alias="logo")
    """Whether there is a logo of its own."""
    has_background: bool | None = Field(default=None, alias="background")
    """Whether there is a background picture of its own."""
    logo_alignment: str | None = Field(default=None, alias="alignment")
    """Where the logo stands, in Clinked's own word, such as left; it documents no list of them."""
    background_x: int | None = Field(default=None, alias="backgroundPositionX")
    """Which part of the background picture shows, from left to right; 50 as a rule. Clinked does
    not say of how many."""
    background_y: int | None = Field(default=None, alias="backgroundPositionY")
    """Which part of the background picture shows, from top to bottom; 50 as a rule."""
    hides_background_gradient: bool | None = Field(default=None, alias="hideBackgroundGradient")
    """Whether the gradient over the background picture is left out."""
    hides_logo_background: bool | None = Field(default=None, alias="hideLogoBackground")
    """Whether the gradient behind the logo is left out."""
    hides_group_name: bool | None = Field(default=None, alias="hideGroupName")
    """Whether the group's name is left out."""


@strawberry.pydantic.input
class ClinkedGroupBrandingUpdateInput(WriteInput):
    """What to change of how a group looks; what is left out stays."""

    header_color: strawberry.Maybe[str] = Field(serialization_alias="headerColor")
    """Colour of the group's header, in hex, such as #27ae60."""
    has_logo: strawberry.Maybe[bool] = Field(serialization_alias="logo")
    """Whether the logo of its own is shown."""
    has_background: strawberry.Maybe[bool] = Field(serialization_alias="background")
    """Whether the background picture of its own is shown."""
    logo_alignment: strawberry.Maybe[str] = Field(serialization_alias="alignment")
    """Where the logo stands, in Clinked's own word, such as left."""
    background_x: strawberry.Maybe[int] = Field(serialization_alias="backgroundPositionX")
    """Which part of the background picture shows, from left to right."""
    background_y: strawberry.Maybe[int] = Field(serialization_alias="backgroundPositionY")
    """Which part of the background picture shows, from top to bottom."""
    hides_background_gradient: strawberry.Maybe[bool] = Field(
        serialization_alias="hideBackgroundGradient"
    )
    """Whether the gradient over the background picture is left out."""
    hides_logo_background: strawberry.Maybe[bool] = Field(serialization_alias="hideLogoBackground")
    """Whether the gradient behind the logo is left out."""
    hides_group_name: strawberry.Maybe[bool] = Field(serialization_alias="hideGroupName")
    """Whether the group's name is left out."""
    logo_file_platform_id: strawberry.Maybe[Number | None] = Field(serialization_alias="logoFile")
    """The logo, as Clinked's number of a temporary file, which has to be uploaded there first;
    null for no new one."""
    background_file_platform_id: strawberry.Maybe[Number | None] = Field(
        serialization_alias="backgroundFile"
    )
    """The background picture, as Clinked's number of a temporary file; null for no new one."""


@api.post("/v3/groups/{group}/branding", "7.13.1", on="ClinkedGroup")
async def clinked_group_branding_update(
    input: ClinkedGroupBrandingUpdateInput,
) -> ClinkedGroupBranding:
    """Change how a group looks."""
    ...
