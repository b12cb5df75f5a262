"""What answers mean."""

import json
from email.utils import formatdate

import pytest
from pydantic import SecretStr

from resolvers.platforms.kondado import Kondado
from resolvers.upstream.verdict import Outcome, by_status, retry_after
from resolvers.upstream.wire import Response

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.OK),
        (202, Outcome.OK),
        (204, Outcome.OK),
        (301, Outcome.MALFORMED),
        (400, Outcome.REFUSED),
        (401, Outcome.UNAUTHORIZED),
        (402, Outcome.REFUSED),
        (403, Outcome.FORBIDDEN),
        (404, Outcome.NOT_FOUND),
        (408, Outcome.UNAVAILABLE),
        (409, Outcome.REFUSED),
        (410, Outcome.NOT_FOUND),
        (422, Outcome.REFUSED),
        (429, Outcome.RATE_LIMITED),
        (500, Outcome.UNAVAILABLE),
        (503, Outcome.UNAVAILABLE),
        (599, Outcome.UNAVAILABLE),
        (100, Outcome.MALFORMED),
    ],
)
def test_the_status_line_decides(status: int, outcome: Outcome) -> None:
    """At every platform but Kondado."""
    assert by_status(Response(status), now=NOW).outcome is outcome


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("30", 30.0),
        (" 7 ", 7.0),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW - 90, usegmt=True), 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    """And nothing else; a date that has passed means now."""
    assert retry_after(value, now=NOW) == seconds


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ({"success": True, "data": []}, Outcome.OK),
        ({"success": True, "data": {"success": True, "data": {"link": "x"}}}, Outcome.OK),
        ({"success": True, "data": {"success": False, "error": "X"}}, Outcome.REFUSED),
        ({"success": False, "error": "RATE_LIMIT_EXCEEDED"}, Outcome.RATE_LIMITED),
        ({"success": False, "error": "UNAUTHORIZED"}, Outcome.UNAUTHORIZED),
        ({"success": "true"}, Outcome.REFUSED),
        ({"success": None}, Outcome.REFUSED),
        ({"data": []}, Outcome.MALFORMED),
        ([], Outcome.MALFORMED),
    ],
)
def test_at_kondado_the_body_decides(body: object, outcome: Outcome) -> None:
    """At both levels, and only true is success."""
    kondado = Kondado(key=SecretStr("k"), token=SecretStr("t"))
    answer = Response(200, body=json.dumps(body).encode())

    assert kondado.verdict(answer, now=NOW).outcome is outcome


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"success": ', b"[" * 100_000], ids=["none", "html", "half", "deep"]
)
def test_a_body_of_kondado_that_is_no_json_is_malformed(body: bytes) -> None:
    """Success that cannot be read is none."""
    kondado = Kondado(key=SecretStr("k"), token=SecretStr("t"))

    assert kondado.verdict(Response(200, body=body), now=NOW).outcome is Outcome.MALFORMED
