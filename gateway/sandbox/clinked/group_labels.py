"""The labels attached to Clinked's groups. Clinked API 7.15."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.records import Group
from gateway.sandbox.clinked.refusals import invalid, not_found
from gateway.sandbox.clinked.seed import LABELS
from gateway.sandbox.clinked.shown import group_label, group_labels
from gateway.sandbox.clinked.state import World, number
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record, items, record, whole


class GroupLabels:
    """Answers /v3/groups/{group}/labels."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        many = "/v3/groups/{group}/labels"
        return [
            Route(many, self.list, methods=["GET"]),
            Route(many, self.attach, methods=["POST"]),
            Route(many, self.remove_all, methods=["DELETE"]),
            Route(f"{many}/{{label}}", self.remove, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        """List a group's labels, each in its place."""
        return JSONResponse(group_labels(self._world.group(request)))

    async def attach(self, request: Request) -> Response:
        """Attach labels of the account, and tell which of them it does not have."""
        group = self._world.group(request)
        asked = wanted(await json_object(request, rules.unreadable()))
        known = {label: place for label, place in asked.items() if label in LABELS[group.account]}
        for label, place in known.items():
            group.labels[label] = next_place(group) if place is None else place
        failures = [
            {"id": label, "name": None, "order": place}
            for label, place in asked.items()
            if label not in known
        ]
        attached = [group_label(group, label) for label in known]
        return JSONResponse({"attached": attached, "failures": failures})

    async def remove(self, request: Request) -> Response:
        """Take one label off a group."""
        group, label = self._world.group(request), number(request, "label")
        if label not in group.labels:
            raise not_found("Label", label)
        del group.labels[label]
        return Response()

    async def remove_all(self, request: Request) -> Response:
        """Take all labels off a group."""
        self._world.group(request).labels.clear()
        return Response()


def wanted(body: Record) -> dict[int, int | None]:
    """Take the labels to attach, each with a place or with none of its own."""
    found = [record(one) or {} for one in items(body.get("items")) or [None]]
    if any(whole(one.get("label")) is None for one in found):
        raise invalid("items must be an array of objects that name a label")
    if any(one.get("order") is not None and whole(one["order"]) is None for one in found):
        raise invalid("order must be a number")
    return {one["label"]: one.get("order") for one in found}


def next_place(group: Group) -> int:
    """Tell the place after all labels of a group."""
    return max(group.labels.values(), default=-1) + 1
