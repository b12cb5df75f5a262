"""What the platforms of the benchmark hold, in the platforms' own formats.

A group comes to some 370 bytes in a list, and a page of a hundred of them to 37 KB.
"""

from typing import Any

Record = dict[str, Any]

GROUPS = 100
FEW_GROUPS = 20
MASTERS = 10
PEOPLE_OF_A_GROUP = 20
PEOPLE_INCLUDED = 50
COMPANIES = 8

_FIRST_GROUP = 500
_FIRST_MASTER = 900
_FIRST_PERSON = 10_000
_JOINED = 1_700_000_000_000
_CHANGED = 1_715_000_000_000


def person(number: int) -> Record:
    """Show a person where only a few fields are told."""
    return {
        "id": _FIRST_PERSON + number,
        "name": f"First{number} Lastname{number}",
        "username": f"user{number:04d}",
        "logo": number % 2 == 0,
        "jobTitle": "Architect",
        "lastModified": _CHANGED + number,
    }


def group(number: int) -> Record:
    """Show a group of a list; its master is one of ten that are in no list."""
    return {
        "id": _FIRST_GROUP + number,
        "name": f"group_{number}",
        "friendlyName": f"Group number {number}, with a name of ordinary length",
        "hash": f"{number:032x}",
        "members": 20 + number,
        "masterConfigured": True,
        "master": _FIRST_MASTER + number % MASTERS,
        "dateCreated": _JOINED + number,
        "lastModified": _CHANGED + number,
        "owner": person(number % 10),
    }


def master(number: int) -> Record:
    """Show a group by itself, one that is the master of others."""
    return {
        "id": _FIRST_MASTER + number,
        "name": f"master_{number}",
        "friendlyName": f"Master number {number}",
        "hash": f"{number:032x}",
        "members": 200 + number,
        "storageConsumed": 18_000_000_000 + number,
        "master": None,
        "masterConfigured": False,
        "subgroupCount": GROUPS // MASTERS,
        "blind": False,
        "disableChat": False,
        "disableComments": False,
        "dateCreated": _JOINED + number,
        "lastModified": _CHANGED + number,
        "owner": person(number),
        "memberDetails": [],
    }


def membership(group_number: int, place: int) -> Record:
    """Show a person in a group's list of people."""
    number = group_number * PEOPLE_OF_A_GROUP + place
    return {
        "user": {**person(number), "email": f"user{number:04d}@example.org"},
        "permission": 2,
        "dateCreated": _JOINED + number,
        "expirationDate": None,
    }


def full_group(number: int) -> Record:
    """Show a group of a list with the people who come with it."""
    details = [
        {
            "user": person(number * PEOPLE_INCLUDED + place),
            "permission": 1 + place % 3,
            "dateCreated": _JOINED + place,
            "expirationDate": None,
        }
        for place in range(PEOPLE_INCLUDED)
    ]
    return {**group(number), "memberDetails": details}


def group_numbers() -> dict[int, int]:
    """Give the number of each listed group by Clinked's number of it."""
    return {_FIRST_GROUP + number: number for number in range(GROUPS)}


def master_numbers() -> dict[int, int]:
    """Give the number of each master by Clinked's number of it."""
    return {_FIRST_MASTER + number: number for number in range(MASTERS)}


def clinked_page(items: list[Record], size: int) -> Record:
    """Wrap the only page of a list at Clinked."""
    return {
        "items": items,
        "currentPage": 1,
        "pageSize": size,
        "totalResults": len(items),
        "nextPage": False,
        "previousPage": False,
    }


def accounts(owner: str) -> list[Record]:
    """Show the accounts at Clinked that a portal lists."""
    return [account(owner, 100 + number) for number in range(COMPANIES)]


def account(owner: str, number: int) -> Record:
    """Show an account at Clinked by Clinked's number of it."""
    return {
        "id": number,
        "name": f"{owner}_{number}",
        "friendlyName": f"{owner.title()} account {number}",
        "enabled": True,
        "dateCreated": _JOINED,
        "lastModified": _CHANGED,
    }


def codat_company(owner: str, number: int) -> Record:
    """Show a company at Codat."""
    return {
        "id": f"{number:08d}-0000-4000-8000-000000000000",
        "name": f"{owner.title()} company {number}",
        "created": "2026-01-05T10:00:00.000Z",
        "redirect": f"https://link.example.org/company/{number}",
        "dataConnections": [],
        "products": [],
        "tags": {},
    }


def codat_page(items: list[Record], size: int) -> Record:
    """Wrap the only page of a list at Codat."""
    return {
        "results": items,
        "pageNumber": 1,
        "pageSize": size,
        "totalResults": len(items),
        "_links": {"self": {"href": "/companies"}, "current": {"href": "/companies?page=1"}},
    }


def conduit_company(owner: str, number: int) -> Record:
    """Show a company at Conduit Link."""
    return {
        "id": f"{owner.upper()}{number}",
        "name": f"{owner.title()} company {number}",
        "created_at": "2026-01-05T10:00:00Z",
        "link_page": {"enabled": True, "url": "https://link.example.org/"},
    }
