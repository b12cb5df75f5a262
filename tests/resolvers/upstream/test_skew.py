"""How far a platform's clock is ahead."""

import math
from email.utils import formatdate
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream.skew import MOST_SECONDS, Skew

NOW = 1_800_000_000.0

skews = st.floats(-MOST_SECONDS / 2, MOST_SECONDS / 2)
travels = st.floats(0.001, 10)


def dated(epoch: float) -> str:
    """Write a moment as a `Date` header does: in whole seconds, cut off."""
    return formatdate(math.floor(epoch), usegmt=True)


def exchange(skew: Skew, truth: float, there: float, back: float, at: float = NOW) -> None:
    """Let a platform whose clock is `truth` ahead answer, which takes so long there and back."""
    skew.learn(dated(at + there + truth), at, at + there + back)


@given(st.lists(st.tuples(skews, travels, travels), min_size=1, max_size=20))
def test_the_estimate_is_never_further_off_than_the_last_answer_allows(
    answers: list[tuple[float, float, float]],
) -> None:
    """Also when the platform's clock is set in between."""
    skew = Skew()
    for truth, there, back in answers:
        exchange(skew, truth, there, back)
        assert truth - back - 1 <= skew.seconds + 1e-3
        assert skew.seconds - 1e-3 <= truth + there + 1


@given(skews, st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_each_answer_of_a_steady_clock_leaves_the_estimate_no_worse(
    truth: float, moments: list[float]
) -> None:
    """What earlier answers have bounded stays within their bounds."""
    skew, errors = Skew(), list[float]()
    for number, moment in enumerate(moments):
        exchange(skew, truth, 0.01, 0.01, NOW + number + moment)
        errors.append(abs(skew.seconds - truth))

    assert all(later <= sooner + 1e-3 for sooner, later in pairwise(errors))


@given(skews)
def test_a_second_of_answers_finds_a_clock_to_a_tenth(truth: float) -> None:
    """The second in which a date changes tells where in it the platform's clock stands."""
    skew = Skew()
    for tenth in range(20):
        exchange(skew, truth, 0.01, 0.01, NOW + tenth / 20)

    assert skew.seconds == pytest.approx(truth, abs=0.1)


def test_clocks_that_agree_are_taken_to_agree() -> None:
    """Whole seconds are no reason to correct anything."""
    skew = Skew()
    exchange(skew, 0.0, 0.2, 0.2, NOW + 0.5)

    assert skew.seconds == 0


@pytest.mark.parametrize(
    "date",
    [
        None,
        "",
        "soon",
        "1800000000",
        "Mon, 99 Jan 2027 99:99:99 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Mon, 01 Jan 0001 00:00:00 +2359",
    ],
)
def test_a_date_that_is_none_teaches_nothing(date: str | None) -> None:
    """A proxy's default would end every token, or keep one that has ended."""
    skew = Skew()
    exchange(skew, 90.0, 0.1, 0.1)
    before = skew.seconds
    skew.learn(date, NOW, NOW + 0.2)

    assert skew.seconds == before


@given(st.text())
def test_no_text_is_too_strange_to_be_a_date(date: str) -> None:
    """A header is whatever somebody sends."""
    skew = Skew()
    skew.learn(date, NOW, NOW)

    assert abs(skew.seconds) <= MOST_SECONDS + 1
