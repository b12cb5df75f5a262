"""The accounts, groups and invites that every Clinked starts with."""

import copy
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from gateway.sandbox.clinked.group_settings import SETTINGS, group_fields
from gateway.sandbox.clinked.people import DAY, FIRST_USER, START, person
from gateway.sandbox.clinked.records import AccountInvite, Group, GroupInvite, Member, Membership
from gateway.sandbox.kit.values import Record


@dataclass(frozen=True, slots=True)
class Plan:
    """What one account of the seed is made of."""

    account: int
    slug: str
    name: str
    domain: str
    people: range
    groups: range
    enabled: bool = True


PLANS = (
    Plan(11, "larkspur", "Larkspur Architects", "example.com", range(110), range(101, 119)),
    Plan(12, "tidewater", "Tidewater Shipping", "example.net", range(110, 190), range(201, 213)),
    Plan(
        13, "quillfire", "Quillfire Press", "example.org", range(190, 240), range(301, 307), False
    ),
)
TOPICS = ("Bids", "Contracts", "Finance", "Handover", "Planning", "Reviews")
PLACES = ("North", "Central", "South")
TAGS = ("board", "contractor", "office", "remote")
PERMISSIONS = (1, 1, 1, 4, 1, 8)
PASSING = 8
"""The permission in a group of those who are there for a time only."""

REMOVED_GROUP = 119
LABELS = {
    11: {41: "On site", 42: "Waiting for the client", 43: "Archive"},
    12: {51: "At sea", 52: "In dock"},
    13: {61: "In print", 62: "Out of print"},
}
"""Names of the labels that each account has, by id."""


def uuids(seed: int) -> Iterator[str]:
    """Make the same UUIDs in the same order, every time."""
    source = random.Random(seed)  # noqa: S311 - repeatable on purpose
    while True:
        yield str(uuid.UUID(int=source.getrandbits(128), version=4))


def accounts() -> Iterator[Record]:
    """Make the accounts."""
    for plan in PLANS:
        yield {
            "id": plan.account,
            "name": plan.slug,
            "friendlyName": plan.name,
            "enabled": plan.enabled,
            "domain": None,
            "hash": None,
            "locale": None,
            "dateCreated": START + plan.account * DAY,
            "lastModified": START + plan.account * DAY,
        }


def users() -> Iterator[Record]:
    """Make the users."""
    for plan in PLANS:
        for number in plan.people:
            yield person(number, plan.domain, plan.name)


def members() -> Iterator[Member]:
    """Make the members; three people of the first account are in the second too."""
    for plan in PLANS:
        for place, number in enumerate(plan.people):
            permission = PERMISSIONS[place % len(PERMISSIONS)] if place else 16
            tags = [TAGS[number % len(TAGS)]] if number % 3 == 0 else []
            joined = START + (number + 30) * DAY
            yield Member(plan.account, FIRST_USER + number, permission, joined, tags)
    for number in range(1, 4):
        yield Member(PLANS[1].account, FIRST_USER + number, 1, START + 400 * DAY)


def groups() -> Iterator[Group]:
    """Make the groups, one of them removed."""
    for plan in PLANS:
        for place, gid in enumerate(plan.groups):
            name = f"{TOPICS[place % len(TOPICS)]} {PLACES[place // len(TOPICS)]}"
            fields = group_fields(name.lower().replace(" ", "_"), name, START + gid * DAY)
            fields |= copy.deepcopy(SETTINGS.get(gid, {}))
            owner = FIRST_USER + plan.people[0]
            label = list(LABELS[plan.account])[place % 2]
            yield Group(
                gid, plan.account, fields, owner, labels={label: 0} if place % 3 == 0 else {}
            )
    fields = group_fields("old_office", "Old Office", START)
    yield Group(REMOVED_GROUP, PLANS[0].account, fields, FIRST_USER, removed=True)


def memberships() -> Iterator[Membership]:
    """Put 5 to 20 members of its account in every group, its owner among them."""
    dice = random.Random(7)  # noqa: S311 - repeatable on purpose
    for plan in PLANS:
        for gid in plan.groups:
            others = dice.sample(plan.people[1:], dice.randint(4, 19))
            for number in [plan.people[0], *sorted(others)]:
                permission = 16 if number == plan.people[0] else dice.choice((1, 1, 4, 8))
                joined = START + (gid + 60) * DAY
                until = START + 2100 * DAY if permission == PASSING else None
                yield Membership(gid, FIRST_USER + number, permission, joined, until)


def account_invites(keys: Iterator[str]) -> Iterator[AccountInvite]:
    """Make the pending invites into accounts."""
    number = 0
    for plan, many in zip(PLANS, (12, 1, 1), strict=True):
        for _ in range(many):
            number += 1
            email = f"newcomer{number:02d}@{plan.domain}"
            asked = {plan.groups[number % len(plan.groups)]: 1} if number % 2 else {}
            source = FIRST_USER + plan.people[0]
            yield AccountInvite(
                500 + number, plan.account, source, email, 1, next(keys), asked, "Come and join us"
            )


def group_invites(keys: Iterator[str]) -> Iterator[GroupInvite]:
    """Make the pending invites into groups, some of them without an end."""
    for number in range(1, 11):
        plan = PLANS[number % 2]
        group, made = plan.groups[number % 4], START + (700 + number) * DAY
        expiration = None if number % 3 == 0 else made + 1400 * DAY
        email = f"guest{number:02d}@{plan.domain}"
        yield GroupInvite(700 + number, group, email, 1, next(keys), expiration, made)
