"""Values, as platforms write them and as callers see them."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schema.clinked.applications import ClinkedDeviceType
from schema.scalars import (
    SCALARS,
    CommaList,
    EpochMillis,
    InviteStatus,
    JsonText,
    MemberRole,
    SecondsOfMillis,
    Zoned,
)

moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
millis = TypeAdapter(EpochMillis)


@given(moments)
def test_a_moment_goes_out_as_the_millisecond_that_it_falls_in(moment: datetime) -> None:
    """No float in between, which would be one off now and then."""
    sent = millis.dump_python(moment, mode="json")

    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=sent) <= moment
    assert moment - datetime(1970, 1, 1, tzinfo=UTC) < timedelta(milliseconds=sent + 1)


@given(st.integers(-(2**63), 2**63 - 1))
def test_a_role_that_is_new_is_other(mask: int) -> None:
    """So that it costs nobody the list that it stands in."""
    role = TypeAdapter(MemberRole).validate_python(mask)

    assert role is (MemberRole(mask) if mask in {1, 4, 8, 16} else MemberRole.OTHER)


@given(st.text())
def test_a_status_that_is_new_is_unknown(status: str) -> None:
    """Likewise."""
    known = status in InviteStatus.__members__

    assert (TypeAdapter(InviteStatus).validate_python(status) == status) == known


@pytest.mark.parametrize("offset", [0, 3, -7])
@pytest.mark.parametrize("spec", ["minutes", "seconds", "milliseconds", "microseconds"])
@given(moments)
def test_a_moment_is_read_however_fine_it_is_written(
    spec: str, offset: int, moment: datetime
) -> None:
    """Java writes the zone's name behind it, and leaves out seconds that are nought."""
    local = moment.astimezone(timezone(timedelta(hours=offset)))
    written = local.isoformat(timespec=spec).replace("+00:00", "Z")
    read = TypeAdapter(Zoned).validate_python(f"{written}[Europe/London]")

    assert read == datetime.fromisoformat(local.isoformat(timespec=spec))


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("a,b", ["a", "b"]),
        (" a , ,b,", ["a", "b"]),
        ("", []),
        (None, []),
        (["a"], ["a"]),
    ],
)
def test_a_list_in_one_text_is_a_list(written: object, tags: list[str]) -> None:
    """Nothing between two commas is nothing."""
    assert TypeAdapter(CommaList).validate_python(written) == tags


@given(st.integers(0, 2**40))
def test_a_span_loses_what_is_less_than_a_second(millis: int) -> None:
    """And never gains any."""
    seconds = TypeAdapter(SecondsOfMillis).validate_python(millis)

    assert 0 <= millis - 1000 * seconds < 1000


@pytest.mark.parametrize("wire", ["948480", "948480.0", "9.4848E5", "948480.5", '"948480"'])
def test_a_span_is_in_seconds_whichever_way_the_number_is_written(wire: str) -> None:
    """Clinked's documents call some of its numbers doubles."""
    assert TypeAdapter(SecondsOfMillis).validate_json(wire) == 948


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('{"mask": 1}', {"mask": 1}),
        ('{"mask": "x"}', None),
        ("[]", None),
        ("{", None),
        (7, None),
        (None, None),
        ({"mask": 4}, {"mask": 4}),
    ],
)
def test_json_in_a_text_is_read(written: object, read: object) -> None:
    """What cannot be read is null, and costs the rest nothing."""
    kind = TypeAdapter[object](Annotated[dict[str, int] | None, JsonText()])

    assert kind.validate_python(written) == read


def test_nothing_is_not_a_new_value_of_a_set_that_may_grow() -> None:
    """A caller who sends null would change the thing to OTHER without a word."""
    kind = TypeAdapter(ClinkedDeviceType)

    assert kind.validate_python("Glasses") is ClinkedDeviceType.OTHER
    with pytest.raises(ValidationError):
        kind.validate_python(None)


@pytest.mark.parametrize("hours", [14, -12])
@pytest.mark.parametrize("year", [1, 9999])
def test_a_moment_at_the_end_of_all_time_is_written_all_the_same(year: int, hours: int) -> None:
    """What a platform means by it is "always" or "never", in whatever zone."""
    zone = timezone(timedelta(hours=hours))
    ends = [datetime(year, 1, 1, tzinfo=zone), datetime(year, 12, 31, 23, tzinfo=zone)]
    write = SCALARS[datetime].serialize
    assert write is not None

    assert {write(end)[-1] for end in ends} == {"Z"}
    assert {int(write(end)[:4]) for end in ends} <= {year - 1, year, year + 1}
