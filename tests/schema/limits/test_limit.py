"""How a limit is written, and what it does with a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.limits.limit import Limit, LimitExceeded, Mode
from schema.limits.limits import NO_LIMITS, Limits

USUAL = Limit(100)
NAMES = [name for name, one in Limits.model_fields.items() if isinstance(one.default, Limit)]


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        (20, Limit(20)),
        (" 20 ", Limit(20)),
        (2.5, Limit(2.5)),
        (" 2.5", Limit(2.5)),
        (0, Limit(0)),
        ("off", Limit(100, Mode.OFF)),
        ("measure", Limit(100, Mode.MEASURE)),
        ("enforce", Limit(100)),
        ("measure 20", Limit(20, Mode.MEASURE)),
        ("measure   0.5", Limit(0.5, Mode.MEASURE)),
        ("enforce 20", Limit(20)),
        (Limit(7, Mode.OFF), Limit(7, Mode.OFF)),
    ],
)
def test_a_limit_is_a_number_a_mode_or_both(written: object, limit: Limit) -> None:
    """A mode alone keeps the usual number, and a number alone is enforced."""
    assert Limit.read(written, USUAL) == limit


@pytest.mark.parametrize(
    "written",
    [
        "",
        -1,
        "off 20",
        "Measure 20",
        "measure20",
        "measure -20",
        "20 measure",
        "20%",
        "1e3",
        1e30,
        "1_000",
        "1,000",
        ".5",
        "5.",
        "nan",
        float("inf"),
        "many",
        True,
        False,
        None,
        [],
        {"most": 20},
        "1" * 13,
    ],
)
def test_anything_else_is_an_error(written: object) -> None:
    """A limit that is read wrongly is none."""
    with pytest.raises(ValueError, match="a limit is a number, `off`, `measure 20` or `measure`"):
        Limit.read(written, USUAL)


@given(st.integers(0, 10**6), st.sampled_from(Mode))
def test_a_limit_is_read_as_it_is_shown(most: int, mode: Mode) -> None:
    """In an error and in the documentation it stands as it is set."""
    limit = Limit(most, mode)
    read = Limit.read(str(limit), limit)

    assert read.mode is mode
    assert mode is Mode.OFF or read.most == pytest.approx(most, rel=1e-5)


class Told:
    """Keeps what is told of limits."""

    def __init__(self) -> None:
        self.of: list[tuple[str, Mode]] = []

    def __call__(self, limit: str, mode: Mode) -> None:
        """Keep it."""
        self.of.append((limit, mode))


@pytest.mark.parametrize("name", NAMES)
@given(most=st.integers(0, 1000), value=st.integers(0, 1000), mode=st.sampled_from(Mode))
def test_only_what_is_beyond_an_enforced_limit_is_refused(
    name: str, most: int, value: int, mode: Mode
) -> None:
    """And only what is beyond a limit that is looked at is told."""
    limits, told = Limits.model_validate({name: Limit(most, mode)}), Told()
    if mode is Mode.ENFORCE and value > most:
        with pytest.raises(LimitExceeded) as over:
            limits.check(name, value, told)
        assert (over.value.limit, over.value.value, over.value.most) == (name, value, most)
    else:
        limits.check(name, value, told)
    assert told.of == ([(name, mode)] if mode is not Mode.OFF and value > most else [])


@pytest.mark.parametrize(
    ("limit", "ceiling"), [("5", 5), ("measure 5", None), ("off", None), ("enforce", 20)]
)
def test_only_an_enforced_limit_is_a_ceiling(limit: str, ceiling: float | None) -> None:
    """What is measured has to be waited for."""
    assert Limits.model_validate({"depth": limit}).ceiling("depth") == ceiling


def test_every_limit_is_enforced_by_default() -> None:
    """And none of them is where there are to be none."""
    assert {getattr(Limits(), name).mode for name in NAMES} == {Mode.ENFORCE}
    assert {getattr(NO_LIMITS, name).mode for name in NAMES} == {Mode.OFF}


def test_an_error_tells_the_limit_and_both_numbers() -> None:
    """In words, and for programs."""
    over = LimitExceeded("depth", 21, 20)

    assert over.message == "The limit `depth` is 20, and the request has 21."
    assert over.told() == {"limit": "depth", "value": 21, "most": 20}


def test_an_error_tells_when_to_come_back() -> None:
    """In whole seconds, and not too early; also where it tells nothing else."""
    over = LimitExceeded("calls_per_minute", 3, 20, retry_after=0.2)
    quiet = LimitExceeded("calls_per_minute", 3, 20, retry_after=1.2, tells=False)

    assert over.message == "The limit `calls_per_minute` is 20, and less than 3 is left of it."
    assert over.told()["retryAfterSeconds"] == 1
    assert quiet.message == "The request goes beyond a limit of this gateway."
    assert quiet.told() == {"retryAfterSeconds": 2}
