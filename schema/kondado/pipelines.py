"""What Kondado can fetch from the kinds of sources in its catalogue. Kondado API, Pipelines."""

from datetime import datetime

import strawberry
from pydantic import Field

from resolvers.reply import Envelope, Items, Rows
from schema.kondado.wire import api
from schema.page import After, Connection, First
from schema.wire import LocatedWire, Wire


@strawberry.pydantic.type
class KondadoPipelineType(Wire):
    """Something that Kondado can fetch from a kind of source, such as its invoices."""

    platform_id: str = Field(alias="id")
    """Kondado's id of it."""
    name: str | None = Field(default=None, alias="parent_pipeline_name")
    """The name that people see."""
    is_billable: bool | None = None
    """Whether what it fetches counts towards the bill."""
    created_at: datetime | None = Field(default=None, alias="createdAt")
    """When it came into the catalogue."""
    updated_at: datetime | None = Field(default=None, alias="updatedAt")
    """When it was last changed."""


class SourcePipelines(Wire):
    """A kind of source, told again together with what can be fetched from it."""

    platform_id: str | None = Field(default=None, alias="id")
    name: str | None = Field(default=None, alias="parent_collection_name")
    pipelines: Items[KondadoPipelineType] = Field(default=[], alias="parent_pipelines")


class PipelinesAnswer(Envelope[list[KondadoPipelineType]]):
    """What Kondado wraps pipelines in: the kind of source, in a list of its own."""

    data: Rows[SourcePipelines]

    @property
    def content(self) -> list[KondadoPipelineType]:
        """What can be fetched."""
        return [pipeline for source in self.data if source for pipeline in source.pipelines]


class SourcePipelineTypes(LocatedWire):
    """The part of a kind of source that is about what can be fetched from it."""

    @api.pages(
        "/parent_collections/src/{source_type}/parent_pipelines",
        "list-pipeline-types",
        PipelinesAnswer,
    )
    async def pipeline_types(
        self, first: First = 25, after: After = None
    ) -> Connection[KondadoPipelineType] | None:
        """What can be fetched from such a source.

        Kondado takes one call a second, of any kind.
        """
        ...
