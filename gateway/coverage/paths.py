"""How the paths of fields stand to each other."""

import re
from collections.abc import Iterator


def join(above: str, name: str) -> str:
    """Go down to a member.

    >>> join("items[]", "user"), join("", "id")
    ('items[].user', 'id')
    """
    return f"{above}.{name}" if above else name


def is_below(path: str, above: str) -> bool:
    """Tell whether a path leads further down from another one.

    >>> is_below("items[].id", "items"), is_below("itemsLeft", "items")
    (True, False)
    """
    return above == "$" or path.startswith((f"{above}.", f"{above}[]"))


def above(path: str) -> Iterator[str]:
    """Give the path, and every path that it stands below, innermost first.

    >>> list(above("items[].user.id"))
    ['items[].user.id', 'items[].user', 'items[]', 'items']
    """
    while path:
        yield path
        path = path.removesuffix("[]") if path.endswith("[]") else path.rpartition(".")[0]


def ends_in(path: str, name: str) -> bool:
    """Tell whether a path ends in these members.

    >>> ends_in("items[].card.number", "card.number"), ends_in("postcard.number", "card.number")
    (True, False)
    """
    return path == name or path.endswith(f".{name}")


def stands_for(path: str, other: str) -> bool:
    """Tell whether a path is the other one, or would be with other names for its stars.

    >>> stands_for("groups[].*", "groups[].id"), stands_for("groups[].id", "groups[].*")
    (True, False)
    """
    if "*" not in path:
        return path == other
    pattern = re.escape(path).replace(r"\*", r"[^.\[]+")
    return re.fullmatch(pattern, other) is not None
