"""Names of addresses whose mail becomes files of Clinked's groups. Clinked API 7.18."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.refusals import conflict, invalid, not_found
from gateway.sandbox.clinked.shelf import FILE_CONTEXT, MailRecipient, Shelf
from gateway.sandbox.clinked.shown import CONTEXT, brief_group
from gateway.sandbox.clinked.state import World, number
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record, whole

NAME = re.compile(r"[A-Za-z0-9._-]+")


class MailRecipients:
    """Answers /v3/groups/{group}/incoming-mail-recipients."""

    def __init__(self, world: World, shelf: Shelf) -> None:
        """Answer from this world and this shelf."""
        self._world = world
        self._shelf = shelf

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        many = "/v3/groups/{group}/incoming-mail-recipients"
        one = f"{many}/{{recipient}}"
        return [
            Route(many, self.list, methods=["GET"]),
            Route(many, self.create, methods=["POST"]),
            Route(one, self.update, methods=["PATCH"]),
            Route(one, self.delete, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        """List a group's names, or those of one folder."""
        group, context = self._world.group(request).id, asked_context(request)
        found = [one for one in self._shelf.recipients.values() if one.group == group]
        found = [one for one in found if context in {None, one.context}]
        return JSONResponse([self._shown(one) for one in found])

    async def create(self, request: Request) -> Response:
        """Add a name, without telling its id."""
        group = self._world.group(request).id
        body = await json_object(request, rules.unreadable())
        context = body.get("contentContext")
        given = CONTEXT + group if context is None else whole(context)
        if given is None:
            raise invalid("contentContext must be a number")
        name, now = self._name(body), self._world.clock.millis()
        context = self._shelf.context(group, given)
        made = MailRecipient(next(self._world.ids), group, name, context, now)
        self._shelf.recipients[made.id] = made
        return JSONResponse(self._shown(made) | {"id": None})

    async def update(self, request: Request) -> Response:
        """Change a name."""
        recipient = self._recipient(request)
        recipient.name = self._name(await json_object(request, rules.unreadable()), recipient)
        return JSONResponse(self._shown(recipient))

    async def delete(self, request: Request) -> Response:
        """Take a name away."""
        del self._shelf.recipients[self._recipient(request).id]
        return Response()

    def _recipient(self, request: Request) -> MailRecipient:
        group, key = self._world.group(request).id, number(request, "recipient")
        found = self._shelf.recipients.get(key)
        if found is None or found.group != group:
            raise not_found("Recipient", key)
        return found

    def _name(self, body: Record, former: MailRecipient | None = None) -> str:
        name = rules.text(body, "recipient") or ""
        if not NAME.fullmatch(name):
            raise invalid("recipient must be letters, digits, dots and dashes")
        others = [one for one in self._shelf.recipients.values() if one is not former]
        if any(one.name == name for one in others):
            raise conflict("Recipient", name)
        return name

    def _shown(self, one: MailRecipient) -> Record:
        return {
            "id": one.id,
            "recipient": one.name,
            "space": brief_group(self._world.groups[one.group]),
            "contentContext": {"id": one.context},
            "dateCreated": one.created,
        }


def asked_context(request: Request) -> int | None:
    """Read the context key to list by, which may be told as that of a file."""
    given = request.query_params.get("contentContext")
    if given is None:
        return None
    key = given.removeprefix("file_")
    if not key.isdecimal():
        raise invalid("contentContext must be a number or file_ and a number")
    return int(key) if key == given else FILE_CONTEXT + int(key)
