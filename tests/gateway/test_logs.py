"""The log as it is written: a line is one thing, and an exception tells no value."""

import asyncio
import json
import logging
import re
from typing import Any, Literal

import pytest
import structlog

from gateway import logs

SECRET = "the-password-of-somebody"
Style = Literal["console", "json"]


class Unkind(Exception):
    """Says a secret."""


def fail(password: str) -> None:
    """Fail with a secret in the text, in the cause, and in a variable."""
    known: dict[str, str] = {}
    try:
        known[password]
    except KeyError as error:
        raise Unkind(password) from error


def written(captured: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Give the log as a machine reads it."""
    return [json.loads(line) for line in captured.readouterr().err.splitlines()]


def test_a_line_is_one_object_whatever_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    """A collector splits at line ends."""
    logs.configure("info", "json")
    structlog.get_logger("manifold.test").info("two\nlines", of={"more\r\n": ["\u2028", b"\n"]})
    logging.getLogger("library").warning("more\nthan\none")
    ours, theirs = written(capsys)

    assert ours["event"] == "two\nlines"
    assert (theirs["event"], theirs["level"]) == ("more", "warning")


def test_libraries_are_heard_from_warnings_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the level of our own lines."""
    logs.configure("debug", "json")
    structlog.get_logger("manifold.test").debug("ours")
    logging.getLogger("library").info("theirs")
    logging.getLogger("httpx").error("a whole URL")

    assert [line["event"] for line in written(capsys)] == ["ours"]


@pytest.mark.parametrize("style", ["console", "json"])
def test_an_exception_of_ours_tells_no_value(
    capsys: pytest.CaptureFixture[str], style: Style
) -> None:
    """Neither its text, nor that of what led to it, nor the variables around it."""
    logs.configure("info", style)
    try:
        fail(SECRET)
    except Unkind as error:
        structlog.get_logger("manifold.test").exception("failed")
        structlog.get_logger("manifold.test").error("failed", exc_info=error)
    told = capsys.readouterr().err

    assert SECRET not in told
    assert told.count("Unkind") == told.count("KeyError") == 2
    assert told.count("fail (test_logs.py:") == 2


@pytest.mark.parametrize("style", ["console", "json"])
def test_an_exception_that_a_library_logs_tells_no_value(
    capsys: pytest.CaptureFixture[str], style: Style
) -> None:
    """The server's own, of a request that failed, is of these."""
    logs.configure("info", style)
    try:
        fail(SECRET)
    except Unkind:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    (told,) = capsys.readouterr().err.splitlines()

    assert SECRET not in told
    assert "Exception in ASGI application" in told
    assert "fail (test_logs.py:" in told


async def test_an_exception_that_nobody_waited_for_tells_no_value(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The event loop would quote it in its message."""
    logs.configure("info", "json")
    failed = asyncio.get_running_loop().create_future()
    failed.set_exception(Unkind(SECRET))
    asyncio.get_running_loop().default_exception_handler(
        {
            "message": "Future exception was never retrieved",
            "exception": failed.exception(),
            "future": failed,
        }
    )
    told = capsys.readouterr().err

    assert SECRET not in told
    assert json.loads(told)["event"] == "Future exception was never retrieved"
    assert json.loads(told)["kind"] == "Unkind"


@pytest.mark.parametrize("caller", ["key:web", "jwt:Zoë\u2028"])
def test_an_operation_is_written_as_all_else_is(
    capsys: pytest.CaptureFixture[str], caller: str
) -> None:
    """Though by a shorter way: the same fields in the same order, and ASCII alone."""
    logs.configure("info", "json")
    fields = {"kind": "query", "name": None, "ms": 0.1, "caller": caller, "calls": {"codat": 2}}
    with structlog.contextvars.bound_contextvars(request_id="an-id-of-a-client"):
        logs.operation(dict(fields))
        structlog.get_logger("manifold.test").info("operation", **fields)
    short, long = capsys.readouterr().err.splitlines()

    assert short.isascii()
    assert re.sub(r"20[\d:T.-]+Z", "", short) == re.sub(r"20[\d:T.-]+Z", "", long)


def test_an_operation_is_written_from_its_level_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Which is info."""
    for level in ("warning", "debug"):
        logs.configure(level, "json")
        logs.operation({"kind": level})

    assert [line["kind"] for line in written(capsys)] == ["debug"]
