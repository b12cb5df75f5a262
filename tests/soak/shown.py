"""How the things that the stand-ins hold have to be shown.

It is written by hand from what the platforms document, so that a mistake of the gateway's own
models is none of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from resolvers.identity import GlobalId
from tests.soak.truth import Thing

Record = dict[str, Any]

FIELDS = """fragment Shown on Node { __typename id platform connection
    ... on ClinkedAccount { name slug isEnabled }
    ... on ClinkedGroup { name slug }
    ... on ClinkedMember { name email }
    ... on ClinkedGroupMember { name email }
    ... on ClinkedInvite { email rawRole }
    ... on ClinkedGroupInvite { email rawRole }
    ... on CodatCompany { name description }
    ... on CodatGroup { name }
    ... on ConduitCompany { name linkPage { isEnabled } }
    ... on KondadoSourceType { name }
    ... on LeadConduitEntity { name description website isPending }
    ... on LeadConduitInvite { name status }
}"""
"""Selects of each kind all that is compared."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of things in a list: how each is shown, and the last key of its id."""

    kind: str
    show: Callable[[Record], Record]
    key: Callable[[Record], object]
    parent: str | None = None
    keep: Callable[[Record], bool] | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One list of a platform: where it is read, and the keys that all in it share."""

    platform: str
    connection: str
    path: str
    sorts: tuple[Sort, ...]
    keys: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Tell it from all others."""
        return f"{self.connection} {self.path}"

    def things(self, rows: list[Record]) -> Iterator[Thing]:
        """Give what its rows have to be shown as."""
        for sort in self.sorts:
            for raw in filter(sort.keep, rows) if sort.keep else rows:
                yield self._thing(sort, raw)

    def _thing(self, sort: Sort, raw: Record) -> Thing:
        id = GlobalId(sort.kind, self.connection, (*self.keys, str(sort.key(raw))))
        parent = sort.parent and str(GlobalId(sort.parent, self.connection, self.keys))
        told = {"platform": self.platform.upper(), "connection": self.connection}
        return Thing(str(id), sort.kind, self.name, {**told, **sort.show(raw)}, parent)


def _id(raw: Record) -> object:
    return raw["id"]


def _named(raw: Record) -> Record:
    return {"name": raw["name"]}


def _account(raw: Record) -> Record:
    return {"name": raw["friendlyName"], "slug": raw["name"], "isEnabled": raw["enabled"]}


def _group(raw: Record) -> Record:
    return {"name": raw["friendlyName"], "slug": raw["name"]}


def _member(raw: Record) -> Record:
    return {"name": raw["user"]["name"], "email": raw["user"]["email"]}


def _invite(raw: Record) -> Record:
    return {"email": raw["request"]["targetName"], "rawRole": raw["permission"]}


def _group_invite(raw: Record) -> Record:
    return {"email": raw["email"], "rawRole": raw["permission"]}


def _codat_company(raw: Record) -> Record:
    return {"name": raw["name"], "description": raw["description"]}


def _conduit_company(raw: Record) -> Record:
    return {"name": raw["name"], "linkPage": {"isEnabled": raw["link_page"]["enabled"]}}


def _entity(raw: Record) -> Record:
    texts = {name: raw.get(name) for name in ("name", "description", "website")}
    return {**texts, "isPending": raw["pending"]}


def _entity_invite(raw: Record) -> Record:
    return {"name": raw["name"], "status": "EXPIRED" if raw["expired"] else "PENDING"}


def _is_open(raw: Record) -> bool:
    return bool(raw["pending"] or raw["expired"])


def _username(raw: Record) -> object:
    return raw["user"]["username"]


ACCOUNTS = (Sort("ClinkedAccount", _account, _id),)
OF_ACCOUNT = {
    "groups": (Sort("ClinkedGroup", _group, _id, "ClinkedAccount"),),
    "members": (Sort("ClinkedMember", _member, _username, "ClinkedAccount"),),
    "invites": (
        Sort("ClinkedInvite", _invite, lambda raw: raw["request"]["id"], "ClinkedAccount"),
    ),
}
OF_GROUP = {
    "members": (
        Sort("ClinkedGroupMember", _member, lambda raw: raw["user"]["id"], "ClinkedGroup"),
    ),
    "invites": (Sort("ClinkedGroupInvite", _group_invite, _id, "ClinkedGroup"),),
}
TOP = (
    Held("codat", "codat", "/companies", (Sort("CodatCompany", _codat_company, _id),)),
    Held("codat", "codat", "/groups", (Sort("CodatGroup", _named, _id),)),
    Held(
        "kondado",
        "kondado",
        "/parent_collections/src",
        (Sort("KondadoSourceType", lambda raw: {"name": raw["parent_collection_name"]}, _id),),
    ),
    *(
        Held(
            "conduit",
            name,
            "/link/company/",
            (Sort("ConduitCompany", _conduit_company, lambda raw: raw["id"].lower()),),
        )
        for name in ("conduit-north", "conduit-south")
    ),
    Held(
        "leadconduit",
        "leadconduit",
        "/entities",
        (
            Sort("LeadConduitEntity", _entity, _id),
            Sort("LeadConduitInvite", _entity_invite, _id, keep=_is_open),
        ),
    ),
)
"""The lists that are there without anything else; Clinked's depend on its accounts and groups."""
