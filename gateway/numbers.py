"""Numbers that are counted on every request: plain ones, shown to Prometheus when it asks.

The library's own are safe to use from many threads, which takes longer than all else that counts.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector


class Counts(Collector):
    """How often something was, by the values of its labels."""

    def __init__(self, name: str, about: str, labels: Sequence[str]) -> None:
        """Start with nothing counted; `name` is without `_total`."""
        self._name, self._about, self._labels = name, about, labels
        self._counts = defaultdict[tuple[str, ...], int](int)

    def add(self, *values: str) -> None:
        """Count once more what has these values, one for each label."""
        self._counts[values] += 1

    def collect(self) -> Iterable[CounterMetricFamily]:
        """Show them."""
        family = CounterMetricFamily(self._name, self._about, labels=self._labels)
        for values, count in self._counts.items():
            family.add_metric([str(value) for value in values], count)
        yield family


class Spreads(Collector):
    """How long things took, by the values of their labels: how many no longer than each bound."""

    def __init__(
        self, name: str, about: str, labels: Sequence[str], bounds: Sequence[float]
    ) -> None:
        """Start with nothing counted; the bounds are in seconds, in order."""
        self._name, self._about, self._labels, self._bounds = name, about, labels, bounds
        self._shown = [*map(str, bounds), "+Inf"]
        # For each its seconds in all, and how many fell between two bounds.
        self._sums = defaultdict[tuple[str, ...], float](float)
        self._between = defaultdict[tuple[str, ...], list[int]](lambda: [0] * len(self._shown))

    def add(self, seconds: float, *values: str) -> None:
        """Count what took so long and has these values, one for each label."""
        self._sums[values] += seconds
        self._between[values][bisect_left(self._bounds, seconds)] += 1

    def collect(self) -> Iterable[HistogramMetricFamily]:
        """Show them."""
        family = HistogramMetricFamily(self._name, self._about, labels=self._labels)
        for values, between in self._between.items():
            buckets = list(zip(self._shown, accumulate(between), strict=True))
            family.add_metric([str(value) for value in values], buckets, self._sums[values])
        yield family
