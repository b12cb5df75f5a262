"""The groups of Clinked's accounts. Clinked API 7.1 to 7.7 and 7.9."""

import copy
from itertools import count

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages, rules
from gateway.sandbox.clinked.group_fields import slug_of, written
from gateway.sandbox.clinked.group_settings import group_fields
from gateway.sandbox.clinked.records import Group
from gateway.sandbox.clinked.refusals import conflict, invalid
from gateway.sandbox.clinked.shown import listed_group, whole_group
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record, record, whole

DEFAULT_SIZE = 5


class Groups:
    """Answers /v3/accounts/{account}/groups."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        many = "/v3/accounts/{account}/groups"
        one = f"{many}/{{group}}"
        return [
            Route(many, self.count, methods=["HEAD"]),
            Route(many, self.list, methods=["GET"]),
            Route(many, self.create, methods=["POST"]),
            Route(f"{many}/order", self.reorder, methods=["PUT"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.update, methods=["PATCH"]),
            Route(one, self.delete, methods=["DELETE"]),
        ]

    async def count(self, request: Request) -> Response:
        """Count an account's groups in a header."""
        return Response(headers={"X-Count": str(len(self._of_account(request)))})

    async def list(self, request: Request) -> Response:
        """List a page of groups, in an envelope that knows no total."""
        removed = pages.flag(request, "removed")
        found = [one for one in self._of_account(request, removed=removed) if wanted(request, one)]
        found.sort(key=lambda one: (one.position, one.id))
        page = pages.page(request, found, DEFAULT_SIZE, lambda one: listed_group(self._world, one))
        del page["totalPages"]
        return JSONResponse(page | {"totalResults": 0})

    async def create(self, request: Request) -> Response:
        """Create a group, or duplicate one without its members."""
        body = await json_object(request, rules.unreadable())
        copied = self._copied(request, body)
        name = rules.text(body, "friendlyName") or rules.text(body, "name")
        if not name:
            raise invalid("friendlyName must not be empty")
        account = self._world.account(request)["id"]
        slug = self._slug(account, rules.text(body, "name"), name)
        fields = group_fields(slug, name, self._world.clock.millis())
        fields |= copied_fields(copied) if copied else {"components": []}
        fields |= written(self._world, body, fields)
        owner = copied.owner if copied else self._world.caller(request)
        made = Group(next(self._world.ids), account, fields, owner)
        self._world.groups[made.id] = made
        self._welcome(made)
        return JSONResponse(whole_group(self._world, made))

    async def get(self, request: Request) -> Response:
        """Show a group."""
        return JSONResponse(whole_group(self._world, self._world.group(request)))

    async def update(self, request: Request) -> Response:
        """Change what is sent; a null clears its field."""
        group = self._world.group(request)
        body = await json_object(request, rules.unreadable())
        changes = written(self._world, body, group.fields)
        for name in ("name", "friendlyName"):
            if name in body:
                changes[name] = rules.text(body, name)
                if not changes[name]:
                    raise invalid(f"{name} must not be empty")
        if changes.get("name", group.fields["name"]) != group.fields["name"]:
            changes["name"] = self._slug(group.account, changes["name"], "")
        group.fields.update(changes, lastModified=self._world.clock.millis())
        return JSONResponse(whole_group(self._world, group))

    async def delete(self, request: Request) -> Response:
        """Remove a group from sight; it stays listed among the removed."""
        self._world.group(request).removed = True
        return Response()

    async def reorder(self, request: Request) -> Response:
        """Give groups their places in the list."""
        account = self._world.account(request)["id"]
        given = record((await json_object(request, rules.unreadable())).get("items"))
        if given is None or not all(
            key.isdecimal() and str(place).isdecimal() for key, place in given.items()
        ):
            raise invalid("items must map group ids to places")
        for key in given:
            if self._world.live_group(int(key)).account != account:
                raise invalid(f"Group {key} belongs to another account")
        for key, place in given.items():
            self._world.groups[int(key)].position = int(place)
        return Response()

    def _of_account(self, request: Request, *, removed: bool = False) -> "list[Group]":
        account, groups = self._world.account(request)["id"], self._world.groups.values()
        return [one for one in groups if one.account == account and (removed or not one.removed)]

    def _copied(self, request: Request, body: Record) -> Group | None:
        if body.get("copyFrom") is None:
            return None
        gid = whole(body["copyFrom"])
        if gid is None:
            raise invalid("copyFrom must be a group id")
        group = self._world.live_group(gid)
        if group.account != self._world.account(request)["id"]:
            raise invalid(f"Group {gid} belongs to another account")
        return group

    def _slug(self, account: int, wanted_slug: str | None, name: str) -> str:
        groups = self._world.groups.values()
        taken = {one.fields["name"] for one in groups if one.account == account and not one.removed}
        if wanted_slug in taken:
            raise conflict("Group name", wanted_slug)
        if wanted_slug:
            return wanted_slug
        slug = slug_of(name)
        tries = (slug if turn == 1 else f"{slug}_{turn}" for turn in count(1))
        return next(one for one in tries if one not in taken)

    def _welcome(self, group: Group) -> None:
        for member in self._world.members.values():
            if member.account == group.account and member.new_groups:
                self._world.assign(member.user, {group.id: member.new_groups})


def copied_fields(group: Group) -> Record:
    """Give what a duplicate takes over."""
    own = {"name", "friendlyName", "dateCreated", "lastModified", "storageConsumed"}
    return copy.deepcopy({key: value for key, value in group.fields.items() if key not in own})


def wanted(request: Request, group: Group) -> bool:
    """Say whether a group passes the filters asked for."""
    asked, fields = request.query_params, group.fields
    names = [fields["name"].lower(), fields["friendlyName"].lower()]
    name, exact = asked.get("name", "").lower(), pages.flag(request, "exact")
    return (
        (name in names if exact and name else any(name in one for one in names))
        and group.id not in pages.numbers(request, "exclude")
        and ("master" not in asked or fields["master"] in pages.numbers(request, "master"))
        and ("label" not in asked or bool(pages.numbers(request, "label") & group.labels.keys()))
    )
