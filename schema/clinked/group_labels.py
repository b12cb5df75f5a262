"""The labels that groups at Clinked are sorted by. Clinked API 7.15.

Labels belong to an account, of which Clinked documents no list: what has an id here is a label as
it is attached to one group.
"""

from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from resolvers.call import Method
from resolvers.reply import Items
from schema.clinked.wire import Number, api
from schema.leading import belongs_to
from schema.node import Node, found_in
from schema.nouns import Group
from schema.page import After, Connection, First, pages
from schema.wire import LocatedWire, Wire, WriteInput

PATH = "/v3/groups/{group}/labels"


@strawberry.pydantic.type
class ClinkedGroupLabel(Node):
    """A label that is attached to a group. Clinked API 7.15."""

    address: ClassVar[tuple[str, ...]] = ("account", "group", "label")

    name: str | None = None
    """The label."""
    order: int | None = None
    """Its place among the group's labels; the least comes first."""

    @belongs_to("ClinkedGroup", api.calls(Method.GET, "/v3/accounts/{account}/groups/{group}"))
    async def group(self) -> Group | None:
        """The group that it is attached to."""
        ...


@strawberry.pydantic.type
class ClinkedRefusedLabel(Wire):
    """A label that could not be attached to a group. Clinked API 7.15.2."""

    platform_id: str | None = Field(default=None, alias="id")
    """Clinked's number of the label."""
    name: str | None = None
    """The label; null if there is no such one."""
    order: int | None = None
    """The place that it was to have; null for the last."""


@strawberry.pydantic.type
class ClinkedAttachedLabels(LocatedWire):
    """What became of labels that were to be attached to a group. Clinked API 7.15.2."""

    attached: Items[ClinkedGroupLabel] = []
    """Those that the group has now."""
    refused: Items[ClinkedRefusedLabel] = Field(default=[], alias="failures")
    """Those that could not be attached."""


@strawberry.pydantic.input
class ClinkedLabelPlaceInput(WriteInput):
    """A label to attach to a group, and its place there."""

    label_platform_id: Number = Field(serialization_alias="label")
    """The label, by the `platformId` of a `ClinkedGroupLabel` of any group in the account. It has
    no global id before it is attached."""
    order: strawberry.Maybe[int | None]
    """Its place among the group's labels; null for the last."""


@strawberry.pydantic.input
class ClinkedGroupLabelsAttachInput(WriteInput):
    """Labels to attach to a group."""

    labels: Annotated[list[ClinkedLabelPlaceInput], Field(min_length=1, max_length=100)] = Field(
        serialization_alias="items"
    )
    """The labels, from 1 to 100."""


LIST = api.endpoint(Method.GET, PATH, list[ClinkedGroupLabel], "7.15.1")

found_in(ClinkedGroupLabel, LIST)


class GroupLabels(LocatedWire):
    """The part of a group that is about labels."""

    @pages(LIST)
    async def labels(
        self, first: First = 25, after: After = None
    ) -> Connection[ClinkedGroupLabel] | None:
        """The labels attached to it."""
        ...


@api.post(PATH, "7.15.2", on="ClinkedGroup", gives="labels")
async def clinked_group_labels_attach(
    input: ClinkedGroupLabelsAttachInput,
) -> ClinkedAttachedLabels:
    """Attach labels of the account to a group."""
    ...


@api.delete(f"{PATH}/{{label}}", "7.15.3", on="ClinkedGroupLabel")
async def clinked_group_label_detach() -> None:
    """Take a label off a group; the account keeps it."""
    ...


@api.delete(PATH, "7.15.4", on="ClinkedGroup")
async def clinked_group_labels_detach_all() -> None:
    """Take all labels off a group; the account keeps them."""
    ...
