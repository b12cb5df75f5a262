"""How an account proves that a domain is its own, to send mail from it. Clinked API 4.20."""

from typing import Annotated

import strawberry
from pydantic import AfterValidator, Field, PlainSerializer

from resolvers.reply import Items
from schema.clinked.wire import api
from schema.pairs import ByName
from schema.scopes import ADMIN
from schema.wire import Wire, WriteInput

PATH = "/v3/accounts/{account}/custom-email/domain-authentication"


@strawberry.pydantic.type
class ClinkedDnsRecord(Wire):
    """A record that a domain has to have in the domain name system. Clinked API 4.20."""

    name: str
    """What it is for, unique among the domain's records, such as mail_cname."""
    is_valid: bool | None = Field(default=None, alias="valid")
    """Whether the record is there as it has to be."""
    data: str | None = None
    """What it has to say."""
    host: str | None = None
    """The host that it is about."""
    type: str | None = None
    """The kind of record, such as cname."""


DnsRecords = Annotated[Items[ClinkedDnsRecord], ByName("name")]


@strawberry.pydantic.type
class ClinkedDomainAuthentication(Wire):
    """A domain to send mail from, and the proof that it is the account's own. Clinked API 4.20."""

    sender: str | None = Field(default=None, alias="from")
    """The e-mail address that mail is sent from."""
    domain: str | None = None
    """The domain."""
    is_valid: bool | None = Field(default=None, alias="valid")
    """Whether the domain is proved."""
    has_mx_records: bool | None = Field(default=None, alias="mx")
    """Whether the domain is set up to receive mail; null if that is not known."""
    has_valid_mx_records: bool | None = Field(default=None, alias="mxValid")
    """Whether what receives mail is set up well; null if that is not known."""
    dns_records: DnsRecords = Field(default=[], alias="dns")
    """The records that the domain has to have."""


@strawberry.pydantic.input
class ClinkedDnsRecordInput(WriteInput):
    """A record that a domain has to have in the domain name system."""

    name: Annotated[str, Field(min_length=1, exclude=True)]
    """What it is for, unique among the domain's records, such as mail_cname."""
    is_valid: strawberry.Maybe[bool] = Field(serialization_alias="valid")
    """Whether the record is there as it has to be."""
    data: strawberry.Maybe[str]
    """What it has to say."""
    host: strawberry.Maybe[str]
    """The host that it is about."""
    type: strawberry.Maybe[str]
    """The kind of record, such as cname."""


def _once(records: list[ClinkedDnsRecordInput]) -> list[ClinkedDnsRecordInput]:
    if len({record.name for record in records}) < len(records):
        message = "a name stands there twice"
        raise ValueError(message)
    return records


def _by_name(records: list[ClinkedDnsRecordInput]) -> dict[str, ClinkedDnsRecordInput]:
    return {record.name: record for record in records}


DnsRecordInputs = Annotated[
    list[ClinkedDnsRecordInput],
    Field(max_length=100),
    AfterValidator(_once),
    PlainSerializer(_by_name),
]


@strawberry.pydantic.input
class ClinkedDomainAuthenticationInput(WriteInput):
    """A domain to send mail from, and what is known of it."""

    sender: str = Field(serialization_alias="from")
    """The e-mail address to send mail from."""
    domain: strawberry.Maybe[str | None]
    """The domain; null lets Clinked take the one of the address."""
    is_valid: strawberry.Maybe[bool] = Field(serialization_alias="valid")
    """Whether the domain is proved."""
    has_mx_records: strawberry.Maybe[bool | None] = Field(serialization_alias="mx")
    """Whether the domain is set up to receive mail; null if that is not known."""
    has_valid_mx_records: strawberry.Maybe[bool | None] = Field(serialization_alias="mxValid")
    """Whether what receives mail is set up well; null if that is not known."""
    dns_records: strawberry.Maybe[DnsRecordInputs] = Field(serialization_alias="dns")
    """The records that the domain has to have. At most 100, each name once."""


@api.post(PATH, "4.20.5", on="ClinkedAccount", directives=[ADMIN])
async def clinked_domain_authentication_create(
    input: ClinkedDomainAuthenticationInput,
) -> ClinkedDomainAuthentication:
    """Begin to prove that a domain is an account's own, to send mail from it."""
    ...


@api.patch(PATH, "4.20.6", on="ClinkedAccount", directives=[ADMIN])
async def clinked_domain_authentication_validate(
    input: ClinkedDomainAuthenticationInput,
) -> ClinkedDomainAuthentication:
    """Let Clinked look whether a domain's records are there."""
    ...
