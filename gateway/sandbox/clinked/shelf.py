"""The content of Clinked's groups: files and folders, what is in the trash, mail addresses."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from gateway.sandbox.clinked.refusals import not_found
from gateway.sandbox.clinked.shown import CONTEXT
from gateway.sandbox.kit.values import Record

FOLDER = "@folder"
FILE_CONTEXT = 30_000
"""The context key of a file is its id and this."""


@dataclass(slots=True)
class File:
    """A file or a folder; `fields` are those that are shown as they are."""

    id: int
    group: int
    parent: int | None
    fields: Record
    uploader: int | None
    uploader_name: str
    locker: int | None = None

    @property
    def name(self) -> str:
        """Give the name that is unique in its folder."""
        return self.fields["name"]

    @property
    def is_folder(self) -> bool:
        """Say whether it is a folder."""
        return self.fields["contentType"] == FOLDER


@dataclass(slots=True)
class Trashed:
    """Something in the trash of a group, with the file that it was if it was one."""

    id: int
    group: int
    type: str
    friendly_name: str
    user: int
    deleted: int
    file: File | None = None


@dataclass(slots=True)
class MailRecipient:
    """The part before the @ of an address whose mail becomes files."""

    id: int
    group: int
    name: str
    context: int
    created: int


@dataclass(slots=True)
class Shelf:
    """All content of all groups."""

    files: dict[int, File] = field(default_factory=dict[int, File])
    trash: dict[int, Trashed] = field(default_factory=dict[int, Trashed])
    recipients: dict[int, MailRecipient] = field(default_factory=dict[int, MailRecipient])

    def fill(
        self,
        files: Iterable[File],
        trash: Iterable[Trashed],
        recipients: Iterable[MailRecipient],
    ) -> None:
        """Put these things on it in place of all others."""
        self.files = {one.id: one for one in files}
        self.trash = {one.id: one for one in trash}
        self.recipients = {one.id: one for one in recipients}

    def of_group(self, group: int) -> list[File]:
        """List a group's files and folders."""
        return [one for one in self.files.values() if one.group == group]

    def folder(self, group: int, key: int) -> File:
        """Find a folder of a group, or refuse."""
        found = self.files.get(key)
        if found is None or found.group != group or not found.is_folder:
            raise not_found("Folder", key)
        return found

    def line(self, file: File) -> list[File]:
        """List the folders that a file lies in, the outermost first, and then the file itself."""
        above = None if file.parent is None else self.files.get(file.parent)
        return [*(self.line(above) if above else []), file]

    def context(self, group: int, key: int) -> int:
        """Check that a context key is that of a group or of a folder in it, or refuse."""
        if key != CONTEXT + group:
            self.folder(group, key - FILE_CONTEXT)
        return key
