"""The files and folders of a group at Clinked. Clinked API 8.

Clinked cannot be asked for one file by its id: one is found again by going through all of its
group. What Clinked leaves out of lists unless it is asked for (`columns`) is null there.
"""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Optional, cast

import strawberry
from pydantic import BeforeValidator, Field

from resolvers.arguments import KeyOf
from resolvers.call import Method
from resolvers.reply import Items
from schema.clinked.group_mail_recipients import FileMailRecipients
from schema.clinked.references import ClinkedGroupReference
from schema.clinked.sharing import Shared
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import ClinkedPage, Order, api
from schema.node import Node, found_in
from schema.page import After, Connection, First, pages
from schema.scalars import BigInt, CommaList
from schema.tags import NamedValues
from schema.wire import LocatedWire, Wire, WriteInput

PATH = "/v3/groups/{group}/filesList"


def _is_folder(content_type: Any) -> Any:
    return content_type == "@folder" if isinstance(content_type, str) else None


def _counted(jobs: Any) -> Any:
    return len(cast("list[object]", jobs)) if isinstance(jobs, list) else None


@strawberry.pydantic.type
class ClinkedUploader(Wire):
    """Who uploaded a file. Clinked API 8.1."""

    name: str | None = None
    """Full name, which stays when the person is gone."""
    username: str | None = None
    """The name to log in with; null if the person is gone."""
    user: ClinkedUser | None = None
    """The person's profile, of which the first few fields alone; null if the person is gone."""


@strawberry.pydantic.type
class ClinkedApprovals(Wire):
    """How many people approved a file. Clinked API 8.1."""

    pending_count: int | None = Field(default=None, alias="pendingCount")
    """How many have not answered."""
    rejected_count: int | None = Field(default=None, alias="rejectedCount")
    """How many said no."""
    approved_count: int | None = Field(default=None, alias="approvedCount")
    """How many said yes."""
    count: int | None = None
    """How many were asked."""


@strawberry.pydantic.type
class ClinkedFile(FileMailRecipients, Shared, Node):
    """A file or a folder of a group. Clinked API 8."""

    address: ClassVar[tuple[str, ...]] = ("account", "group", "file")

    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in paths, which Clinked makes, unique in its folder."""
    content_type: str | None = Field(default=None, alias="contentType")
    """What kind of file it is, as a media type; @folder for a folder."""
    is_folder: Annotated[bool | None, BeforeValidator(_is_folder)] = Field(
        default=None, alias="contentType"
    )
    """Whether it is a folder."""
    size_bytes: BigInt | None = Field(default=None, alias="size")
    """How large it is; 0 for a folder."""
    uploader: ClinkedUploader | None = Field(default=None, alias="uploaded")
    """Who uploaded it."""
    version_count: int | None = Field(default=None, alias="versions")
    """How many versions of it there are."""
    version_comment: str | None = Field(default=None, alias="summary")
    """What was said of its latest version."""
    tag_names: CommaList = Field(default=[], alias="tags")
    """The words that it is marked with."""
    is_locked: bool | None = Field(default=None, alias="locked")
    """Whether it is locked and should not be changed."""
    locker: ClinkedUser | None = None
    """Who locked it, with the first few fields of a profile alone."""
    is_followed: bool | None = Field(default=None, alias="following")
    """Whether the connection's own user is told of changes to it."""
    has_personal_permissions: bool | None = Field(default=None, alias="userAces")
    """Whether single people may do more or less with it than the rest."""
    user_permission_mask: int | None = Field(default=None, alias="userPermission")
    """What the connection's own user may do with it, as a number that Clinked does not explain."""
    has_watermark: bool | None = Field(default=None, alias="watermark")
    """Whether something is written across it where it is shown."""
    preview: NamedValues = Field(default=[], alias="previewInfo")
    """What Clinked knows for showing it, in names of its own; empty if it cannot be shown."""
    path: Items["ClinkedFile"] = []
    """The folders that it lies in, the outermost first, and itself as the last. Lists have it only
    where `columns` names path; empty where Clinked leaves it out."""
    parent: Optional["ClinkedFile"] = None
    """The folder that it lies in; null at the top. Lists have it only where `columns` names parent,
    and it is null without."""
    approvals: ClinkedApprovals | None = Field(default=None, alias="approvalSummary")
    """How many people approved it; null where Clinked leaves that out."""
    share_count: int | None = Field(default=None, alias="shareCount")
    """How often it is shared; null where Clinked leaves that out."""
    comment_count: int | None = Field(default=None, alias="commentCount")
    """How many comments it has; null where Clinked leaves that out."""
    task_count: int | None = Field(default=None, alias="tasksCount")
    """How many tasks are about it; null where Clinked leaves that out."""
    job_count: Annotated[int | None, BeforeValidator(_counted)] = Field(default=None, alias="jobs")
    """How many things Clinked is doing to it just now, without saying what; null where Clinked
    leaves that out."""
    group: ClinkedGroupReference | None = None
    """The group that it is in."""
    updated_at: datetime | None = Field(default=None, alias="lastModified")
    """When it was last changed."""


@strawberry.pydantic.input
class ClinkedFileFilter(WriteInput):
    """Which files and folders to give."""

    name_contains: strawberry.Maybe[str] = Field(serialization_alias="name")
    """Those whose name contains this."""
    includes_all_folders: strawberry.Maybe[bool] = Field(serialization_alias="flat")
    """Whether to look in all folders of the group and not in one alone."""
    includes_siblings: strawberry.Maybe[bool] = Field(serialization_alias="siblings")
    """Whether to look in the folders beside the given one too; not together with
    `includesAllFolders`."""


FileFilter = Annotated[
    ClinkedFileFilter | None, strawberry.argument(description="Only those that match.")
]
FolderId = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="The folder to look in; the top of the group if null."),
    KeyOf("ClinkedFile", ("account", "group", "file")),
]
Columns = Annotated[
    list[str] | None,
    strawberry.argument(
        description="What to give that Clinked leaves out of lists, in Clinked's own words, of "
        "which it documents no list: such as approvalSummary for `approvals`."
    ),
]
FilePath = Annotated[
    str, strawberry.argument(description="The path, of the names in `slug`, as Clinked writes it.")
]
Exclude = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(description="Not one of these files of the group."),
    KeyOf("ClinkedFile", ("account", "group", "file")),
]

LIST = api.endpoint(
    Method.GET,
    PATH,
    ClinkedPage[ClinkedFile],
    "8.1",
    query=(
        *("page", "size", "orderBy", "ascending", "columns"),
        *("name", "parent", "flat", "siblings"),
    ),
)
EVERY = api.endpoint(
    Method.GET, f"{PATH}?flat=true", ClinkedPage[ClinkedFile], "8.1", query=("page", "size")
)

found_in(ClinkedFile, EVERY)


class GroupFiles(LocatedWire):
    """The part of a group that is about its files."""

    @pages(LIST, query={"folder_id": "parent"})
    async def files(
        self,
        filter: FileFilter = None,
        folder_id: FolderId = None,
        columns: Columns = None,
        order: Order = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[ClinkedFile] | None:
        """Its files and folders; null if there is no such folder."""
        ...

    @api.get("/v3/groups/{group}/files", "8.2")
    async def file_by_path(self, path: FilePath, exclude: Exclude = None) -> ClinkedFile | None:
        """The file or folder at a path; null if there is none."""
        ...
