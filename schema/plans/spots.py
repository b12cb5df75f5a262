"""Where values stand in an answer: worked out only for those that an error is told of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

Step = str | int


class Places(Protocol):
    """Where things are shown that are reached from one spot."""

    @property
    def spot(self) -> "Spot":
        """The spot."""
        ...

    def steps(self, row: int) -> tuple[Step, ...]:
        """Give the way to one of them from the spot."""
        ...


@dataclass(frozen=True, slots=True)
class Rows:
    """Things that are shown at a spot: as its value, or each at a number in a list of it."""

    spot: "Spot"
    before: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    is_list: bool = False
    numbers: Sequence[int] | None = None

    def steps(self, row: int) -> tuple[Step, ...]:
        """Give the way to a row from the spot."""
        if not self.is_list:
            return ()
        number = row if self.numbers is None else self.numbers[row]
        return (*self.before, number, *self.after)


@dataclass(frozen=True, slots=True)
class Within:
    """Objects inside things: the number of the thing of each, and the way on from there."""

    things: Places
    positions: Sequence[tuple[int, tuple[Step, ...]]]

    @property
    def spot(self) -> "Spot":
        """The spot that the things are reached from."""
        return self.things.spot

    def steps(self, row: int) -> tuple[Step, ...]:
        """Give the way to an object from the spot."""
        number, inside = self.positions[row]
        return (*self.things.steps(number), *inside)


@dataclass(frozen=True, slots=True)
class Spot:
    """The places of one value, which may be that of several rows: of every one that leads to it."""

    name: str
    rows: Places | None = None
    indexes: Sequence[int] = (0,)

    def paths(self) -> Iterator[list[Step]]:
        """Give the path of every place."""
        if self.rows is None:
            yield [self.name]
            return
        for base in self.rows.spot.paths():
            for index in self.indexes:
                yield [*base, *self.rows.steps(index), self.name]
