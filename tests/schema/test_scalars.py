"""Values, as platforms write them and as callers see them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from schema.scalars import EpochMillis, InviteStatus, MemberRole

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
