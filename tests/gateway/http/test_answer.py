"""How an answer is written: its type, its status, its headers, and the order of what it tells."""

import json
from typing import Any

import pytest
from graphql import GraphQLError

from gateway.callers.errors import (
    CredentialMissing,
    KeyRefused,
    KeysUnreachable,
    TokenExpired,
    TokenRefused,
)
from gateway.http.answer import refused, written, written_all
from gateway.http.media import GRAPHQL_RESPONSE, JSON
from gateway.http.refusal import Refusal
from gateway.http.reply import Reply
from resolvers.upstream.errors import BadInput, ErrorCode, Fault, NotPermitted
from schema.limits.limit import LimitExceeded
from schema.operation import Answer, NotAllowedHere

WRONG = GraphQLError("That is wrong.")
RAN = Answer({"a": 1}, ran=True)
PARTIAL = Answer({"a": None}, [WRONG], {"cost": 1}, ran=True)
NOTHING = Answer(None, [WRONG], ran=True)
INVALID = Answer(errors=[WRONG])


def sent(answer: Reply) -> dict[str, str]:
    """Give the headers with which an answer is sent."""
    return {name.decode(): text.decode() for name, text in answer.lines("an-id")}


def by(fault: Fault) -> Answer:
    """Give the answer to a request that this refuses."""
    return Answer(errors=[WRONG], refused=fault)


@pytest.mark.parametrize(
    ("ended", "as_graphql", "as_json"),
    [
        (RAN, 200, 200),
        (PARTIAL, 200, 200),
        (NOTHING, 200, 200),
        (INVALID, 400, 200),
        (by(BadInput("Wrong.")), 400, 200),
        (by(LimitExceeded("depth", 21, 20)), 400, 200),
        (by(LimitExceeded("body_bytes", 2, 1)), 413, 413),
        (by(LimitExceeded("receive_seconds", 2, 1)), 408, 408),
        (by(LimitExceeded("request_seconds", 2, 1)), 504, 504),
        (by(LimitExceeded("calls_per_minute", 2, 1)), 429, 429),
        (by(NotPermitted("No.")), 403, 403),
        (by(NotAllowedHere("No.")), 405, 405),
        (by(KeyRefused("it is wrong")), 401, 401),
        (by(KeysUnreachable()), 503, 503),
        (by(Fault("The gateway failed.")), 500, 500),
    ],
    ids=str,
)
def test_the_status_goes_with_the_type(ended: Answer, as_graphql: int, as_json: int) -> None:
    """Clients of JSON know by 200 that the answer is GraphQL's, unless they have to act on it."""
    for media, status in ((GRAPHQL_RESPONSE, as_graphql), (JSON, as_json)):
        answer = written(ended, media)
        assert answer.status == status
        assert sent(answer)["content-type"] == f"{media}; charset=utf-8"


def body(ended: Answer) -> dict[str, Any]:
    """Read what is written."""
    return json.loads(written(ended, JSON).body)


def test_errors_stand_before_data() -> None:
    """Who reads an answer sees at once that it is not whole (GraphQL, 7.1)."""
    assert list(body(PARTIAL)) == ["errors", "data", "extensions"]
    assert list(body(RAN)) == ["data"]


def test_data_is_left_out_where_nothing_was_run_and_null_where_nothing_came_of_it() -> None:
    """Clients tell by it whether anything may have been done."""
    assert body(INVALID) == {"errors": [{"message": "That is wrong."}]}
    assert body(NOTHING) == {"errors": [{"message": "That is wrong."}], "data": None}


@pytest.mark.parametrize(
    ("fault", "header", "value"),
    [
        (CredentialMissing("there is none"), "WWW-Authenticate", 'Bearer realm="Manifold"'),
        (KeyRefused("unknown"), "WWW-Authenticate", 'Bearer error="invalid_token"'),
        (TokenRefused("forged"), "WWW-Authenticate", 'Bearer error="invalid_token"'),
        (TokenExpired("late"), "WWW-Authenticate", 'Bearer error="invalid_token"'),
        (KeysUnreachable(), "Retry-After", "30"),
        (LimitExceeded("calls_per_minute", 2, 1, retry_after=1.2), "Retry-After", "2"),
        (NotAllowedHere("No."), "Allow", "POST"),
        (LimitExceeded("body_bytes", 2, 1), "Connection", "close"),
        (LimitExceeded("receive_seconds", 2, 1), "Connection", "close"),
    ],
    ids=str,
)
def test_headers_tell_how_to_get_further(fault: Fault, header: str, value: str) -> None:
    """Which HTTP demands with some statuses, and RFC 6750 with its challenges."""
    assert sent(written(by(fault), JSON))[header.lower()] == value


def test_a_refusal_has_a_code_and_the_id_of_its_request() -> None:
    """Beside what the refusal itself tells."""
    why = Refusal(
        418, "No coffee.", ErrorCode.FORBIDDEN, headers={"X-Pot": "tea"}, extensions={"cups": 2}
    )
    answer = refused(why, GRAPHQL_RESPONSE, "an-id")

    assert answer.status == 418
    assert sent(answer)["x-pot"] == "tea"
    assert sent(answer)["content-type"] == f"{GRAPHQL_RESPONSE}; charset=utf-8"
    told = {"code": "FORBIDDEN", "cups": 2, "requestId": "an-id"}
    assert json.loads(answer.body) == {"errors": [{"message": "No coffee.", "extensions": told}]}


def test_several_answers_stand_in_their_order() -> None:
    """Each as it would stand alone, with one status for all."""
    answer = written_all([RAN, INVALID, PARTIAL])

    assert answer.status == 200
    assert json.loads(answer.body) == [body(RAN), body(INVALID), body(PARTIAL)]


def test_what_json_does_not_have_is_never_written() -> None:
    """Browsers could not read any of the answer."""
    with pytest.raises(ValueError, match="JSON"):
        written(Answer({"a": float("nan")}, ran=True), JSON)
