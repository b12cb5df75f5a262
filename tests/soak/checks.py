"""Holds what an answer shows to the truth of the time in which it was asked for."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.soak.exchange import Exchange, Path
from tests.soak.report import Flaw, Report
from tests.soak.truth import Thing, Truth

Node = Mapping[str, Any]
Page = Mapping[str, Any]

NOUNS = {
    "companies": ("ClinkedAccount", "CodatCompany", "ConduitCompany"),
    "groups": ("ClinkedGroup", "CodatGroup"),
    "members": ("ClinkedMember",),
    "invites": ("ClinkedInvite", "LeadConduitInvite"),
    "entities": ("LeadConduitEntity",),
}
"""The lists that span platforms, and what stands in them."""

BELOW = {
    ("ClinkedAccount", "groups"): "ClinkedGroup",
    ("ClinkedAccount", "invites"): "ClinkedInvite",
    ("ClinkedGroup", "members"): "ClinkedGroupMember",
    ("ClinkedGroup", "invites"): "ClinkedGroupInvite",
}
"""The lists inside a thing, and what stands in them."""


@dataclass(frozen=True, slots=True)
class Check:
    """Looks at one answer, and reports what is wrong with it."""

    truth: Truth
    report: Report
    exchange: Exchange

    def wrong(self, says: str, seen: Any = None, expected: Any = None) -> None:
        """Report it."""
        self.report.find(Flaw.WRONG, says, self.exchange, seen, expected)

    def nodes(self, nodes: Iterable[Node | None]) -> None:
        """Each node that is not null shows a version of its thing that there was."""
        for node in nodes:
            if node is not None:
                self._node(node)

    def _node(self, node: Node) -> None:
        kind, below = node["__typename"], ("__typename", "id", *(name for _, name in BELOW))
        shown = {name: value for name, value in node.items() if name not in below}
        possible = self._versions(node["id"])
        if not self.truth.lists(kind):
            # Its platform shows it this one time only, and there is nothing to hold it to.
            return
        if not any(one and one.kind == kind and one.shown == shown for one in possible):
            self.wrong(f"a {kind} is not as its platform holds it", node, possible)

    def absent(self, id: str) -> None:
        """A null that no error explains: at some moment the thing was not there."""
        possible = self._versions(id)
        if None not in possible:
            self.wrong("a thing is shown as gone", id, possible)

    def null(self, path: Path) -> None:
        """A null that only an error can explain."""
        if not self.exchange.explains(path):
            self.wrong("a value is missing, and no error says why", path)

    def total(self, noun: str, total: int | None, since: float) -> None:
        """It is the number of things that there were, each platform counted when it was read."""
        members = self.truth.members(NOUNS[noun], None, since, self.exchange.ended)
        least, most = len(members.certain), len(members.possible)
        if total is not None and not least <= total <= most:
            self.wrong("totalCount is wrong", total, (least, most))

    def complete(
        self, kinds: Collection[str], parent: str | None, ids: Collection[str], since: float
    ) -> None:
        """A list that was read to its end from `since` on has everything, and that once."""
        members = self.truth.members(kinds, parent, since, self.exchange.ended)
        if missing := [thing for id, thing in members.certain.items() if id not in ids]:
            self.wrong("things are missing from a list that is whole", list(ids), missing)
        if twice := [id for id, times in Counter(ids).items() if times > 1]:
            self.wrong("things are in a list twice", twice)

    def below(self, nodes: Iterable[Node], path: Path) -> None:
        """The lists inside nodes have what belongs to their things, and all of it."""
        for place, node in enumerate(nodes):
            for (kind, name), inside in BELOW.items():
                if node["__typename"] == kind and name in node:
                    here = (*path, place, name)
                    self._below(inside, node["id"], node[name], here)

    def _below(self, kind: str, parent: str, page: Page | None, path: Path) -> None:
        if page is None:
            self.null(path)
            return
        self.nodes(page["nodes"])
        if is_whole(page):
            ids = [node["id"] for node in page["nodes"]]
            self.complete((kind,), parent, ids, self.exchange.began)
        for node in page["nodes"]:
            if not any(one and one.parent == parent for one in self._versions(node["id"])):
                self.wrong("a thing belongs to another", node, parent)
        self.below(page["nodes"], (*path, "nodes"))

    def _versions(self, id: str) -> list[Thing | None]:
        return self.truth.between(id, self.exchange.began, self.exchange.ended)


def down(page: Page) -> list[Node]:
    """Give the outages of a page that pass; what a platform cannot list, it never can."""
    return [outage for outage in page.get("outages", ()) if outage["code"] != "NOT_SUPPORTED"]


def is_whole(page: Page) -> bool:
    """Tell whether a page is the last, and nothing is missing from it."""
    return not page["pageInfo"]["hasNextPage"] and not down(page)
