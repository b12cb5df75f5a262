"""What a filter means where the platform cannot filter itself."""

from collections.abc import Callable
from typing import Any


def named(text: str | None) -> Callable[[Any], bool]:
    """Tell whether a thing's name contains `text`, in upper or lower case; None is no filter."""
    wanted = (text or "").casefold()
    return lambda thing: wanted in (thing.name or "").casefold()
