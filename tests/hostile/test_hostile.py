"""What is up to no good is refused: as told, soon, without a call, and without a trace of it."""

import json

import pytest

from tests.gateway.callers.issuer import by, signed
from tests.hostile.case import Case
from tests.hostile.cases import good
from tests.hostile.cases.browsers import ALLOWED
from tests.hostile.cases.credentials import now
from tests.hostile.house import House, shown
from tests.hostile.page import PAGE, page
from tests.hostile.suite import CASES
from tests.hostile.writing import KEY, posted

# Of what the gateway computes, which no other process makes longer; none takes half of it.
MOST_SECONDS = 2.0
LONGEST_ANSWER = 32 * 1024
LONGEST_LINE = 2000

# What tells of the schema, of the code, or of a page that may read along.
TELLTALES = (b"Did you mean", b"Traceback", b'File "', b"site-packages")


def test_there_are_many_cases_and_each_has_its_own_name() -> None:
    """By its name a case is found in a report."""
    assert len({case.name for case in CASES}) == len(CASES) > 400


def test_the_page_of_all_cases_is_up_to_date() -> None:
    """`python -m tests.hostile.page > docs/hostile-cases.md` writes it."""
    assert PAGE.read_text() == page()


def test_what_a_log_shows_of_a_request_is_found() -> None:
    """Or the cases below would find nothing, whatever the log says."""
    request = posted(b'{"query": "{ a_name_that_somebody_made_up }"}')

    assert shown(request, b"the field a_name_that_somebody_made_up") == {
        b"a_name_that_somebody_made_up"
    }
    assert shown(request, f"a caller with {KEY}".encode()) == {KEY.encode()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_request_gets_nothing_but_its_answer(house: House, case: Case) -> None:
    """Nothing is asked of a platform, nothing is told, and the next request is answered."""
    verdict = house.judge(case)
    answered, written = verdict.reply.body, verdict.log

    assert verdict.told == (case.status, case.code, case.limit)
    assert verdict.calls == case.calls
    assert verdict.seconds < MOST_SECONDS
    assert len(answered) < LONGEST_ANSWER
    assert verdict.shown == set()
    assert not any(secret in answered + written for secret in house.secrets)
    assert not any(telltale in answered + written for telltale in TELLTALES)
    assert all(len(line) < LONGEST_LINE for line in written.splitlines())
    assert verdict.reply.headers.get("access-control-allow-origin") in {None, ALLOWED}
    assert verdict.well


@pytest.mark.parametrize("case", good.CASES, ids=lambda case: case.name)
def test_what_is_well_asked_in_the_same_ways_is_answered(house: House, case: Case) -> None:
    """So what is refused above is refused for what is wrong with it."""
    verdict = house.judge(case)

    assert (verdict.told, verdict.calls) == ((200, None, None), case.calls)
    assert "errors" not in json.loads(verdict.reply.body)


def test_a_hundred_unknown_keys_of_tokens_are_one_fetch(house: House) -> None:
    """Else anybody could make the gateway flood the issuer."""
    gateway, before = house.gateways["usual"], house.keys.fetches
    replies = [gateway.ask(_signed_by(f"kid-{number}")) for number in range(100)]

    assert {(reply.status, reply.error["code"]) for reply in replies} == {(401, "UNAUTHENTICATED")}
    assert house.keys.fetches - before <= 1
    assert gateway.ask(_signed_by("one")).status == 200


def _signed_by(kid: str) -> bytes:
    token = signed({"alg": "RS256", "kid": kid}, now(), by("RS256"))
    return posted(b'{"query": "{ __typename }"}', Authorization=f"Bearer {token}")
