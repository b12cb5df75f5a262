"""A run: every gateway on every workload, in turns, round after round."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from benchmarks.figures import Figures, Results
from benchmarks.load import WrongAnswerError
from benchmarks.measured import Extent, Gateway, gateway
from benchmarks.peers import Peer
from benchmarks.platforms import platforms
from benchmarks.workloads import Workload

Told = Callable[[str], None]


def run(
    peers: Sequence[Peer], workloads: Sequence[Workload], extent: Extent, logs: Path, told: Told
) -> Results:
    """Measure; `told` gets a line for each measurement."""
    with ExitStack() as held:
        upstream = held.enter_context(platforms(logs))
        gateways = [held.enter_context(gateway(peer, upstream, logs)) for peer in peers]
        failures = dict[tuple[str, str], str]()
        figures = list(_measured(gateways, workloads, extent, failures, told))
    return Results(figures, failures)


def _measured(
    gateways: Sequence[Gateway],
    workloads: Sequence[Workload],
    extent: Extent,
    failures: dict[tuple[str, str], str],
    told: Told,
) -> Iterator[Figures]:
    # The gateways take turns, so that what else the machine does is shared among them.
    for number, workload, one in product(range(1, extent.rounds + 1), workloads, gateways):
        place = (one.peer.name, workload.name)
        if place in failures or not one.answers(workload):
            continue
        try:
            found = one.measure(workload, extent)
        except (WrongAnswerError, OSError) as error:
            failures[place] = str(error)
            told(f"{number}/{extent.rounds} {workload.name:4} {one.peer.name:10} {error}")
        else:
            told(f"{number}/{extent.rounds} {found.line()}")
            yield found
