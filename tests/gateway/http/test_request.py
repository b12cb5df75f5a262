"""What a request may ask for, in its body and in its address."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from gateway.http.refusal import Refusal
from gateway.http.request import GraphQLRequest, asked_by_address, posted

QUERY = "{ __typename }"


def body(**given: Any) -> bytes:
    """Write a body."""
    return json.dumps(given).encode()


def one(text: bytes) -> GraphQLRequest:
    """Read a body that is no list."""
    found = posted(text, 0)
    assert isinstance(found, GraphQLRequest)
    return found


def refused(text: bytes, most: int = 0) -> str:
    """Read a body that is wrong, and give what is said of it."""
    with pytest.raises(Refusal) as raised:
        posted(text, most)
    assert raised.value.status == 400
    return raised.value.message


def test_a_request_has_a_document_and_what_goes_with_it() -> None:
    """By the names of the specification."""
    asked = one(
        body(query=QUERY, operationName="A", variables={"a": 1}, extensions={"b": 2}, other=3)
    )

    assert asked == GraphQLRequest(QUERY, None, "A", {"a": 1}, {"b": 2})


@pytest.mark.parametrize("name", ["operationName", "variables", "extensions", "documentId"])
def test_null_is_as_if_it_were_left_out(name: str) -> None:
    """So clients need not leave anything out."""
    assert one(body(**{"query": QUERY, name: None})) == GraphQLRequest(QUERY)


@pytest.mark.parametrize("wrong", [1, 0, True, False, 1.5, [], ["a"], {}, {"a": 1}, "", "a"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("query", str),
        ("documentId", str),
        ("operationName", str),
        ("variables", dict),
        ("extensions", dict),
    ],
)
def test_a_parameter_of_the_wrong_kind_is_refused(name: str, kind: type, wrong: Any) -> None:
    """And not read as anything else; what stands there is not quoted."""
    given = body(**{"query": QUERY, name: wrong})
    if isinstance(wrong, kind):
        one(given)
    else:
        assert f"`{name}` is a" in refused(given)


@pytest.mark.parametrize("given", [{}, {"query": None}, {"qeury": QUERY}, {"extensions": {"a": 1}}])
def test_a_request_without_a_document_is_refused(given: dict[str, Any]) -> None:
    """Whatever else it has."""
    assert "a request has a `query`" in refused(body(**given))


@pytest.mark.parametrize("given", [{"documentId": "a"}, {"extensions": {"persistedQuery": {}}}])
def test_a_document_may_be_named(given: dict[str, Any]) -> None:
    """By the id of the draft, or as Apollo's clients do."""
    assert one(body(**given)).query is None


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"NONSENSE",
        b'{"query":',
        b'{"query": "{ a }"} {}',
        b"{'query': 'a'}",
        b'{"query": "\xff"}',
        '{"query": "a"}'.encode("utf-16"),
        b"\xef\xbb\xbf" + body(query=QUERY),
        b'{"query": "a", "variables": {"n": NaN}}',
        b'{"query": "a", "variables": {"n": -Infinity}}',
        b'{"query": "a", "variables": {"n": ' + b"9" * 10_000 + b"}}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"query": "\\ud83c"}',
        b'{"query": "a", "variables": {"n": ["\\uDC00"]}}',
    ],
    ids=range(15),
)
def test_what_is_not_json_is_refused(text: bytes) -> None:
    """Or could not be sent on as it is: half a character, or a number that is none."""
    assert refused(text) == "The body of the request is not JSON in UTF-8."


@pytest.mark.parametrize("text", [b'"a"', b"1", b"null", b"true"])
def test_a_body_is_an_object(text: bytes) -> None:
    """Or, where it may be, a list of them."""
    assert refused(text, 5) == "The body of the request is a JSON object."


@given(st.text())
def test_every_character_may_stand_in_a_variable(value: str) -> None:
    """However it is written: as it is, or escaped, in one piece or in two."""
    variables = {"a": value}
    for ascii_only in (True, False):
        given = json.dumps({"query": QUERY, "variables": variables}, ensure_ascii=ascii_only)
        assert one(given.encode()).variables == variables


@given(st.binary(max_size=200))
def test_whatever_is_sent_is_read_or_refused(text: bytes) -> None:
    """Nothing in a body is an error of the gateway's own."""
    with suppress(Refusal):
        posted(text, 1)


def test_a_list_is_refused_unless_it_is_let_in() -> None:
    """It multiplies what one request may ask for."""
    text = json.dumps([{"query": QUERY}]).encode()

    assert refused(text) == "This gateway takes one operation in a request, and no list of them."
    assert posted(text, 1) == [GraphQLRequest(QUERY)]


@pytest.mark.parametrize("length", [0, 4, 1000])
def test_a_list_is_neither_empty_nor_too_long(length: int) -> None:
    """Of 3 there may be 1 to 3."""
    text = json.dumps([{"query": QUERY}] * length).encode()

    assert refused(text, 3) == "A list has 1 to 3 operations."


@pytest.mark.parametrize("item", [None, 1, "a", [], [{"query": QUERY}]])
def test_a_list_has_objects_alone(item: Any) -> None:
    """None of which is a list again."""
    text = json.dumps([{"query": QUERY}, item]).encode()

    assert refused(text, 3) == "The body of the request is a JSON object."


def address(query: str) -> GraphQLRequest:
    """Read an address."""
    return asked_by_address(QueryParams(query))


def test_an_address_has_json_in_its_maps() -> None:
    """And the rest as it is."""
    asked = address("query=%7Ba%7D&operationName=A&variables=%7B%22a%22:1%7D&extensions=%7B%7D&x=1")

    assert asked == GraphQLRequest("{a}", None, "A", {"a": 1}, {})


@pytest.mark.parametrize(
    "rest", ["", "&variables=&extensions=", "&variables=null", "&operationName="]
)
def test_what_is_empty_in_an_address_is_left_out(rest: str) -> None:
    """Some clients send everything."""
    assert address("query={a}" + rest) == GraphQLRequest("{a}")


def test_null_in_an_address_is_a_name_like_any_other() -> None:
    """Only maps are JSON there."""
    assert address("query={a}&operationName=null").operation_name == "null"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "a request has a `query`"),
        ("variables={}", "a request has a `query`"),
        ("query={a}&variables=nothing", "`variables` is not JSON in UTF-8."),
        ("query={a}&extensions={", "`extensions` is not JSON in UTF-8."),
        ("query={a}&variables=[]", "`variables` is a map."),
        ("query={a}&variables=1", "`variables` is a map."),
        ("query={a}&variables=%7B%22a%22:%22%5Cud800%22%7D", "`variables` is not JSON in UTF-8."),
        ("query={a}&query={b}", "`query` stands in the address twice."),
        ("query={a}&documentId=a&documentId=a", "`documentId` stands in the address twice."),
    ],
)
def test_an_address_that_is_wrong_is_refused(query: str, said: str) -> None:
    """Above all one that is read in two ways."""
    with pytest.raises(Refusal) as raised:
        address(query)

    assert raised.value.status == 400
    assert said in raised.value.message
