"""The programs that may sign in at Clinked. Clinked API 3.

A new application's secret is told once, to whoever makes it: Clinked shows it nowhere else.
"""

from datetime import datetime
from typing import Annotated, Any, ClassVar, cast

import strawberry
from pydantic import AliasPath, Field, model_validator

from resolvers.call import Method
from resolvers.caller import Scope
from resolvers.reply import Items
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import api
from schema.node import Node, finds
from schema.page import After, Connection, First
from schema.scalars import OpenEnum
from schema.scopes import ADMIN
from schema.wire import LocatedWire, WriteInput

ALL = "/v3/applications"
ONE = "/v3/applications/{application}"


class ClinkedDeviceType(OpenEnum):
    """What kind of device a program runs on."""

    PHONE = "Phone"
    """A phone."""
    TABLET = "Tablet"
    """A tablet."""
    WATCH = "Watch"
    """A watch."""
    BROWSER = "Browser"
    """A web browser."""
    OTHER = "Other"
    """Anything else."""


class ClinkedDevicePlatform(OpenEnum):
    """What a program is made for."""

    IOS = "IOS"
    """Apple's phones and tablets."""
    ANDROID = "ANDROID"
    """Android."""
    SYNC = "SYNC"
    """Clinked's own program that keeps files in step."""
    LINUX = "LINUX"
    """Linux."""
    WINDOWS = "WINDOWS"
    """Windows."""
    OTHER = "OTHER"
    """Anything else."""


class Registration(Node):
    """What applications and devices have in common: Clinked shows both alike."""

    platform_id: str = Field(alias="clientId")
    """Clinked's id of it, which it signs in with."""
    name: str | None = None
    """The name that people see."""
    description: str | None = None
    """What it is for."""
    owner: ClinkedUser | None = None
    """Whose it is, with the first few fields of a profile alone."""
    device_platform: ClinkedDevicePlatform | None = Field(default=None, alias="platform")
    """What it is made for; OTHER also for what this gateway does not know yet."""
    raw_device_platform: str | None = Field(default=None, alias="platform")
    """`devicePlatform` in Clinked's own word."""
    device_type: ClinkedDeviceType | None = Field(default=None, alias="deviceType")
    """What kind of device it runs on; OTHER also for what this gateway does not know yet."""
    raw_device_type: str | None = Field(default=None, alias="deviceType")
    """`deviceType` in Clinked's own word."""
    device_model: str | None = Field(default=None, alias="deviceModel")
    """The make of the device."""
    operating_system: str | None = Field(default=None, alias="deviceOs")
    """The system that the device runs."""
    app_version: str | None = Field(default=None, alias="appVersion")
    """The version of the program."""
    package_name: str | None = Field(default=None, alias="bundleId")
    """The name that app stores know the program by, such as com.example.planviewer."""
    active_at: datetime | None = Field(default=None, alias="lastActivity")
    """When it was last used; null if never."""
    ip_address: str | None = Field(default=None, alias="ip")
    """The internet address that it was registered from."""
    scopes: Items[str] = Field(default=[], alias="scope")
    """What it may do, in Clinked's own words, such as read and write."""
    redirect_uris: Items[str] = Field(default=[], alias="redirectURIs")
    """Where it may send people back to once they have signed in."""
    grant_types: Items[str] = Field(default=[], alias="grantTypes")
    """The ways in which it may sign in, by their OAuth 2.0 names."""


@strawberry.pydantic.type
class ClinkedApplication(Registration):
    """A program that may sign in at Clinked. Clinked API 3."""

    address: ClassVar[tuple[str, ...]] = ("application",)
    needs = Scope.ADMIN


@strawberry.pydantic.type
class ClinkedNewApplication(LocatedWire):
    """A new application, and what it signs in with. Clinked API 3.1."""

    # The document itself is the application.
    application: ClinkedApplication = Field(validation_alias=AliasPath(""))
    """The application."""
    client_secret: Annotated[str | None, strawberry.field(directives=[ADMIN])] = Field(
        default=None, alias="clientSecret", repr=False
    )
    """What it signs in with, beside its id. A secret that Clinked tells this once: keep it."""

    @model_validator(mode="before")
    @classmethod
    def _around(cls, answer: Any) -> Any:
        """Clinked puts the secret among the application's own fields."""
        if not isinstance(answer, dict):
            return answer
        fields = cast("dict[str, Any]", answer)
        return {**fields, "": fields}


@strawberry.pydantic.input
class ClinkedApplicationUpdateInput(WriteInput):
    """What to change of an application; what is left out stays."""

    name: strawberry.Maybe[Annotated[str, Field(min_length=1)]]
    """The name that people see."""
    description: strawberry.Maybe[str | None]
    """What it is for; null clears."""
    device_platform: strawberry.Maybe[ClinkedDevicePlatform] = Field(serialization_alias="platform")
    """What it is made for."""
    device_type: strawberry.Maybe[ClinkedDeviceType] = Field(serialization_alias="deviceType")
    """What kind of device it runs on."""
    device_model: strawberry.Maybe[str | None] = Field(serialization_alias="deviceModel")
    """The make of the device; null clears."""
    operating_system: strawberry.Maybe[str | None] = Field(serialization_alias="deviceOs")
    """The system that the device runs; null clears."""
    app_version: strawberry.Maybe[str | None] = Field(serialization_alias="appVersion")
    """The version of the program; null clears."""
    package_name: strawberry.Maybe[str | None] = Field(serialization_alias="bundleId")
    """The name that app stores know the program by; null clears."""


@strawberry.pydantic.input
class ClinkedApplicationCreateInput(ClinkedApplicationUpdateInput):
    """A new application at Clinked."""

    connection: strawberry.Maybe[str] = Field(exclude=True)
    """The name of the Clinked connection; needed where there are several."""
    name: Annotated[str, Field(min_length=1)]  # pyright: ignore[reportIncompatibleVariableOverride]
    """The name that people see."""


READ = api.endpoint(Method.GET, ONE, ClinkedApplication, "3.3")

finds(ClinkedApplication, READ)


class ConnectionApplications(LocatedWire):
    """The part of a connection that is about applications."""

    @api.pages(ALL, "3.2", directives=[ADMIN])
    async def applications(
        self, first: First = 25, after: After = None
    ) -> Connection[ClinkedApplication] | None:
        """The programs that may sign in at Clinked."""
        ...


@api.post(ALL, "3.1", directives=[ADMIN])
async def clinked_application_create(input: ClinkedApplicationCreateInput) -> ClinkedNewApplication:
    """Let a program sign in at Clinked."""
    ...


@api.patch(ONE, "3.4", on="ClinkedApplication", directives=[ADMIN])
async def clinked_application_update(input: ClinkedApplicationUpdateInput) -> ClinkedApplication:
    """Change what Clinked knows of an application."""
    ...


@api.delete(ONE, "3.5", on="ClinkedApplication", directives=[ADMIN])
async def clinked_application_delete() -> None:
    """Delete an application.

    Nothing can sign in with its id and secret any more, nor can this gateway, if a connection of
    its own uses them.
    """
    ...
