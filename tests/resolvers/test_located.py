"""Where the parts of an answer come from."""

from typing import ClassVar, Optional

from pydantic import Field

from resolvers.call import Origin
from resolvers.located import Located, stamp
from resolvers.platforms.clinked import Clinked


class Folder(Located):
    """A made-up thing that lies in one of its own kind."""

    address: ClassVar[tuple[str, ...]] = ("group", "folder")
    own_key: ClassVar[str | None] = "number"

    number: str
    parent: Optional["Folder"] = None
    path: list["Folder"] = Field(default=[])


def test_a_thing_inside_one_of_its_own_kind_has_an_address_of_its_own() -> None:
    """At any depth, under the keys of what both of them are in."""
    top, middle = {"number": "1"}, {"number": "2", "parent": {"number": "1"}}
    found = Folder.model_validate({"number": "3", "parent": middle, "path": [top, middle]})
    stamp(found, Origin(Clinked.platform, "here", {"account": "11", "group": "101"}))

    held = [found, found.parent, found.parent and found.parent.parent, *found.path]
    assert [dict(one.origin.keys) for one in held if one] == [
        {"group": "101", "folder": number} for number in ("3", "2", "1", "1", "2")
    ]
