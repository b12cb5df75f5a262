"""Which type an answer has, and which types a request may have."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.http.media import (
    GRAPHQL_RESPONSE,
    JSON,
    answer_type,
    check_content_type,
    names_answer,
)
from gateway.http.refusal import Refusal

RESPONSE = GRAPHQL_RESPONSE


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        (" , ", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        (RESPONSE, RESPONSE),
        (f"{RESPONSE}; charset=utf-8, {JSON}; charset=utf-8", RESPONSE),
        (f'{RESPONSE}; charset="UTF-8"', RESPONSE),
        (f"{JSON}, {RESPONSE}", RESPONSE),
        ("Application/GraphQL-Response+JSON", RESPONSE),
    ],
)
def test_the_type_is_what_a_client_takes(accept: str | None, chosen: str) -> None:
    """Who takes anything is an old client, and gets JSON."""
    assert answer_type(accept) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (f"{RESPONSE};q=0.5, {JSON}", JSON),
        (f"{RESPONSE};q=0.5, {JSON};q=0.4", RESPONSE),
        (f"{RESPONSE}; Q=0.1, {JSON};q=0.2", JSON),
        (f"{RESPONSE};q=0.5, */*", JSON),
        (f"{RESPONSE};q=0.5, application/*;q=0.9, */*;q=0.1", JSON),
        (f"{RESPONSE}, */*", RESPONSE),
        (f"{JSON}, text/plain, */*", JSON),
        (f"{JSON};q=0, */*", RESPONSE),
        (f"{JSON};q=0, application/*;q=0.1", RESPONSE),
        (f"{RESPONSE};q=0, */*;q=0.1", JSON),
        (f"application/*;q=0, {JSON}", JSON),
        (f"*/*;q=0, {RESPONSE};q=0.001", RESPONSE),
        (f"{JSON};profile=x;q=0, {JSON}", JSON),
        (f"{JSON};q=2", JSON),
        (f"{JSON}; charset=utf-16, {RESPONSE};q=0.1", RESPONSE),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", JSON),
    ],
)
def test_the_range_that_names_a_type_best_has_the_say(accept: str, chosen: str) -> None:
    """A type that is excluded by name is not let in again by a wildcard, nor the other way."""
    assert answer_type(accept) == chosen


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "text/*",
        "*",
        "*/json",
        "application/graphql",
        f"{JSON};q=0",
        f"{JSON};q=0.0, {RESPONSE};q=0",
        "*/*;q=0",
        "application/*;q=0, */*",
        f"{JSON}; charset=utf-16",
        f"{RESPONSE}; charset=iso-8859-1",
        f"{JSON};q=much",
        f"{JSON};q=nan",
        f"{JSON};q=-1",
    ],
)
def test_who_takes_neither_type_is_told_which_there_are(accept: str) -> None:
    """Rather than sent what they cannot read."""
    with pytest.raises(Refusal) as refused:
        answer_type(accept)

    assert refused.value.status == 406
    assert RESPONSE in refused.value.message
    assert JSON in refused.value.message


@given(st.text(st.sampled_from('application/json*;q=0.1, \t"graphql-response+'), max_size=60))
def test_whatever_is_accepted_is_read_or_refused(accept: str) -> None:
    """Nothing that stands there is an error of the gateway's own."""
    with suppress(Refusal):
        assert answer_type(accept) in {RESPONSE, JSON}


def test_no_more_types_are_read_than_anybody_takes() -> None:
    """A header of a megabyte costs no more than one of a kilobyte."""
    with pytest.raises(Refusal):
        answer_type("text/html," * 100_000 + JSON)
    with pytest.raises(Refusal):
        check_content_type(["text/plain" + ";" * 1_000_000])


@pytest.mark.parametrize(
    "given",
    [
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        'application/json; charset="UTF-8"',
        "application/json; Charset=utf8",
        "application/json; boundary=x",
        "application/json;",
    ],
)
def test_a_request_is_json(given: str) -> None:
    """In UTF-8, which need not be said."""
    check_content_type([given])


@pytest.mark.parametrize(
    "given",
    [
        [],
        [""],
        ["application/json, text/plain"],
        ["application/json", "application/json"],
        ["text/plain", "application/json"],
        ["text/plain"],
        ["text/plain; application/json"],
        ["text/plain; charset=application/json"],
        ["application/x-www-form-urlencoded"],
        ["multipart/form-data; boundary=x"],
        ["application/graphql"],
        ["application/jsonp"],
        ["application/json/"],
        ["json"],
        ["application/json; charset=utf-16"],
        ["application/json; charset=utf-7"],
        ["application/json; charset=utf-16; charset=utf-8"],
        ["application/json; charset="],
    ],
)
def test_a_request_of_any_other_type_is_refused(given: list[str]) -> None:
    """A form can send only some of them, and none that is taken."""
    with pytest.raises(Refusal) as refused:
        check_content_type(given)

    assert refused.value.status == 415


@pytest.mark.parametrize(
    ("accept", "asked_for"),
    [
        ("*/*", True),
        (f"{RESPONSE}, {JSON};q=0.9", True),
        ("application/*", True),
        ("image/avif,image/webp,image/*,*/*;q=0.8", False),
        ("text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("text/css,*/*;q=0.1", False),
    ],
)
def test_what_a_browser_loads_by_itself_asks_for_something_else(
    accept: str, asked_for: bool
) -> None:
    """Images, pages and style sheets say so."""
    assert names_answer(accept) is asked_for
