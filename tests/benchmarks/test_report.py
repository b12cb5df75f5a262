"""What was measured is told as it was."""

from xml.etree import ElementTree as ET

from benchmarks import chart, profiling
from benchmarks.figures import Figures, Results, middle
from benchmarks.tables import tables

TITLES = {"manifold": "Manifold", "other": "Other & Co"}


def _figures(peer: str, cpu: float, peak: float = 100) -> Figures:
    return Figures(
        peer=peer,
        workload="w1",
        rate=1000 / cpu,
        p50=1,
        p99=2,
        cpu=cpu,
        peak=peak,
        calls=1,
        alone=1,
        busy=0.99,
    )


RESULTS = Results(
    figures=[_figures("manifold", 0.5), _figures("other", 10.0), _figures("manifold", 0.3)],
    failures=[],
)


def test_of_several_rounds_the_middle_counts_and_of_memory_the_most() -> None:
    """One round that something else disturbed does not."""
    several = [_figures("manifold", cpu, peak) for cpu, peak in ((1, 80), (9, 120), (2, 90))]

    found = middle(several)

    assert (found.cpu, found.peak) == (2, 120)


def test_a_table_begins_with_the_cheapest_and_has_ratios_to_ours() -> None:
    """Ratios are what can be compared."""
    rows = [line for line in tables(RESULTS, TITLES).splitlines() if line.startswith("| ")][2:]

    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert [(row[0], row[4], row[5]) for row in cells] == [
        ("Manifold", "0.40", "1.00"),
        ("Other & Co", "10.0", "25.00"),
    ]


def test_a_bar_that_is_too_long_is_cut_and_its_number_is_right() -> None:
    """The chart is well-formed, and stays within its frame."""
    drawing = ET.fromstring(chart.draw(RESULTS, TITLES))  # noqa: S314 - it is ours

    texts = [one.text for one in drawing.iter() if one.tag.endswith("text")]
    bars = [one for one in drawing.iter() if "bar" in one.get("class", "")]
    assert "25 (10.00 ms)" in texts
    assert all(int(bar.get("x", 0)) + int(bar.get("width", 0)) < 860 for bar in bars)
    assert sum(one.get("class") == "cut" for one in drawing.iter()) == 1


def test_a_profile_leaves_out_what_is_done_before_serving() -> None:
    """A start-up of a second would else be a tenth of it."""
    serving = "main (gateway/cli.py:9);run (asyncio/runners.py:118)"
    samples = "\n".join(
        [
            "main (gateway/cli.py:9);<module> (pydantic/main.py:1) 500",
            f"{serving};a (gateway/endpoint.py:3);loads (json/decoder.py:7) 30",
            f"{serving};a (gateway/endpoint.py:5) 70",
        ]
    )

    packages, alone, whole = profiling.told(samples).split("\n\n")

    assert packages.splitlines()[1:] == ["  70.0%  gateway", "  30.0%  the standard library"]
    assert "  70.0%  gateway/endpoint.py a" in alone
    assert " 100.0%  gateway/endpoint.py a" in whole
