"""The files, the trash and the mail addresses that Clinked's groups start with."""

from collections.abc import Iterator

from gateway.sandbox.clinked.people import DAY, FIRST_USER, START, full_name
from gateway.sandbox.clinked.shelf import FILE_CONTEXT, FOLDER, File, MailRecipient, Trashed
from gateway.sandbox.clinked.shown import CONTEXT
from gateway.sandbox.kit.values import Record

GONE = 999
"""Somebody who is no user any more."""

PDF = "application/pdf"
BINARY = "application/octet-stream"
ZIP = "application/zip"
GIBIBYTE = 1 << 30


def files() -> Iterator[File]:
    """Make the files and folders: 901 and 902 hold others, 904 is beside them."""
    yield file(901, 101, None, "Drawings", FOLDER, sharing="MEMBERS", memberPermission=4)
    yield file(902, 101, None, "Site Survey", FOLDER, following=True)
    yield file(903, 101, 901, "Archive 2019", FOLDER)
    yield file(904, 101, None, "Brief.pdf", PDF, 1000, **READ_BY_ALL)
    yield file(905, 101, 901, "Ground Floor.dwg", BINARY, 48_211_907, locker=1002, **CHECKED)
    yield file(906, 101, 902, "Point Cloud.e57", BINARY, 7 * GIBIBYTE + 1, versions=1)
    yield file(907, 101, 903, "Old Plan.tiff", "image/tiff", 0, uploader=GONE, userPermission=1)
    yield file(908, 101, 902, "Photos.zip", ZIP, 4 * GIBIBYTE, uploader=1003)
    yield file(911, 102, None, "Minutes.pdf", PDF, 2048, uploader=1002)
    yield file(921, 201, None, "Manifest.csv", "text/csv", 512, uploader=1111)


def trash() -> Iterator[Trashed]:
    """Make what is in the trash: 932 and 937 are files that can come back."""
    yield Trashed(931, 101, "page", "Welcome Page", 1001, START + 901 * DAY)
    old = file(909, 101, 901, "Old Brief.pdf", PDF, 900)
    yield Trashed(932, 101, "file", "Old Brief.pdf", 1002, START + 903 * DAY, old)
    yield Trashed(933, 101, "task", "Order samples", GONE, START + 902 * DAY)
    yield Trashed(934, 101, "discussion", "Which brick?", 1001, START + 905 * DAY)
    yield Trashed(936, 102, "event", "Topping out", 1001, START + 904 * DAY)
    late = file(922, 201, None, "Late.csv", "text/csv", 64, uploader=1111)
    yield Trashed(937, 201, "file", "Late.csv", 1111, START + 906 * DAY, late)


def recipients() -> Iterator[MailRecipient]:
    """Make the mail addresses, of groups as a whole and of a folder."""
    yield MailRecipient(941, 101, "bids-north", CONTEXT + 101, START + 500 * DAY)
    yield MailRecipient(942, 101, "bids-drawings", FILE_CONTEXT + 901, START + 501 * DAY)
    yield MailRecipient(943, 201, "tide-post", CONTEXT + 201, START + 502 * DAY)


def file(
    key: int,
    group: int,
    parent: int | None,
    name: str,
    kind: str,
    size: int = 0,
    *,
    uploader: int = FIRST_USER,
    locker: int | None = None,
    **more: object,
) -> File:
    """Make a file or a folder, with what is not given as most files have it."""
    own = {"name": name.lower().replace(" ", "_"), "friendlyName": name, "contentType": kind}
    fields = PLAIN | own | {"size": size, "lastModified": START + key * DAY} | more
    by = "Otto Ravn" if uploader == GONE else full_name(uploader - FIRST_USER)
    fields["locked"] = locker is not None
    return File(key, group, parent, fields, uploader, by, locker)


def approvals(pending: int, rejected: int, approved: int) -> Record:
    """Count what was said of a file."""
    told = {"pendingCount": pending, "rejectedCount": rejected, "approvedCount": approved}
    return told | {"count": sum(told.values())}


PLAIN: Record = {
    "sharing": "NONE",
    "memberPermission": 2,
    "following": False,
    "userAces": False,
    "userPermission": 16,
    "tags": None,
    "locked": False,
    "summary": None,
    "versions": 0,
    "previewInfo": None,
    "watermark": False,
    "shareCount": 0,
    "commentCount": 0,
    "tasksCount": 0,
    "approvalSummary": approvals(0, 0, 0),
    "jobs": [],
}
READ_BY_ALL: Record = {"sharing": "PUBLIC", "tags": "client,signed", "versions": 3, "shareCount": 2}
CHECKED: Record = {
    "sharing": "DEFAULT",
    "memberPermission": 1,
    "following": True,
    "userAces": True,
    "tags": "plan",
    "summary": "The stairs have moved",
    "versions": 12,
    "watermark": True,
    "commentCount": 7,
    "tasksCount": 2,
    "approvalSummary": approvals(1, 2, 3),
}
