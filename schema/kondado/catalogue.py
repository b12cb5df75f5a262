"""Kondado's catalogue of what can be set up. Kondado API, Sources and Destinations."""

from datetime import datetime
from typing import ClassVar

import strawberry
from pydantic import AliasPath, Field

from resolvers.call import Method
from resolvers.platforms.kondado import Kondado
from resolvers.reply import Rows
from schema.connections import PlatformConnection
from schema.kondado.pipelines import SourcePipelineTypes
from schema.kondado.wire import KondadoAnswer, api
from schema.node import Node, found_in
from schema.page import After, Connection, First, pages


class ConnectorType(Node):
    """What kinds of sources and of destinations have in common."""

    name: str | None = Field(default=None, alias="parent_collection_name")
    """The name that people see."""
    image_url: str | None = Field(default=None, alias="parent_collection_image")
    """Its picture."""
    source_guide_url: str | None = Field(
        default=None, validation_alias=AliasPath("_links", "src", "tutorial")
    )
    """Where Kondado explains how to set it up as a source."""
    destination_guide_url: str | None = Field(
        default=None, validation_alias=AliasPath("_links", "dest", "tutorial")
    )
    """Where Kondado explains how to set it up as a destination."""
    created_at: datetime | None = Field(default=None, alias="createdAt")
    """When it came into the catalogue."""
    updated_at: datetime | None = Field(default=None, alias="updatedAt")
    """When it was last changed."""


@strawberry.pydantic.type
class KondadoSourceType(SourcePipelineTypes, ConnectorType):
    """A kind of source in Kondado's catalogue. Kondado API, Sources."""

    address: ClassVar[tuple[str, ...]] = ("source_type",)


@strawberry.pydantic.type
class KondadoDestinationType(ConnectorType):
    """A kind of destination in Kondado's catalogue. Kondado API, Destinations."""

    address: ClassVar[tuple[str, ...]] = ("destination_type",)


SOURCES = api.endpoint(
    Method.GET,
    "/parent_collections/src",
    KondadoAnswer[Rows[KondadoSourceType]],
    "list-source-types",
)
DESTINATIONS = api.endpoint(
    Method.GET,
    "/parent_collections/dest",
    KondadoAnswer[Rows[KondadoDestinationType]],
    "list-destination-types",
)

found_in(KondadoSourceType, SOURCES)
found_in(KondadoDestinationType, DESTINATIONS)


@strawberry.pydantic.type
class KondadoConnection(PlatformConnection):
    """A connection to Kondado: one access token of a user."""

    credentials = Kondado

    @pages(SOURCES)
    async def source_types(
        self, first: First = 25, after: After = None
    ) -> Connection[KondadoSourceType] | None:
        """The kinds of sources that can be set up.

        Kondado takes one call a second, of any kind.
        """
        ...

    @pages(DESTINATIONS)
    async def destination_types(
        self, first: First = 25, after: After = None
    ) -> Connection[KondadoDestinationType] | None:
        """The kinds of destinations that can be set up.

        Kondado takes one call a second, of any kind.
        """
        ...
