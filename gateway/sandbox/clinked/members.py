"""The members of Clinked's accounts, addressed by user name. Clinked API 4.6."""

from collections.abc import Callable
from operator import attrgetter
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages, rules
from gateway.sandbox.clinked.crud import crud
from gateway.sandbox.clinked.people import user
from gateway.sandbox.clinked.records import Member
from gateway.sandbox.clinked.refusals import conflict, invalid
from gateway.sandbox.clinked.shown import changed_member, listed_member, whole_member
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record

DEFAULT_SIZE = 20


class Members:
    """Answers /v3/accounts/{account}/members."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return crud(self, "/v3/accounts/{account}/members", "username")

    async def list(self, request: Request) -> Response:
        """List a page of an account's members."""
        account, world = self._world.account(request)["id"], self._world
        found = [one for one in world.members.values() if one.account == account]
        found.sort(key=attrgetter("user"))
        found = [one for one in found if pages.named(request, self._names(one))]
        found = pages.ordered(request, found, self._orders())
        return JSONResponse(
            pages.page(request, found, DEFAULT_SIZE, lambda one: listed_member(world, one))
        )

    async def create(self, request: Request) -> Response:
        """Create a user and make it a member; the answer keeps silent about its tags."""
        account, world = self._world.account(request)["id"], self._world
        body = await json_object(request, rules.unreadable())
        groups = rules.assigned(world, account, body.get("assignGroups"))
        made = self._made(account, body)
        world.members[account, made.user] = made
        world.assign(made.user, groups)
        return JSONResponse(changed_member(world, made) | {"tags": []})

    async def get(self, request: Request) -> Response:
        """Show a member."""
        return JSONResponse(whole_member(self._world, self._world.member(request)))

    async def update(self, request: Request) -> Response:
        """Change a member's own fields, its groups, or both."""
        member = self._world.member(request)
        body = await json_object(request, rules.unreadable())
        groups = rules.assigned(self._world, member.account, body.get("assignGroups"))
        leaving = rules.removed(body)
        self._change(member, body)
        self._world.assign(member.user, groups)
        self._world.leave(member.user, leaving)
        return JSONResponse(changed_member(self._world, member))

    async def delete(self, request: Request) -> Response:
        """Delete a member, which leaves the account's groups too."""
        member, world = self._world.member(request), self._world
        theirs = [one.id for one in world.groups.values() if one.account == member.account]
        world.leave(member.user, theirs)
        del world.members[member.account, member.user]
        if not any(one.user == member.user for one in world.members.values()):
            gone = world.users.pop(member.user)
            world.passwords.pop(gone["username"], None)
        return Response()

    def _orders(self) -> dict[str, Callable[[Member], object]]:
        users = self._world.users
        return {
            "name": lambda one: users[one.user]["name"],
            "username": lambda one: users[one.user]["username"],
            "email": lambda one: users[one.user]["email"],
            "dateCreated": attrgetter("created"),
            "lastModified": lambda one: users[one.user]["lastModified"],
        }

    def _names(self, member: Member) -> tuple[str | None, ...]:
        found = self._world.users[member.user]
        return found["name"], found["email"], found["username"]

    def _made(self, account: int, body: Record) -> Member:
        world, now = self._world, self._world.clock.millis()
        username, password = rules.text(body, "username"), rules.text(body, "password")
        if not username:
            raise invalid("username must not be empty")
        if world.user_named(username):
            raise conflict("User name", username)
        mask = 1 if body.get("permission") is None else rules.permission(body["permission"])
        new_groups = rules.optional_permission(body, "assignToNewGroupsPermission")
        fields, tags = written(body, username), rules.tags(body)
        made = user(next(world.ids), username, fields["name"], now) | fields
        world.users[made["id"]] = made
        if password:
            world.passwords[username] = password
        return Member(account, made["id"], mask, now, tags, new_groups)

    def _change(self, member: Member, body: Record) -> None:
        found = self._world.users[member.user]
        mask = rules.permission(body["permission"]) if "permission" in body else member.permission
        tags = rules.tags(body) if "tags" in body else member.tags
        password = rules.text(body, "password")
        found["enabled"] = rules.flag(body, "enabled", default=found["enabled"])
        found["locked"] = rules.flag(body, "lock", default=found["locked"])
        found["lastModified"] = self._world.clock.millis()
        member.permission, member.tags = mask, tags
        if "activation" in body:
            member.activation = activation(body["activation"])
        if password:
            self._world.passwords[found["username"]] = password


def activation(value: object) -> int | str:
    """Tell when an e-mail that lets a member in goes out: now, unless a moment is given."""
    if not isinstance(value, dict):
        raise invalid("activation must be an object")
    asked = cast("Record", value)
    rules.text(asked, "message")
    moment = rules.millis(asked, "date")
    return "now" if moment is None else moment


def written(body: Record, username: str) -> Record:
    """Take from a body what becomes the user's own; the phone becomes the telephone."""
    return {
        "name": rules.text(body, "name") or username,
        "email": rules.text(body, "email"),
        "telephone": rules.text(body, "phone"),
        "realName": rules.text(body, "realName"),
        "enabled": rules.flag(body, "enabled", default=True),
    }
