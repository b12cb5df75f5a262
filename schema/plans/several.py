"""One field of many rows: its calls are begun together, and what they bring is shown together."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from resolvers.call import Calls, Endpoint, Origin
from resolvers.reply import Reading
from resolvers.upstream.errors import NotFound
from schema.plans.leaves import Unclean
from schema.plans.spots import Each, Places, Spot
from schema.selection import NotPlain, Selected

if TYPE_CHECKING:
    from schema.plans.run import Run
    from schema.plans.things import Things

# A place, and the numbers of the rows that lead there.
Group = tuple[Origin, Sequence[int]]
# Shows what was read at a place for a spot; raises `Unclean` or `NotPlain` where it cannot.
Show = Callable[[Origin, Any, Spot], Any]


class Answered:
    """The rows in which a field is answered, as they are shown."""

    __slots__ = ("_places", "_shown", "selected")

    def __init__(self, selected: Selected, places: Places, shown: Sequence[dict[str, Any]]) -> None:
        """Keep the rows and where they stand."""
        self.selected, self._places, self._shown = selected, places, shown

    def spot(self, rows: Sequence[int]) -> Spot:
        """Give where the field's value stands in some of the rows."""
        return Spot(self.selected.place, self._places, rows)

    def put(self, rows: Sequence[int], answer: Any) -> None:
        """Put an answer into some of the rows."""
        name = self.selected.place
        for row in rows:
            self._shown[row][name] = answer


async def replied(
    run: "Run",
    several: Sequence[Group],
    calls: Calls,
    reading: Reading,
    to: Answered,
    show: Show,
) -> list[Group]:
    """Ask for something at every place, show it, and give those where that cannot be done.

    What the platform does not find is null.
    """
    begun, left = list[tuple[Group, Any, Any]](), list[Group]()
    for group in several:
        try:
            made = calls.at(group[0])
            begun.append((group, made, run.session.begin(made)))
        except Exception:  # noqa: BLE001 - it is met again by whoever does what is left
            left.append(group)
    for group, made, future in begun:
        at, rows = group
        spot = to.spot(rows)
        try:
            reply = await future
        except NotFound:
            to.put(rows, None)
            continue
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the field's
            run.fail(error, spot, to.selected)
            continue
        read = reply.selected(reading, made)
        try:
            if read is None:
                left.append(group)
            else:
                to.put(rows, show(at, read, spot))
        except (Unclean, NotPlain):
            left.append(group)
    return left


class Led:
    """Things that a field of many rows leads to."""

    def __init__(self, things: "Things", to: Answered) -> None:
        """Show them as they are planned."""
        self._things, self._to = things, to

    async def read(
        self, run: "Run", several: Sequence[Group], endpoint: Endpoint[Any], reading: Reading
    ) -> list[Group]:
        """Read each of them, show those that can be shown, and give what is left."""
        found: list[tuple[Group, Any]] = []
        by_place = {id(group[0]): group for group in several}

        def keep(at: Origin, read: Any, spot: Spot) -> None:
            del spot
            found.append((by_place[id(at)], read))

        left = await replied(run, several, Calls(endpoint, {}), reading, self._to, keep)
        groups = [group for group, _ in found]
        return [*left, *await self.shown(run, groups, [read for _, read in found])]

    async def shown(
        self, run: "Run", several: Sequence[Group], rows: Sequence[Any]
    ) -> Sequence[Group]:
        """Show them, if all can be shown in the same way; gives those that are left."""
        things, to = self._things, self._to
        if not rows:
            return ()
        try:
            shown = things.project(run, rows, 0)
        except (Unclean, NotPlain):
            return several
        for (_, indexes), answer in zip(several, shown, strict=True):
            to.put(indexes, answer)
        if things.links[0]:
            spots = [to.spot(indexes) for _, indexes in several]
            await things.follow(run, rows, 0, Each(spots), shown)
        return ()
