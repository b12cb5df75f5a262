"""The companies, connections and groups that every Codat starts with."""

import random
import uuid

from gateway.sandbox.kit.values import Record

FIRST = ("Amberlea", "Bexwell", "Calder", "Draycott", "Elmstead", "Farrow", "Glenmoor", "Hartle")
SECOND = ("Foods", "Joinery", "Logistics", "Studios")
GROUPS = ("Lending pilot", "Northern region", "Quarterly review", "Trade partners")
TEAMS = ("cedar", "maple", "willow")
REGIONS = ("ie", "nl", "uk")

PLATFORMS = {
    "acbk": ("Acorn Books", "Accounting"),
    "bnkl": ("Bank of Larch", "Banking"),
    "crtw": ("Cartwheel Shop", "Commerce"),
    "dlgr": ("Dale Ledger", "Accounting"),
    "expn": ("Expense Nest", "Expense"),
}
"""Name and source type of the integrations by their four letters."""

FAMILIES = {0: (1, 2), 8: (9,)}
"""Places of the companies that own others, with the places of those."""

OWNER = "0a5e1b7c-2222-4333-8444-566677778888"
"""The user who owns the companies that Ada Ashdown made."""

STATUSES = ("Linked", "Linked", "PendingAuth", "Deauthorized", "Unlinked")
STAMPS = ("2026-{:02d}-{:02d}T09:12:33.1234567Z", "2026-{:02d}-{:02d}T09:12:33")
"""Times with seven digits after the second, and times without any zone."""


class Ids:
    """Makes the same UUIDs in the same order, every time."""

    def __init__(self, seed: int) -> None:
        """Start from a fixed number."""
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def __call__(self) -> str:
        """Make the next id."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))


def groups(ids: Ids) -> list[Record]:
    """Make the groups."""
    return [{"id": ids(), "name": name} for name in GROUPS]


def companies(ids: Ids, grouped: list[Record]) -> list[Record]:
    """Make the companies, most of them in a group and some with connections."""
    names = [f"{first} {second}" for second in SECOND for first in FIRST]
    made = [seeded(number, name, ids, grouped) for number, name in enumerate(names)]
    for parent, subsidiaries in FAMILIES.items():
        for one in subsidiaries:
            made[one]["referenceParentCompany"] = reference(made[parent])
            made[parent]["referenceSubsidiaryCompanies"].append(reference(made[one]))
    return made


def reference(one: Record) -> Record:
    """Tell of a company inside another."""
    told = {name: one[name] for name in ("id", "name", "description", "tags")}
    return told | {"links": {"portal": f"https://app.codat.example/companies/{one['id']}"}}


def seeded(number: int, name: str, ids: Ids, grouped: list[Record]) -> Record:
    """Make one company of the seed."""
    made = company(ids(), name, stamp(number))
    made["description"] = None if number % 5 == 0 else f"Customer number {1000 + number}"
    made["tags"] = {"team": TEAMS[number % 3], "region": REGIONS[number % 4 % 3]}
    made["products"] = ["lending"] if number % 3 == 0 else []
    made["groups"] = [{"id": grouped[number % 4]["id"]}] if number % 5 else []
    if number % 4 == 2:  # noqa: PLR2004
        made |= {"createdByUserName": "Ada Ashdown", "ownerUserIds": [OWNER]}
    keys = list(PLATFORMS)
    for place in range(number % 3):
        key = keys[(number + place) % len(keys)]
        status = STATUSES[(number + place) % len(STATUSES)]
        made["dataConnections"].append(connection(made["id"], key, ids, stamp(number), status))
        made["lastSync"] = stamp(number + 7) if status == "Linked" else made["lastSync"]
    return made


def stamp(number: int) -> str:
    """Make a time of the seed."""
    return STAMPS[number % 2].format(number % 9 + 1, number % 28 + 1)


def company(cid: str, name: str, created: str) -> Record:
    """Make a company as it is right after its creation."""
    return {
        "id": cid,
        "name": name,
        "description": None,
        "platform": "",
        "redirect": f"https://link.codat.example/company/{cid}",
        "lastSync": None,
        "created": created,
        "createdByUserName": None,
        "products": [],
        "tags": {},
        "groups": [],
        "referenceParentCompany": None,
        "referenceSubsidiaryCompanies": [],
        "dataConnections": [],
        "ownerUserIds": [],
    }


def connection(company_id: str, key: str, ids: Ids, created: str, status: str) -> Record:
    """Make a connection of a company to one platform."""
    name, source_type = PLATFORMS[key]
    cid, number = ids(), list(PLATFORMS).index(key)
    return {
        "id": cid,
        "integrationId": str(uuid.UUID(int=0xC0DA7 << 64 | number, version=4)),
        "integrationKey": key,
        "sourceId": str(uuid.UUID(int=0x50CE << 64 | number, version=4)),
        "sourceType": source_type,
        "platformName": name,
        "linkUrl": (
            f"https://link-api.codat.example/companies/{company_id}/connections/{cid}/start"
            "?otp=sandbox-codat-otp"
        ),
        "status": status,
        "lastSync": created if status == "Linked" else None,
        "created": created,
        "dataConnectionErrors": troubles(created) if status == "Deauthorized" else None,
        "connectionInfo": {"organisation": name, "country": "IE"} if status == "Linked" else None,
    }


def troubles(at: str) -> list[Record]:
    """Tell why a connection no longer works, and what was wrong with it before."""
    return [
        trouble("401", "Unauthorized", at, "Active", None),
        trouble("503", "Service Unavailable", at, "Resolved", at),
        trouble("403", "Forbidden", at, None, None),
    ]


def trouble(code: str, text: str, at: str, status: str | None, resolved: str | None) -> Record:
    """Tell what was wrong with a connection; what does not pass by itself has no status."""
    return {
        "statusCode": code,
        "statusText": text,
        "errorMessage": f"The platform answered {code}.",
        "erroredOnUtc": at,
        "status": status,
        "resolvedOnUtc": resolved,
    }
