"""One thing kept for each account."""

from collections.abc import Callable
from typing import Generic, TypeVar

from starlette.requests import Request

from gateway.sandbox.clinked.state import World

T = TypeVar("T")


class Kept(Generic[T]):
    """Every account's own, found by the account that the path names."""

    def __init__(self, world: World, seed: Callable[[int], T]) -> None:
        """Start every account with what the seed gives it."""
        self._world = world
        self._seed = seed
        self._things: dict[int, T] = {}
        world.remember(self._begin)

    def of(self, request: Request) -> T:
        """Find the account's own, or refuse."""
        return self._things[self._world.account(request)["id"]]

    def put(self, request: Request, thing: T) -> T:
        """Put a thing in place of the account's former one."""
        self._things[self._world.account(request)["id"]] = thing
        return thing

    def _begin(self) -> None:
        self._things = {account: self._seed(account) for account in self._world.accounts}
