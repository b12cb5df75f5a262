"""The chart of a run: bars of CPU for each request, relative to Manifold."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from benchmarks.figures import Figures, Results
from benchmarks.peers import OURS
from benchmarks.workloads import WORKLOADS

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")

_WIDTH = 860
_LEFT, _RIGHT = 210, 70
_TOP = 84
_BAR, _STEP, _HEADING, _GAP = 15, 20, 24, 12
# Longer bars are cut, with a gap near their end that says so.
_LONGEST = 8.0

# On its own ground, so that it can be read wherever it is shown.
_STYLE = """
  svg { font-family: "DejaVu Sans", Verdana, "Segoe UI", Helvetica, Arial, sans-serif }
  .ground { fill: #ffffff; stroke: #d0d7de }
  .title { fill: #1f2328; font-size: 17px; font-weight: bold }
  .work { fill: #1f2328; font-size: 13px; font-weight: bold }
  .name, .number, .note { fill: #59636e; font-size: 12px }
  .ours.name, .ours.number { fill: #1f2328; font-weight: bold }
  .bar { fill: #a8b3bf } .ours.bar { fill: #0a7d74 }
  .one { stroke: #0a7d74; stroke-dasharray: 3 3 }
  .cut { stroke: #ffffff; stroke-width: 3 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #3d444d }
    .title, .work, .ours.name, .ours.number { fill: #f0f6fc }
    .name, .number, .note { fill: #9198a1 }
    .bar { fill: #57606a } .ours.bar { fill: #2dbfb2 }
    .one { stroke: #2dbfb2 } .cut { stroke: #0d1117 }
  }
"""


def draw(results: Results, titles: Mapping[str, str]) -> str:
    """Draw it, in SVG."""
    y, parts = _TOP, list[str]()
    for name in results.workloads():
        measured = sorted(results.of(name), key=lambda one: one.cpu)
        ours = next((one.cpu for one in measured if one.peer == OURS), None)
        if ours:
            parts += _group(name, measured, ours, y, titles)
            y += _HEADING + _STEP * len(measured) + _GAP
    return "\n".join([*_frame(y + 4), *parts, "</svg>", ""])


def _frame(height: int) -> Iterator[str]:
    title = "CPU for each request, relative to Manifold"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-label="{title}">'
    )
    yield f"<style>{_STYLE}</style>"
    yield (
        f'<rect class="ground" x="0.5" y="0.5" width="{_WIDTH - 1}" height="{height - 1}" rx="8"/>'
    )
    yield _text("title", 24, 34, title)
    yield _text("note", 24, 56, "Shorter is better. Behind each bar: its ratio, and milliseconds.")


def _group(
    name: str, measured: list[Figures], ours: float, y: int, titles: Mapping[str, str]
) -> Iterator[str]:
    yield _text("work", 24, y + 12, WORKLOADS[name].heading)
    top = y + _HEADING
    for place, one in enumerate(measured):
        yield from _bar(one, one.cpu / ours, top + place * _STEP, titles[one.peer])
    x = _LEFT + _length(1)
    yield f'<line class="one" x1="{x}" x2="{x}" y1="{top - 3}" y2="{top + len(measured) * _STEP}"/>'


def _bar(one: Figures, ratio: float, y: int, title: str) -> Iterator[str]:
    kind = "ours " if one.peer == OURS else ""
    length = _length(min(ratio, _LONGEST))
    yield _text(f"{kind}name", _LEFT - 10, y + 12, title, anchor="end")
    yield f'<rect class="{kind}bar" x="{_LEFT}" y="{y}" width="{length}" height="{_BAR}" rx="2"/>'
    if ratio > _LONGEST:
        x = _LEFT + length - 14
        yield f'<line class="cut" x1="{x}" x2="{x + 6}" y1="{y + _BAR}" y2="{y}"/>'
    told = f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"  # noqa: PLR2004
    # Behind the line of Manifold's own, which would go through it.
    x = _LEFT + max(length, _length(1)) + 8
    yield _text(f"{kind}number", x, y + 12, f"{told} ({one.cpu:.2f} ms)")


def _length(ratio: float) -> int:
    return round(ratio / _LONGEST * (_WIDTH - _LEFT - _RIGHT - 60))


def _text(kind: str, x: int, y: int, text: str, *, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def photograph(drawing: Path, picture: Path) -> bool:
    """Make a picture of a drawing at twice its size; False where there is no Chromium."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        return False
    height = drawing.read_text().partition('height="')[2].partition('"')[0]
    options = [
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        "--force-device-scale-factor=2",
        "--default-background-color=00000000",
        f"--window-size={_WIDTH},{height}",
        f"--screenshot={picture}",
    ]
    subprocess.run([browser, *options, drawing.as_uri()], check=True, capture_output=True)
    return True
