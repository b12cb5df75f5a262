"""The things that Clinked remembers."""

from dataclasses import dataclass, field

from gateway.sandbox.kit.values import Record


@dataclass(slots=True)
class Member:
    """A user's place in an account."""

    account: int
    user: int
    permission: int
    created: int
    tags: list[str] = field(default_factory=list[str])
    new_groups: int | None = None
    """The permission with which the member joins every new group."""
    activation: int | str | None = None
    """When the e-mail that lets the member in goes out: now, or the moment; None if it does not."""


@dataclass(slots=True)
class Group:
    """A workspace of an account; `fields` are those that do not depend on others."""

    id: int
    account: int
    fields: Record
    owner: int | None
    removed: bool = False
    position: int = 1_000_000
    """The place in the list; a group that was never given one stands behind those that were."""
    labels: dict[int, int] = field(default_factory=dict[int, int])
    """The labels attached, each with its place among them."""


@dataclass(slots=True)
class Membership:
    """A user's place in a group."""

    group: int
    user: int
    permission: int
    created: int
    expiration: int | None = None


@dataclass(slots=True)
class AccountInvite:
    """An invitation into an account and some of its groups."""

    id: int
    account: int
    source: int
    email: str
    permission: int
    key: str
    groups: dict[int, int] = field(default_factory=dict[int, int])
    message: str | None = None


@dataclass(slots=True)
class GroupInvite:
    """An invitation into one group."""

    id: int
    group: int
    email: str
    permission: int
    key: str
    expiration: int | None
    modified: int
