"""The log: structured, on standard error, for people or for machines."""

import logging
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, cast

import structlog
from structlog.typing import EventDict, Processor

# How much of the way to where an exception was raised is told.
_MOST_FRAMES = 8


def configure(level: str = "info", style: Literal["console", "json"] = "console") -> None:
    """Set the process's log up; libraries' own lines only from warnings on."""
    render = (
        structlog.processors.JSONRenderer()
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
