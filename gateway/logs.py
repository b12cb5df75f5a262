"""The log: structured, on standard error, for people or for machines."""

import logging
import sys
from typing import Literal

import structlog


def configure(level: str = "info", style: Literal["console", "json"] = "console") -> None:
    """Set the process's log up; libraries' own lines only from warnings on."""
    render = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    before: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*before, render],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processor=render)
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # httpx logs whole URLs, and Kondado's credentials stand in its URLs.
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
