"""How Clinked shows files, in a list and alone."""

from gateway.sandbox.clinked.shelf import FILE_CONTEXT, File, Shelf
from gateway.sandbox.clinked.shown import brief_group, brief_user
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.values import Record

EXTRA = ("approvalSummary", "shareCount", "commentCount", "tasksCount", "jobs")
COLUMNS = ("path", "parent", *EXTRA)
"""What a list tells only if it is asked for."""


def plain_file(world: World, file: File) -> Record:
    """Show a file as a list does that is asked for nothing besides."""
    user = world.users.get(file.uploader) if file.uploader else None
    return {
        "id": file.id,
        "contextKey": {"id": FILE_CONTEXT + file.id},
        **{name: value for name, value in file.fields.items() if name not in EXTRA},
        "uploaded": {
            "user": brief_user(world, file.uploader),
            "name": file.uploader_name,
            "username": user["username"] if user else None,
        },
        "locker": brief_user(world, file.locker),
        "path": [],
        "group": brief_group(world.groups[file.group]),
    }


def listed_file(world: World, shelf: Shelf, file: File, columns: set[str]) -> Record:
    """Show a file in a list, with what is asked for besides."""
    shown = found_file(world, shelf, file)
    return plain_file(world, file) | {name: shown[name] for name in COLUMNS if name in columns}


def found_file(world: World, shelf: Shelf, file: File) -> Record:
    """Show all of a file; the files on the way to it are shown plainly."""
    above = None if file.parent is None else shelf.files[file.parent]
    return {
        **plain_file(world, file),
        **{name: file.fields[name] for name in EXTRA},
        "path": [plain_file(world, one) for one in shelf.line(file)],
        "parent": plain_file(world, above) if above else None,
    }
