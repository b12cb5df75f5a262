"""What a LeadConduit account remembers."""

import copy

from starlette.requests import Request

from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.values import Record
from gateway.sandbox.leadconduit.changelog import entry
from gateway.sandbox.leadconduit.refusals import forbidden, not_found
from gateway.sandbox.leadconduit.seed import entities


class Account:
    """The entities, their history and the addresses invited."""

    def __init__(self, clock: Clock) -> None:
        """Start from the seed."""
        self.clock = clock
        self.entities: dict[str, Record] = {}
        self.changelogs: dict[str, list[Record]] = {}
        self.invited: dict[str, str] = {}
        self._made = 0
        self.reset()

    def reset(self) -> None:
        """Go back to the seed."""
        self._made = 0
        self.entities = {one["id"]: one for one in entities()}
        self.invited = {one["name"]: one["id"] for one in entities() if one["pending"]}
        self.changelogs = {
            eid: [entry(f"{eid[:11]}c{eid[12:]}", "create", {}, one, one["created_at"])]
            for eid, one in self.entities.items()
        }

    def expire_tokens(self) -> None:
        """Have no token that expires."""

    def new_id(self) -> str:
        """Make an id that no other thing has."""
        self._made += 1
        return f"6710c0de{self._made:016x}"

    def find(self, request: Request) -> Record:
        """Find the entity that the path names, or refuse."""
        found = self.entities.get(request.path_params["id"].lower())
        if found is None:
            raise not_found()
        return found

    def find_own(self, request: Request) -> Record:
        """Find an entity that the caller may change, or refuse."""
        found = self.find(request)
        if found["standard"]:
            raise forbidden()
        return found

    def put(self, changed: Record) -> Record:
        """Store an entity in place of its former self and note the change."""
        eid: str = changed["id"]
        before = self.entities.get(eid, {})
        self.entities[eid] = changed
        action = "update" if before else "create"
        change = entry(self.new_id(), action, before, copy.deepcopy(changed), self.clock.iso())
        self.changelogs.setdefault(eid, []).append(change)
        return changed

    def drop(self, entity: Record) -> None:
        """Forget an entity and all that hangs on it."""
        eid: str = entity["id"]
        del self.entities[eid], self.changelogs[eid]
        self.invited = {email: one for email, one in self.invited.items() if one != eid}
