"""What was deleted in a group at Clinked and can still come back. Clinked API 7.12."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

import strawberry
from pydantic import BeforeValidator, Field

from resolvers.call import Method
from resolvers.reply import Envelope, Items
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import ClinkedPage, Order, api
from schema.leading import belongs_to
from schema.links import OwnNumber, points_to
from schema.node import Node, found_in
from schema.nouns import Group
from schema.page import After, Connection, First, pages
from schema.wire import LocatedWire, WriteInput

PATH = "/v3/groups/{group}/trash"


@strawberry.pydantic.type
class ClinkedTrashItem(Node):
    """Something that was deleted in a group and can still come back. Clinked API 7.12.

    Clinked cannot be asked for one: it is found by going through the group's trash, and its id
    leads nowhere once it is restored or deleted for good.
    """

    address: ClassVar[tuple[str, ...]] = ("account", "group", "item")

    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people saw."""
    kind: str | None = Field(default=None, alias="type")
    """What it was, in Clinked's own word, such as page; it documents no list of them."""
    deleted_by: ClinkedUser | None = Field(default=None, alias="user")
    """Who deleted it, with the first few fields of a profile alone; null if that person is gone."""
    deleted_at: datetime | None = Field(default=None, alias="dateDeleted")
    """When it was deleted."""

    @belongs_to("ClinkedGroup", api.calls(Method.GET, "/v3/accounts/{account}/groups/{group}"))
    async def group(self) -> Group | None:
        """The group that it was in."""
        ...


def _named(value: Any) -> Any:
    return {"id": value} if isinstance(value, int | str) else value


@strawberry.pydantic.type
class ClinkedTrashResult(LocatedWire):
    """What became of things in the trash. Clinked API 7.12.3 and 7.12.4."""

    done: Items[ClinkedTrashItem] = Field(default=[], alias="success")
    """Those that were restored or deleted for good, as they were in the trash. Their ids lead
    nowhere any more."""
    # Clinked documents neither what these are nor an example: ids by what it says, or things.
    failed: Items[Annotated[ClinkedTrashItem, BeforeValidator(_named)]] = Field(
        default=[], alias="error"
    )
    """Those that were not, as far as Clinked tells of them, which may be no more than the id."""


TrashItems = Annotated[
    list[Annotated[strawberry.ID, points_to("ClinkedTrashItem"), OwnNumber()]],
    Field(min_length=1, max_length=100),
]


@strawberry.pydantic.input
class ClinkedTrashItemsInput(WriteInput):
    """Things in the trash of one group."""

    item_ids: TrashItems = Field(serialization_alias="items")
    """Which, from 1 to 100."""


class TrashProgress(Envelope[float | None]):
    """What Clinked wraps the progress in."""

    progress: float | None = None

    @property
    def content(self) -> float | None:
        """The progress."""
        return self.progress


LIST = api.endpoint(
    Method.GET,
    PATH,
    ClinkedPage[ClinkedTrashItem],
    "7.12.1",
    query=("page", "size", "orderBy", "ascending"),
)

found_in(ClinkedTrashItem, LIST)


class GroupTrash(LocatedWire):
    """The part of a group that is about its trash."""

    @pages(LIST)
    async def trash(
        self, order: Order = None, first: First = 25, after: After = None
    ) -> Connection[ClinkedTrashItem] | None:
        """What was deleted in it and can still come back."""
        ...

    @api.get(f"{PATH}/progress", "7.12.5", envelope=TrashProgress)
    async def trash_emptied_percent(self) -> float | None:
        """How far Clinked has come with emptying its trash, from 0 to 100.

        It may be 100 where nothing is being emptied. Putting things back has no such number.
        """
        ...


@api.delete(f"{PATH}/{{item}}", "7.12.2", on="ClinkedTrashItem")
async def clinked_trash_item_delete() -> None:
    """Delete something in the trash for good."""
    ...


@api.post(
    PATH,
    "7.12.3",
    on="ClinkedGroup",
    gives="items",
    fixed={"action": "delete", "processAll": False},
)
async def clinked_trash_items_delete(input: ClinkedTrashItemsInput) -> ClinkedTrashResult:
    """Delete several things in a group's trash for good."""
    ...


@api.post(
    PATH,
    "7.12.3",
    on="ClinkedGroup",
    gives="items",
    fixed={"action": "delete", "processAll": True},
)
async def clinked_trash_empty() -> ClinkedTrashResult:
    """Delete all in a group's trash for good; `trashEmptiedPercent` tells how far that is."""
    ...


@api.post(PATH, "7.12.4", on="ClinkedGroup", gives="items", fixed={"action": "restore"})
async def clinked_trash_items_restore(input: ClinkedTrashItemsInput) -> ClinkedTrashResult:
    """Put several things in a group's trash back to where they were."""
    ...
