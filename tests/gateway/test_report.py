"""What the log is told of an operation."""

from gateway.metrics import Metrics
from gateway.operations import Report
from resolvers.upstream.errors import ErrorCode


def test_the_code_of_a_refusal_is_a_plain_text_in_every_form_of_the_log() -> None:
    """A console shows what a member of an enum is, and not what it says."""
    report = Report(Metrics(), "request")
    report.refuse(ErrorCode.BAD_USER_INPUT)

    assert repr(report.codes) == "['BAD_USER_INPUT']"
