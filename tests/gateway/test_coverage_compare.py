"""Documents and declarations are compared in both directions."""

from types import NoneType
from typing import Any

import pytest
from pydantic import Field

from gateway.coverage.compare import compare
from gateway.coverage.differences import Difference, Differences, Side
from gateway.coverage.facts import Fact, Kind
from resolvers.call import Endpoint, Method
from resolvers.platform import Platform
from resolvers.upstream.wire import Response
from schema.wire import Wire, WriteInput

CLINKED = Platform("clinked")


class Guest(Wire):
    """A guest."""

    id: str
    name: str | None = Field(default=None, alias="fullName")


class Change(WriteInput):
    """A change of a guest."""

    name: str = Field(serialization_alias="fullName")


FACT = Fact(
    section="1.1",
    method=Method.PATCH,
    path="/guests/{guest}",
    query=("notify",),
    request={"fullName": Kind.STRING},
    response={"id": Kind.NUMBER, "fullName": Kind.STRING},
)


def declare(**other: Any) -> Endpoint[Any]:
    """Declare the endpoint as documented, but for what is given."""
    usual: dict[str, Any] = {
        "platform": CLINKED,
        "method": Method.PATCH,
        "path": "/guests/{id}",
        "reply": Guest,
        "section": "1.1",
        "body": Change,
        "query": ("notify",),
    }
    return Endpoint(**{**usual, **other})


def found(
    *endpoints: Endpoint[Any],
    fact: Fact = FACT,
    differences: Differences | None = None,
    signing: tuple[tuple[Platform, str], ...] = (),
) -> list[str]:
    """Compare, and give what is found."""
    facts = {(CLINKED, fact.section): fact}
    return [str(f) for f in compare(facts, endpoints, signing, differences or Differences())]


def test_an_endpoint_declared_as_documented_is_right() -> None:
    """Whatever the name in its braces."""
    assert found(declare()) == []


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"method": Method.PUT}, "is PATCH /guests/{guest}, declared as PUT /guests/{id}"),
        ({"path": "/guest/{id}"}, "is PATCH /guests/{guest}, declared as PATCH /guest/{id}"),
        ({"query": ()}, "query parameter notify is not declared"),
        ({"query": ("notify", "when")}, "query parameter when is not documented"),
        ({"body": None}, "request fullName is not declared"),
        ({"reply": NoneType}, "response id is not declared"),
        ({"reply": list[Guest]}, "response [].id (Guest.id) is not documented"),
        ({"reply": Response}, "answers in a header, or not: declared otherwise"),
        ({"fixed": {"action": "x"}}, "request action (PATCH /guests/{id}) is not documented"),
    ],
)
def test_an_endpoint_declared_otherwise_is_told(other: dict[str, Any], says: str) -> None:
    """By what is wrong with it."""
    assert f"clinked 1.1: {says}" in found(declare(**other))


def test_a_section_without_an_endpoint_is_told() -> None:
    """Unless signing in uses it."""
    assert found() == ["clinked 1.1: is documented and not declared"]
    assert found(signing=((CLINKED, "1.1"),)) == []


def test_an_endpoint_without_a_section_is_told() -> None:
    """By its verb and path."""
    assert found(declare(), declare(section="9.9")) == [
        "clinked 9.9: PATCH /guests/{id} is declared and not documented"
    ]


def test_endpoints_of_one_section_share_what_it_documents() -> None:
    """A call that makes and changes things is two mutations."""
    halves = declare(query=()), declare(path="/guests/{id}?notify=true", body=None, query=())

    assert found(*halves) == []
    assert found(halves[0]) == ["clinked 1.1: query parameter notify is not declared"]


def test_a_path_with_two_meanings_is_declared_with_what_tells_them_apart() -> None:
    """In the query or in the body."""
    fact = FACT.model_copy(update={"fixed": {"notify": "true"}})

    assert found(declare(path="/guests/{id}?notify=true", query=()), fact=fact) == []
    assert found(declare(fixed={"notify": True}), fact=fact)[0].endswith("not declared")


def test_what_stands_below_something_lost_is_not_told_again() -> None:
    """One line is enough."""
    more = {"owner": Kind.OBJECT, "owner.id": Kind.NUMBER, "owner.name": Kind.STRING}
    fact = FACT.model_copy(update={"response": {**FACT.response, **more}})

    assert found(declare(), fact=fact) == ["clinked 1.1: response owner is not declared"]


def test_an_attribute_that_one_call_documents_is_good_in_all() -> None:
    """A list often shows less than a thing by itself."""
    facts = {
        (CLINKED, "1.1"): FACT,
        (CLINKED, "1.2"): FACT.model_copy(update={"response": {"id": Kind.NUMBER}}),
    }
    endpoints = (declare(), declare(section="1.2"))

    assert compare(facts, endpoints, (), Differences()) == []


class Group(Wire):
    """A group, with a guest."""

    guest: Guest | None = None


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, ["clinked 1.2: response guest.fullName (Guest.name) is not documented"]),
        ({"guest.fullName": Kind.STRING}, []),
    ],
)
def test_a_container_whose_inside_is_not_told_speaks_for_nothing_in_it(
    told: dict[str, Kind], says: list[str]
) -> None:
    """Where another call tells the inside, that has to name the attribute."""
    shut = FACT.model_copy(update={"response": {"guest": Kind.OBJECT}})
    response = {"guest": Kind.OBJECT, "guest.id": Kind.NUMBER, **told}
    facts = {
        (CLINKED, "1.1"): shut,
        (CLINKED, "1.2"): FACT.model_copy(update={"section": "1.2", "response": response}),
    }
    endpoints = (declare(reply=Group), declare(reply=Group, section="1.2"))

    assert [str(one) for one in compare(facts, endpoints, (), Differences())] == says


def difference(side: Side, *fields: str, sections: tuple[str, ...] = ()) -> tuple[Difference]:
    """Give one reason."""
    entry = Difference(
        platform=CLINKED, side=side, sections=sections, fields=fields, reason="It is so."
    )
    return (entry,)


@pytest.mark.parametrize(
    ("other", "differences"),
    [
        ({"reply": NoneType}, Differences(difference(Side.RESPONSE, "id", "fullName"))),
        ({"body": None}, Differences(difference(Side.REQUEST, "fullName", sections=("1.1",)))),
        ({"query": ()}, Differences(difference(Side.QUERY, "notify"))),
        (
            {"query": ("notify", "when")},
            Differences(beyond=difference(Side.QUERY, "when", sections=("1.1",))),
        ),
        ({"fixed": {"action": "x"}}, Differences(beyond=difference(Side.REQUEST, "action"))),
    ],
)
def test_a_difference_with_a_reason_is_good(
    other: dict[str, Any], differences: Differences
) -> None:
    """In either direction."""
    assert found(declare(**other), differences=differences) == []


def test_a_whole_section_may_be_left_out() -> None:
    """By its name."""
    reasons = Differences(difference(Side.SECTION, sections=("1.1",)))

    assert found(differences=reasons) == []


def test_a_difference_that_is_no_longer_there_is_told() -> None:
    """Field by field and section by section."""
    reasons = Differences(difference(Side.RESPONSE, "gone", sections=("1.1",)))

    assert found(declare(), differences=reasons) == [
        "clinked differences: 1.1 of the response (1.1) is listed for nothing",
        "clinked differences: gone of the response (1.1) is listed for nothing",
    ]
