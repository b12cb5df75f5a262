"""What a Codat client remembers."""

from dataclasses import dataclass

from starlette.requests import Request

from gateway.sandbox.codat.refusals import not_found
from gateway.sandbox.codat.seed import Ids, companies, groups
from gateway.sandbox.kit.answers import Answer
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.values import Record


@dataclass(frozen=True, slots=True)
class Replay:
    """What was asked under an idempotency key, and what was answered."""

    asked: tuple[str, str, bytes]
    answer: Answer
    until: float


class Client:
    """The companies and groups of one client, and the answers kept for replay."""

    def __init__(self, clock: Clock) -> None:
        """Start from the seed."""
        self.clock = clock
        self.ids = Ids(4)
        self.companies: dict[str, Record] = {}
        self.groups: dict[str, Record] = {}
        self.replays: dict[str, Replay] = {}
        self.reset()

    def reset(self) -> None:
        """Go back to the seed."""
        self.ids = Ids(4)
        self.groups = {one["id"]: one for one in groups(self.ids)}
        seeded = companies(self.ids, list(self.groups.values()))
        self.companies = {one["id"]: one for one in seeded}
        self.replays = {}

    def expire_tokens(self) -> None:
        """Have no token that expires."""

    def stamp(self) -> str:
        """Tell the date with seven digits after the second."""
        return self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f0Z")

    def active(self) -> int:
        """Count the companies that have a linked connection."""
        return sum(
            any(one["status"] == "Linked" for one in company["dataConnections"])
            for company in self.companies.values()
        )

    def company(self, request: Request) -> Record:
        """Find the company that the path names, or refuse."""
        key: str = request.path_params["company"]
        found = self.companies.get(key.lower())
        if found is None:
            raise not_found("company", key)
        return found

    def connection(self, request: Request) -> Record:
        """Find the connection that the path names, or refuse."""
        key: str = request.path_params["connection"]
        for one in self.company(request)["dataConnections"]:
            if one["id"] == key.lower():
                return one
        raise not_found("connection", key)

    def group(self, key: str) -> Record:
        """Find a group, or refuse."""
        found = self.groups.get(key.lower())
        if found is None:
            raise not_found("group", key)
        return found
