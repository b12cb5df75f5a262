"""Whether to try again, and when."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream.retry import MOST_TRIES, RetryBudget, Safety, Trouble, pause, trouble_of
from resolvers.upstream.verdict import Outcome

AGAIN = {
    Safety.READ: {Trouble.UNSENT, Trouble.LOST, Trouble.RATE_LIMITED, Trouble.FAILED},
    Safety.REPEATABLE: {Trouble.UNSENT, Trouble.LOST, Trouble.RATE_LIMITED, Trouble.FAILED},
    Safety.KEYED: {Trouble.UNSENT, Trouble.LOST, Trouble.RATE_LIMITED},
    Safety.ONCE: {Trouble.UNSENT},
}

troubles = st.sampled_from(Trouble)
safeties = st.sampled_from(Safety)
tries = st.integers(1, 10)
waits = st.none() | st.floats(0, 1e6)
lefts = st.floats(0, 1e6) | st.just(math.inf)
dice = st.floats(0, 1)


@pytest.mark.parametrize(("safety", "trouble"), list(product(Safety, Trouble)))
def test_what_is_tried_again_is_what_is_safe_to_send_twice(
    safety: Safety, trouble: Trouble
) -> None:
    """A read is; a write is where nothing left, or where the platform makes it safe."""
    wait = pause(trouble, safety, tries=1, asked=None, left=math.inf, dice=0.5)

    assert (wait is not None) == (trouble in AGAIN[safety])


@given(troubles, safeties, tries, waits, lefts, dice)
def test_no_pause_ends_after_the_deadline(
    trouble: Trouble, safety: Safety, tries: int, asked: float | None, left: float, dice: float
) -> None:
    """To wait and then have no time to ask is of no use to anybody."""
    wait = pause(trouble, safety, tries=tries, asked=asked, left=left, dice=dice)

    assert wait is None or 0 < wait < left


@given(troubles, safeties, tries, waits, lefts, dice)
def test_nobody_comes_back_before_the_platform_allows(
    trouble: Trouble, safety: Safety, tries: int, asked: float | None, left: float, dice: float
) -> None:
    """`Retry-After` is lengthened at most, so that those who failed together come one by one."""
    wait = pause(trouble, safety, tries=tries, asked=asked, left=left, dice=dice)

    assert wait is None or asked is None or wait >= asked


@given(troubles, safeties, tries, waits, lefts, dice)
def test_there_is_no_fourth_try(
    trouble: Trouble, safety: Safety, tries: int, asked: float | None, left: float, dice: float
) -> None:
    """Three are enough to tell a hiccup from an outage."""
    wait = pause(trouble, safety, tries=tries, asked=asked, left=left, dice=dice)

    assert wait is None or tries < MOST_TRIES == 3


@given(dice, dice)
def test_the_second_pause_is_longer_than_the_first(one: float, other: float) -> None:
    """Whatever the dice say, or the spreading would undo the backing off."""
    first, second = (
        pause(Trouble.FAILED, Safety.READ, tries=tries, asked=None, left=math.inf, dice=thrown)
        for tries, thrown in ((1, one), (2, other))
    )

    assert first is not None
    assert second is not None
    assert first < second


def test_only_what_another_try_may_mend_is_trouble() -> None:
    """A platform that says no will say no again."""
    told = {outcome: trouble_of(outcome) for outcome in Outcome}

    assert {outcome: trouble for outcome, trouble in told.items() if trouble is not None} == {
        Outcome.RATE_LIMITED: Trouble.RATE_LIMITED,
        Outcome.UNAVAILABLE: Trouble.FAILED,
    }


@given(st.lists(st.booleans(), max_size=500))
def test_retries_are_never_more_than_a_tenth_of_first_tries(asks: list[bool]) -> None:
    """Rounded up, and at every moment, in whichever order calls begin and ask to be retried."""
    budget = RetryBudget()
    first_tries = retries = 0
    for asks_for_a_retry in asks:
        if asks_for_a_retry:
            retries += budget.take()
        else:
            budget.earn()
            first_tries += 1
        assert retries <= math.ceil(first_tries / 10)


@given(st.integers(0, 1000))
def test_a_calm_time_saves_up_ten_retries_at_most(first_tries: int) -> None:
    """What an hour without trouble has earned may not fall on a platform at once."""
    budget = RetryBudget()
    for _ in range(first_tries):
        budget.earn()
    retries = sum(budget.take() for _ in range(1000))

    assert retries == min(10, math.ceil(first_tries / 10))


def test_what_was_not_granted_costs_nothing() -> None:
    """Those who ask in vain do not keep the next from their retry."""
    budget = RetryBudget()
    assert not any(budget.take() for _ in range(100))
    budget.earn()

    assert budget.take()
