"""How an account's mail is sent: what is refused, and what of it stays secret."""

import json

import pytest

from gateway import logs
from tests.graph.conftest import Graph
from tests.graph.mutations.writing import global_id

ACCOUNT = global_id("ClinkedAccount", "clinked", "11")
KEY = "a-key-that-nobody-may-read"

CREATE = """mutation Create($id: ID!, $input: ClinkedDomainAuthenticationInput!) {
    clinkedDomainAuthenticationCreate(id: $id, input: $input) {
        domainAuthentication { domain }
        userErrors { code message field }
    }
}"""
SENDGRID = """mutation Set($id: ID!, $input: ClinkedSendgridInput!) {
    clinkedCustomEmailSendgridSet(id: $id, input: $input) {
        sendgrid { sender }
        userErrors { code message field }
    }
}"""
DOMAINS = """query Domains($id: ID!, $key: String) {
    company(id: $id) {
        ... on ClinkedAccount { customEmail { sendgridDomains(apiKey: $key) { domain } } }
    }
}"""


async def test_a_domains_records_have_names_of_their_own(graph: Graph) -> None:
    """Of two with one name Clinked would get one, without a word."""
    records = [{"name": "dkim1", "host": host} for host in ("a.example.com", "b.example.com")]
    given = {"sender": "ada@example.com", "dnsRecords": records}
    answer = await graph.data(CREATE, id=ACCOUNT, input=given)

    (error,) = answer["clinkedDomainAuthenticationCreate"]["userErrors"]
    assert (error["code"], error["field"]) == ("INVALID", ["input", "dnsRecords"])
    assert "twice" in error["message"]
    assert await graph.calls("clinked") == []


@pytest.mark.parametrize("sender", ["ada@example.com", "nobody"])
async def test_a_key_of_sendgrid_is_in_no_answer_and_no_log(
    graph: Graph, capsys: pytest.CaptureFixture[str], sender: str
) -> None:
    """Whether Clinked takes it or refuses it."""
    logs.configure("debug")
    given = {"apiKey": KEY, "sender": sender}
    answer = await graph.data(SENDGRID, id=ACCOUNT, input=given)
    listed = await graph.data(DOMAINS, id=ACCOUNT, key=KEY)
    captured = capsys.readouterr()

    accepted = answer["clinkedCustomEmailSendgridSet"]["userErrors"] == []
    assert accepted == (sender == "ada@example.com")
    assert listed["company"]["customEmail"]["sendgridDomains"] != []
    assert "sendgrid/domains" in captured.out + captured.err
    assert KEY not in json.dumps([answer, listed]) + captured.out + captured.err
