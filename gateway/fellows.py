"""The workers of one gateway tell each other their numbers, so that whoever asks one gets all.

Each listens at a local socket in a folder that is theirs alone, named by its place among them. What
is told of each is labelled by that place: one that was started again begins to count anew, as
anything does that Prometheus watches.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

# One that does not answer within so many seconds is left out.
_PATIENCE_SECONDS = 2.0
_SAMPLE = re.compile(r"^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([^ ]+\n)$")


class Fellows:
    """One worker among the others."""

    def __init__(self, folder: Path, place: int) -> None:
        """Have a place among those who are met in a folder."""
        self._folder = folder
        self._place = place

    @asynccontextmanager
    async def open(self, tell: Callable[[], Awaitable[bytes]]) -> AsyncGenerator[None]:
        """Tell the others what they ask for."""

        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                writer.write(await tell())
            finally:
                writer.close()

        path = self._folder / str(self._place)
        # Whoever had the place before may have ended without a word.
        path.unlink(missing_ok=True)
        async with await asyncio.start_unix_server(answer, path):
            yield

    async def with_theirs(self, own: bytes) -> bytes:
        """Give all numbers, by the text of one's own."""
        places = sorted(int(path.name) for path in self._folder.iterdir())
        others = [place for place in places if place != self._place]
        texts = await asyncio.gather(*(self._ask(place) for place in others))
        told = [(self._place, own), *zip(others, texts, strict=True)]
        return merged((place, text.decode()) for place, text in sorted(told) if text).encode()

    async def _ask(self, place: int) -> bytes:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                reader, writer = await asyncio.open_unix_connection(self._folder / str(place))
                try:
                    return await reader.read()
                finally:
                    writer.close()
        except (OSError, TimeoutError):
            # It has ended, or is so busy that it will be asked another time.
            return b""


def merged(texts: Iterable[tuple[int, str]]) -> str:
    """Put the samples of several together, each metric's under its own heading."""
    found: dict[str, list[str]] = {}
    for place, text in texts:
        heading = ""
        for line in text.splitlines(keepends=True):
            if line.startswith("#"):
                # What it means, then what type it is.
                first = line.startswith("# HELP")
                heading = line if first else heading + line
                if not first:
                    found.setdefault(heading, [])
            else:
                found[heading].append(_labelled(line, place))
    return "".join(heading + "".join(samples) for heading, samples in found.items())


def _labelled(line: str, place: int) -> str:
    found = _SAMPLE.match(line)
    if found is None:
        return ""
    labels = f'worker="{place}"' + (f",{found[2]}" if found[2] else "")
    return f"{found[1]}{{{labels}}} {found[3]}"
