"""What Clinked remembers, and how things are found in it."""

from collections.abc import Callable
from itertools import count

from starlette.requests import Request

from gateway.sandbox.clinked import seed
from gateway.sandbox.clinked.records import AccountInvite, Group, GroupInvite, Member, Membership
from gateway.sandbox.clinked.refusals import invalid, not_found
from gateway.sandbox.clinked.tokens import Tokens
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.values import Record

FIRST_MADE = 9001
"""Ids of things made after the seed start here."""

SEED_USER = "ada.ashdown"
SEED_PASSWORD = "sandbox-clinked-password-63d1"  # noqa: S105 - the sandbox's own


class World:
    """All of one Clinked."""

    def __init__(self, clock: Clock) -> None:
        """Start from the seed."""
        self.clock = clock
        self.tokens = Tokens(clock)
        self._chapters: list[Callable[[], None]] = []
        self.reset()

    def reset(self) -> None:
        """Go back to the seed."""
        self.tokens.reset()
        self.keys = seed.uuids(33)
        self.ids = count(FIRST_MADE)
        self.accounts = {one["id"]: one for one in seed.accounts()}
        self.users: dict[int, Record] = {one["id"]: one for one in seed.users()}
        self.passwords: dict[str, str] = {SEED_USER: SEED_PASSWORD}
        self.members = {(one.account, one.user): one for one in seed.members()}
        self.groups = {one.id: one for one in seed.groups()}
        self.memberships = {(one.group, one.user): one for one in seed.memberships()}
        self.account_invites = {one.id: one for one in seed.account_invites(self.keys)}
        self.group_invites = {one.id: one for one in seed.group_invites(self.keys)}
        for begin in self._chapters:
            begin()

    def remember(self, begin: Callable[[], None]) -> None:
        """Let a chapter keep things of its own: `begin` sets them as the seed has them."""
        begin()
        self._chapters.append(begin)

    def expire_tokens(self) -> None:
        """Make every access token run out now."""
        self.tokens.expire()

    def caller(self, request: Request) -> int | None:
        """Tell which user calls; an application is none."""
        token = self.tokens.bearer(request)
        return token.user if token else None

    def account(self, request: Request) -> Record:
        """Find the account that the path names, or refuse."""
        key = number(request, "account")
        if key not in self.accounts:
            raise not_found("Account", key)
        return self.accounts[key]

    def user_named(self, username: str) -> Record | None:
        """Find a user by the name that is unique."""
        return next((one for one in self.users.values() if one["username"] == username), None)

    def member(self, request: Request) -> Member:
        """Find the account member that the path names, or refuse."""
        account, username = self.account(request), request.path_params["username"]
        user = self.user_named(username)
        member = self.members.get((account["id"], user["id"])) if user else None
        if member is None:
            raise not_found("Member", username)
        return member

    def group(self, request: Request) -> Group:
        """Find the group that the path names, in its account if that is named too."""
        group = self.live_group(number(request, "group"))
        if "account" in request.path_params and group.account != self.account(request)["id"]:
            raise not_found("Group", group.id)
        return group

    def live_group(self, key: int) -> Group:
        """Find a group that is not removed, or refuse."""
        group = self.groups.get(key)
        if group is None or group.removed:
            raise not_found("Group", key)
        return group

    def membership(self, request: Request) -> Membership:
        """Find the group member that the path names, or refuse."""
        group, user = self.group(request), number(request, "member")
        if (group.id, user) not in self.memberships:
            raise not_found("Member", user)
        return self.memberships[group.id, user]

    def account_invite(self, request: Request) -> AccountInvite:
        """Find the account invite that the path names, or refuse."""
        account, key = self.account(request), number(request, "invite")
        found = self.account_invites.get(key)
        if found is None or found.account != account["id"]:
            raise not_found("Invite", key)
        return found

    def group_invite(self, request: Request) -> GroupInvite:
        """Find the group invite that the path names, or refuse."""
        group, key = self.group(request), number(request, "invite")
        found = self.group_invites.get(key)
        if found is None or found.group != group.id:
            raise not_found("Invite", key)
        return found

    def in_group(self, group: int) -> list[Membership]:
        """List a group's members."""
        return [one for one in self.memberships.values() if one.group == group]

    def assign(self, user: int, groups: dict[int, int]) -> None:
        """Put a user in groups, or give a new permission there."""
        for group, permission in groups.items():
            known = self.memberships.get((group, user))
            if known:
                known.permission = permission
            else:
                made = Membership(group, user, permission, self.clock.millis())
                self.memberships[group, user] = made

    def leave(self, user: int, groups: list[int]) -> None:
        """Take a user out of groups."""
        for group in groups:
            self.memberships.pop((group, user), None)


def number(request: Request, name: str) -> int:
    """Read a numeric part of the path, or refuse."""
    given: str = request.path_params[name]
    if not given.isdecimal():
        raise invalid(f"{name} must be a number")
    return int(given)
