"""What every gateway has to answer, by the names of the graph."""

from typing import Any

from benchmarks import records
from benchmarks.catalogue import CONNECTIONS

Record = dict[str, Any]


def _nodes(field: str, nodes: list[Record]) -> Record:
    return {"data": {"company": {field: {"nodes": nodes}}}}


def _named(group: Record) -> Record:
    return {"platformId": str(group["id"]), "name": group["friendlyName"]}


def _short(user: Record) -> Record:
    return {"name": user["name"], "username": user["username"]}


def owners() -> Record:
    """A hundred groups with their owners."""
    groups = [records.group(number) for number in range(records.GROUPS)]
    return _nodes(
        "groups",
        [
            {
                **_named(group),
                "slug": group["name"],
                "hash": group["hash"],
                "memberCount": group["members"],
                "owner": _short(group["owner"]),
            }
            for group in groups
        ],
    )


def masters() -> Record:
    """A hundred groups with their masters, which are ten."""
    found = [records.master(number) for number in range(records.MASTERS)]
    shown = [
        {"name": one["friendlyName"], "slug": one["name"], "hash": one["hash"]} for one in found
    ]
    groups = [records.group(number) for number in range(records.GROUPS)]
    return _nodes(
        "groups",
        [
            {**_named(group), "master": shown[number % records.MASTERS]}
            for number, group in enumerate(groups)
        ],
    )


def people() -> Record:
    """Twenty groups with twenty people each."""
    return _nodes(
        "groups",
        [
            {**_named(records.group(number)), "members": {"nodes": _people_of(number)}}
            for number in range(records.FEW_GROUPS)
        ],
    )


def _people_of(group: int) -> list[Record]:
    places = range(records.PEOPLE_OF_A_GROUP)
    return [_member(records.membership(group, place)) for place in places]


def _member(membership: Record) -> Record:
    user = membership["user"]
    return {
        "platformId": str(user["id"]),
        "name": user["name"],
        "email": user["email"],
        "rawRole": membership["permission"],
    }


def companies() -> Record:
    """The first 25 companies: the first of each connection, then the second of each."""
    number = 25
    merged = [
        {"name": _company(name, platform, place), "platform": platform.upper()}
        for place in range(records.COMPANIES)
        for name, platform in CONNECTIONS.items()
    ]
    return {"data": {"companies": {"nodes": merged[:number]}}}


def _company(name: str, platform: str, number: int) -> str:
    if platform == "clinked":
        return records.accounts(name)[number]["friendlyName"]
    if platform == "codat":
        return records.codat_company(name, number)["name"]
    return records.conduit_company(name, number)["name"]


def included() -> Record:
    """A hundred groups, each with the fifty people who come with it."""
    groups = [records.full_group(number) for number in range(records.GROUPS)]
    return _nodes(
        "groups",
        [
            {"includedMembers": [_included(one) for one in group["memberDetails"]]}
            for group in groups
        ],
    )


def _included(detail: Record) -> Record:
    user = detail["user"]
    return {
        "platformId": str(user["id"]),
        "rawRole": detail["permission"],
        "user": {**_short(user), "jobTitle": user["jobTitle"]},
    }
