"""Where values stand in an answer: worked out only for those that an error is told of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

Step = str | int


class Places(Protocol):
    """Where things stand that are shown together."""

    def paths(self, row: int) -> Iterator[list[Step]]:
        """Give the path of every place of one of them."""
        ...


@dataclass(slots=True)
class Each:
    """Things that are shown at spots of their own."""

    spots: Sequence["Spot"]

    def paths(self, row: int) -> Iterator[list[Step]]:
        """Give the path of every place of a thing."""
        return self.spots[row].paths()


@dataclass(slots=True)
class Rows:
    """Things that are shown at a spot: as its value, or each at a number in a list of it."""

    spot: "Spot"
    before: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    is_list: bool = False
    numbers: Sequence[int] | None = None

    def paths(self, row: int) -> Iterator[list[Step]]:
        """Give the path of every place of a row."""
        steps: tuple[Step, ...] = ()
        if self.is_list:
            number = row if self.numbers is None else self.numbers[row]
            steps = (*self.before, number, *self.after)
        return ([*path, *steps] for path in self.spot.paths())


@dataclass(slots=True)
class Within:
    """Objects inside things: the number of the thing of each, and the way on from there."""

    things: Places
    positions: Sequence[tuple[int, tuple[Step, ...]]]

    def paths(self, row: int) -> Iterator[list[Step]]:
        """Give the path of every place of an object."""
        number, inside = self.positions[row]
        return ([*path, *inside] for path in self.things.paths(number))


@dataclass(slots=True)
class Spot:
    """The places of one value, which may be that of several rows: of every one that leads to it."""

    name: Step
    rows: Places | None = None
    indexes: Sequence[int] = (0,)

    def paths(self) -> Iterator[list[Step]]:
        """Give the path of every place."""
        if self.rows is None:
            yield [self.name]
            return
        for index in self.indexes:
            for path in self.rows.paths(index):
                yield [*path, self.name]
