"""The gateway speaks GraphQL over HTTP as its specification has it."""

from tests.audit.running import AUDITS, verdicts
from tests.sandbox_process import SandboxProcess


def test_the_gateway_passes_every_audit_of_graphql_over_http(
    sandbox_gateway: SandboxProcess,
) -> None:
    """Those that are a MUST, and those that are only a SHOULD or a MAY."""
    found = verdicts(sandbox_gateway.url)

    assert [str(verdict) for verdict in found if not verdict.is_ok] == []
    assert len(found) == AUDITS
