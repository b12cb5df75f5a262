"""How many calls something may make: a number over all platforms, and one for each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from resolvers.platform import Platform

# Numbers stop here: it fits into GraphQL's Int, and no limit lies above it.
MOST_CALLS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """The most calls that something may make: `total` in all, `by_platform` of each platform.

    A thing in a list is of one platform, and it is not known before of which. So each platform is
    given what it costs if all of them are its own, and the platforms may add up to more than the
    total. Neither number goes beyond `MOST_CALLS`.
    """

    total: int = 0
    by_platform: Mapping[Platform, int] = field(default_factory=dict[Platform, int])

    @classmethod
    def of(cls, calls: Iterable[Platform]) -> "Estimate":
        """Count calls by the platform of each."""
        counted = Counter(calls)
        return cls(counted.total(), dict(counted)).times(1)

    @classmethod
    def greatest(cls, several: Iterable["Estimate"]) -> "Estimate":
        """Give what is enough for whichever of several it turns out to be."""
        total, by_platform = 0, dict[Platform, int]()
        for one in several:
            total = max(total, one.total)
            for platform, calls in one.by_platform.items():
                by_platform[platform] = max(calls, by_platform.get(platform, 0))
        return cls(total, by_platform)

    def __add__(self, other: "Estimate") -> "Estimate":
        """Count both."""
        if not (self.total and other.total):
            return self if self.total else other
        summed = Counter(self.by_platform)
        summed.update(other.by_platform)
        return Estimate(self.total + other.total, summed).times(1)

    def times(self, number: int) -> "Estimate":
        """Count it `number` times."""
        each = self.by_platform.items() if number else ()
        calls = {platform: min(calls * number, MOST_CALLS) for platform, calls in each}
        return Estimate(min(self.total * number, MOST_CALLS), calls)


NOTHING = Estimate()
