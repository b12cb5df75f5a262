"""The tasks of all of an account's groups. Clinked API 5.1."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import asked, dates, pages
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.shown import CONTEXT, brief_group, brief_user
from gateway.sandbox.clinked.state import World
from gateway.sandbox.clinked.task_seed import TASKS, Task
from gateway.sandbox.kit.values import Record

DEFAULT_SIZE = 25
PRIORITIES = ("URGENT", "HIGH", "MEDIUM", "LOW")


class Tasks:
    """Answers /v3/tasks."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [Route("/v3/tasks", self.list, methods=["GET"])]

    async def list(self, request: Request) -> Response:
        """List a page of tasks; `show` is documented by its name alone and changes nothing."""
        account, groups = asked.account(self._world, request), self._world.groups
        if request.query_params.get("priority", PRIORITIES[0]) not in PRIORITIES:
            raise invalid(f"priority must be one of {', '.join(PRIORITIES)}")
        here = {one.id for one in groups.values() if one.account == account and not one.removed}
        found = [one for one in TASKS if one.group in here and wanted(request, one)]
        return JSONResponse(pages.page(request, found, DEFAULT_SIZE, self._shown))

    def _shown(self, task: Task) -> Record:
        world, parent = self._world, parent_of(task)
        assignees = [brief_user(world, uid) for uid in task.assignees if uid in world.users]
        shown: Record = {
            "id": task.id,
            "contextKey": {"id": CONTEXT + task.id},
            **task.fields,
            "author": brief_user(world, task.author),
            "category": task.category,
            "assignees": assignees or None,
            "numberOfSubTasks": sum(one.parent == task.id for one in TASKS),
            "group": brief_group(world.groups[task.group]),
            **task.more,
        }
        return shown | {"parent": parent} if parent else shown


def parent_of(task: Task) -> Record | None:
    """Show the task that this one is a part of, by its names only."""
    found = next((one for one in TASKS if one.id == task.parent), None)
    if found is None:
        return None
    return {"id": found.id, **{name: found.fields[name] for name in ("name", "friendlyName")}}


def wanted(request: Request, task: Task) -> bool:
    """Say whether a task passes the filters asked for."""
    query = request.query_params
    return (
        named(request, task)
        and all(
            query.get(asked_by, task.fields[name]) == task.fields[name]
            for asked_by, name in (("slug", "name"), ("status", "status"), ("priority", "priority"))
        )
        and categorised(request, task)
        and due(request, task)
        and ("assignedTo" not in query or pages.number(request, "assignedTo", 0) in task.assignees)
        and ("parent" not in query or pages.number(request, "parent", 0) == task.parent)
    )


def named(request: Request, task: Task) -> bool:
    """Say whether the name is the one asked for, or contains it."""
    name, full = request.query_params.get("name", "").lower(), task.fields["friendlyName"].lower()
    return name == full if name and pages.flag(request, "exact") else name in full


def categorised(request: Request, task: Task) -> bool:
    """Say whether the category is the one asked for; tasks without any may be let in too."""
    any_category = "category" not in request.query_params
    category = pages.number(request, "category", 0)
    if task.category is None:
        return pages.flag(request, "uncategorized", default=any_category)
    return any_category or task.category["id"] == category


def due(request: Request, task: Task) -> bool:
    """Say whether a task is due between the days asked for; without a date it is at no time."""
    first, last = dates.bound(request, "dateStart"), dates.bound(request, "dateEnd")
    if first is None and last is None:
        return True
    if task.fields["dueDate"] is None:
        return False
    day = dates.day(task.fields["dueDate"])
    return (first is None or first <= day) and (last is None or day <= last)
