"""A run: every gateway on every workload, in turns, round after round."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from benchmarks.figures import Failure, Figures, Results
from benchmarks.load import WrongAnswerError
from benchmarks.measured import Extent, Gateway, gateway
from benchmarks.peers import Peer
from benchmarks.platforms import platforms
from benchmarks.workloads import Workload

Told = Callable[[str], None]


def run(
    peers: Sequence[Peer], workloads: Sequence[Workload], extent: Extent, logs: Path, told: Told
) -> Results:
    """Measure those gateways that are there; `told` gets a line for each measurement."""
    failures = list(_missing(peers, told))
    missing = {one.peer for one in failures}
    with ExitStack() as held:
        upstream = held.enter_context(platforms(logs))
        gateways = list[Gateway]()
        for peer in peers:
            if peer.name in missing:
                continue
            try:
                gateways.append(held.enter_context(gateway(peer, upstream, logs)))
            except TimeoutError as error:
                failures.append(_left_out(peer, f"it does not start: {error}", told))
        figures = list(_measured(gateways, workloads, extent, failures, told))
    return Results(figures=figures, failures=failures)


def _missing(peers: Sequence[Peer], told: Told) -> Iterator[Failure]:
    for peer in peers:
        if (reason := peer.lacks()) is not None:
            yield _left_out(peer, reason, told, is_wrong=False)


def _left_out(peer: Peer, reason: str, told: Told, *, is_wrong: bool = True) -> Failure:
    told(f"{peer.title} is left out: {reason}")
    return Failure(peer=peer.name, workload=None, reason=reason, is_wrong=is_wrong)


def _measured(
    gateways: Sequence[Gateway],
    workloads: Sequence[Workload],
    extent: Extent,
    failures: list[Failure],
    told: Told,
) -> Iterator[Figures]:
    failed = set[tuple[str, str]]()
    # The gateways take turns, so that what else the machine does is shared among them.
    for number, workload, one in product(range(1, extent.rounds + 1), workloads, gateways):
        place = (one.peer.name, workload.name)
        if place in failed or not one.answers(workload):
            continue
        try:
            found = one.measure(workload, extent.in_round(number))
        except (WrongAnswerError, OSError) as error:
            failed.add(place)
            failures.append(Failure(peer=place[0], workload=place[1], reason=str(error)))
            told(f"{number}/{extent.rounds} {workload.name:4} {one.peer.name:10} {error}")
        else:
            told(f"{number}/{extent.rounds} {found.line()}")
            yield found
