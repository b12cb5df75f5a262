"""The log: structured, on standard error, for people or for machines."""

import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TextIO, cast

import orjson
import structlog
from structlog.typing import EventDict, Processor

# How much of the way to where an exception was raised is told.
_MOST_FRAMES = 8
# What stands between the parts of JSON.
_CLOSE = (",", ":")

_log = structlog.stdlib.get_logger("manifold.gateway")


class _Lines:
    """Writes an operation's line for machines, as all others are but in a tenth of the time."""

    # There is one for each request, and the way through all processors takes as long as a call.
    write: Callable[[dict[str, Any]], None] | None = None


def operation(fields: dict[str, Any]) -> None:
    """Log what became of an operation, at level info."""
    # Tests put structlog back as it was.
    if _Lines.write is not None and structlog.is_configured():
        _Lines.write(fields)
    else:
        _log.info("operation", **fields)


def configure(level: str = "info", style: Literal["console", "json"] = "console") -> None:
    """Set the process's log up; libraries' own lines only from warnings on."""
    render = (
        structlog.processors.JSONRenderer(separators=_CLOSE)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_values,
    ]
    structlog.configure(
        processors=[*before, render],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    writes = style == "json" and logging.getLevelNamesMapping()[level.upper()] <= logging.INFO
    _Lines.write = _straight(sys.stderr) if writes else None
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*before, _first_line], processor=render
        )
    )
    # What cannot be written would be shown with all its values.
    logging.raiseExceptions = False
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # httpx logs whole URLs, and Kondado's credentials stand in its URLs.
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)


def _straight(to: TextIO) -> Callable[[dict[str, Any]], None]:
    write, flush = to.write, to.flush

    def line(fields: dict[str, Any]) -> None:
        fields["event"] = "operation"
        fields |= structlog.contextvars.get_contextvars()
        fields["level"] = "info"
        fields["timestamp"] = datetime.now(UTC).replace(tzinfo=None).isoformat() + "Z"
        written = orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE).decode()
        # What is not ASCII is escaped, whatever the encoding of the stream is.
        write(written if written.isascii() else f"{json.dumps(fields, separators=_CLOSE)}\n")
        flush()

    return line


def _without_values(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Tell what an exception is and where it was raised; its text may quote a secret."""
    given = event.pop("exc_info", None)
    error: Any = sys.exc_info() if given is True else given
    if isinstance(error, tuple):
        _, error, _ = cast("tuple[Any, Any, Any]", error)
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
        event["kind"], *event["causes"] = [type(one).__name__ for one in _chain(error)]
        event["where"] = [f"{one.name} ({Path(one.filename).name}:{one.lineno})" for one in frames]
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give an exception and what led to it, each once."""
    seen = set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _first_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Leave of a library's message what it says; below, asyncio quotes exceptions and results."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event
