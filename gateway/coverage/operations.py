"""Which documented sections an operation among the tests reaches.

`tests/operations/<platform>/<chapter>/4.9.3-update.json` stands for one section, as do
`create-company.json` and `create-company.with-tags.json`; that the operation reaches its endpoint
is held by the tests that run it.
"""

from collections.abc import Iterable
from pathlib import Path

from gateway.coverage.facts import Chapter, NothingToCompare


def reached(root: Path, chapters: Iterable[Chapter]) -> set[tuple[str, str]]:
    """Give the sections, with their platforms, that have an operation."""
    folder = root / "tests" / "operations"
    if not folder.is_dir():
        raise NothingToCompare(f"{folder} is not there: name a checkout with --root")
    return {
        (chapter.platform, section_of(path))
        for chapter in chapters
        for path in (folder / chapter.platform / chapter.name).glob("*.json")
        if path.with_suffix(".graphql").is_file()
    }


def section_of(path: Path) -> str:
    """Tell the section by a file's name.

    >>> section_of(Path("4.9.3-update.json")), section_of(Path("create-company.with-tags.json"))
    ('4.9.3', 'create-company')
    """
    return path.stem.partition("-" if path.stem[0].isdigit() else ".")[0]
