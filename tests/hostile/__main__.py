"""`python -m tests.hostile` prints what becomes of each case, as a table of Markdown."""

import sys
import tempfile
from pathlib import Path

from tests.hostile.house import house
from tests.hostile.suite import CASES

_HEAD = "| case | status | code | limit | ms |\n| --- | --- | --- | --- | --- |\n"


def main() -> None:
    """Send every case, and print its row."""
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as opened:
        sys.stdout.write(_HEAD)
        for case in CASES:
            verdict = opened.judge(case)
            status, code, limit = verdict.told
            told = (case.name, status, code or "", limit or "", verdict.ms)
            sys.stdout.write(f"| {' | '.join(map(str, told))} |\n")


if __name__ == "__main__":
    main()
