"""Finds the stand-ins: every module beside this one that has a `stand_in` factory."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.stand_in import StandIn


class Factory(Protocol):
    """Makes a stand-in with a state of its own."""

    def __call__(self, limits: bool, clock: Clock = ..., /) -> StandIn:
        """Make it, with rate limits on or off."""
        ...


def factories() -> Iterator[Factory]:
    """Find the factories, in the order of their modules' names."""
    here = Path(__file__).parent
    for name in sorted(module.name for module in pkgutil.iter_modules([str(here)])):
        module = importlib.import_module(f"gateway.sandbox.{name}")
        factory = getattr(module, "stand_in", None)
        if callable(factory):
            yield cast("Factory", factory)
