"""What is counted in plain numbers reads as what the library counts."""

from hypothesis import example, given
from hypothesis import strategies as st
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from gateway.metrics import BUCKETS
from gateway.numbers import Counts, Spreads

LABELS = ("platform", "word")

values = st.tuples(st.sampled_from(["codat", "clinked"]), st.sampled_from(["ok", 'a "b"\\\n', ""]))
seconds = st.floats(0, 100) | st.sampled_from([*BUCKETS, 0.0])


@example([])
@given(st.lists(values, max_size=20))
def test_counts_read_as_the_librarys(counted: list[tuple[str, str]]) -> None:
    """Line by line, and also before anything is counted."""
    disable_created_metrics()
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    plain = Counts("things", "Things that were.", LABELS)
    ours.register(plain)
    library = Counter("things", "Things that were.", LABELS, registry=theirs)
    for each in counted:
        plain.add(*each)
        library.labels(*each).inc()

    assert generate_latest(ours) == generate_latest(theirs)


@example([])
@given(st.lists(st.tuples(seconds, values), max_size=20))
def test_spreads_read_as_the_librarys(counted: list[tuple[float, tuple[str, str]]]) -> None:
    """What took exactly as long as a bound is within it."""
    disable_created_metrics()
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    plain = Spreads("took", "How long.", LABELS, BUCKETS)
    ours.register(plain)
    library = Histogram("took", "How long.", LABELS, registry=theirs, buckets=BUCKETS)
    for took, each in counted:
        plain.add(took, *each)
        library.labels(*each).observe(took)

    assert generate_latest(ours) == generate_latest(theirs)
