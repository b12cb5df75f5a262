"""The gateway speaks GraphQL over HTTP as its specification has it."""

from tests.audit.running import AUDITS, counted, verdicts
from tests.sandbox_process import SandboxProcess


def test_the_gateway_passes_every_audit_of_graphql_over_http(
    sandbox_gateway: SandboxProcess,
) -> None:
    """Those that are a MUST, and those that are only a SHOULD or a MAY, of both releases."""
    found = verdicts(sandbox_gateway.url)

    assert [f"{one.suite} {one}" for one in found if not one.is_ok] == []
    assert counted(found) == {suite: (most, most) for suite, most in AUDITS.items()}
