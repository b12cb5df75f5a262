"""How an account's portal looks. Clinked API 4.10."""

from datetime import datetime

import strawberry
from pydantic import Field

from schema.clinked.wire import api
from schema.wire import LocatedWire, Wire, WriteInput


@strawberry.pydantic.type
class ClinkedBranding(Wire):
    """How an account's portal looks. Clinked API 4.10."""

    has_logo: bool | None = Field(default=None, alias="logo")
    """Whether there is a logo of its own."""
    has_medium_logo: bool | None = Field(default=None, alias="mediumLogo")
    """Whether the logo is there in a medium size too."""
    has_large_logo: bool | None = Field(default=None, alias="largeLogo")
    """Whether the logo is there in a large size too."""
    has_background: bool | None = Field(default=None, alias="background")
    """Whether there is a background picture of its own."""
    has_icon: bool | None = Field(default=None, alias="icon")
    """Whether there is an icon of its own for browser tabs."""
    has_dark_menu: bool | None = Field(default=None, alias="darkMenu")
    """Whether the menu is dark."""
    navbar_color: str | None = Field(default=None, alias="navbarColor")
    """Colour of the bar at the top, in hex, such as #2e9dff."""
    navbar_text_color: str | None = Field(default=None, alias="navbarText")
    """Colour of the text on it, in hex."""
    sidebar_color: str | None = Field(default=None, alias="sidebarColor")
    """Colour of the bar at the side, in hex."""
    sidebar_text_color: str | None = Field(default=None, alias="sidebarText")
    """Colour of the text on it, in hex."""
    primary_color: str | None = Field(default=None, alias="primaryColor")
    """Colour of what stands out first, in hex."""
    primary_text_color: str | None = Field(default=None, alias="primaryText")
    """Colour of the text on it, in hex."""
    secondary_color: str | None = Field(default=None, alias="secondaryColor")
    """Colour of what stands out next, in hex."""
    secondary_text_color: str | None = Field(default=None, alias="secondaryText")
    """Colour of the text on it, in hex."""
    font_family: str | None = Field(default=None, alias="fontFamily")
    """The font, by name."""
    updated_at: datetime | None = Field(default=None, alias="lastModified")
    """When it was last changed."""


@strawberry.pydantic.input
class ClinkedBrandingUpdateInput(WriteInput):
    """What to change of how an account's portal looks; what is left out stays."""

    has_logo: strawberry.Maybe[bool] = Field(serialization_alias="logo")
    """Whether the logo of its own is shown."""
    has_background: strawberry.Maybe[bool] = Field(serialization_alias="background")
    """Whether the background picture of its own is shown."""
    has_icon: strawberry.Maybe[bool] = Field(serialization_alias="icon")
    """Whether the icon of its own is shown in browser tabs."""
    has_dark_menu: strawberry.Maybe[bool] = Field(serialization_alias="darkMenu")
    """Whether the menu is dark."""
    navbar_color: strawberry.Maybe[str] = Field(serialization_alias="navbarColor")
    """Colour of the bar at the top, in hex, such as #2e9dff."""
    navbar_text_color: strawberry.Maybe[str] = Field(serialization_alias="navbarText")
    """Colour of the text on it, in hex."""
    sidebar_color: strawberry.Maybe[str] = Field(serialization_alias="sidebarColor")
    """Colour of the bar at the side, in hex."""
    sidebar_text_color: strawberry.Maybe[str] = Field(serialization_alias="sidebarText")
    """Colour of the text on it, in hex."""
    primary_color: strawberry.Maybe[str] = Field(serialization_alias="primaryColor")
    """Colour of what stands out first, in hex."""
    primary_text_color: strawberry.Maybe[str] = Field(serialization_alias="primaryText")
    """Colour of the text on it, in hex."""
    secondary_color: strawberry.Maybe[str] = Field(serialization_alias="secondaryColor")
    """Colour of what stands out next, in hex."""
    secondary_text_color: strawberry.Maybe[str] = Field(serialization_alias="secondaryText")
    """Colour of the text on it, in hex."""
    font_family: strawberry.Maybe[str] = Field(serialization_alias="fontFamily")
    """The font, by name."""


class AccountBranding(LocatedWire):
    """The part of an account that is about its looks."""

    @api.get("/v3/accounts/{account}/branding", "4.10.1")
    async def branding(self) -> ClinkedBranding | None:
        """How its portal looks."""
        ...


@api.post("/v3/accounts/{account}/branding", "4.10.2", on="ClinkedAccount")
async def clinked_branding_update(input: ClinkedBrandingUpdateInput) -> ClinkedBranding:
    """Change how an account's portal looks."""
    ...


@api.delete("/v3/accounts/{account}/branding", "4.10.3", on="ClinkedAccount")
async def clinked_branding_reset() -> None:
    """Let an account's portal look as Clinked's own does."""
    ...
