"""Estimating what documents cost, over the connections that the sandbox has."""

from typing import Any

from graphql import parse, validate

from resolvers.identity import GlobalId
from resolvers.platform import Platform
from schema.build import build
from schema.cost import Estimate, estimate

SCHEMA = build().core

CONNECTIONS = {
    "clinked": Platform("clinked"),
    "codat": Platform("codat"),
    "conduit-north": Platform("conduit"),
    "conduit-south": Platform("conduit"),
    "kondado": Platform("kondado"),
    "leadconduit": Platform("leadconduit"),
}

ACCOUNT = str(GlobalId("ClinkedAccount", "clinked", ("11",)))
GROUP = str(GlobalId("ClinkedGroup", "clinked", ("11", "102")))
MEMBER = str(GlobalId("ClinkedMember", "clinked", ("11", "ada.ashdown")))
CODAT_COMPANY = str(GlobalId("CodatCompany", "codat", ("c-1",)))
CONDUIT_COMPANY = str(GlobalId("ConduitCompany", "conduit-north", ("aurora7",)))
CODAT_GROUP = str(GlobalId("CodatGroup", "codat", ("g-1",)))
ENTITY = str(GlobalId("LeadConduitEntity", "leadconduit", ("65f0",)))
KONDADO_INVITE = str(GlobalId("KondadoInvite", "kondado", ("abc",)))
SOURCE_TYPE = str(GlobalId("KondadoSourceType", "kondado", ("1",)))


def cost(
    document: str,
    variables: dict[str, Any] | None = None,
    *,
    name: str | None = None,
    without: str | None = None,
) -> Estimate:
    """Estimate a document that has to be valid; `without` a connection to that platform."""
    parsed = parse(document)
    assert validate(SCHEMA, parsed) == []

    held = {name: platform for name, platform in CONNECTIONS.items() if platform != without}
    return estimate(SCHEMA, parsed, variables, name, held)


def calls(document: str, variables: dict[str, Any] | None = None, **given: Any) -> dict[str, int]:
    """Give what each platform is estimated to be asked."""
    by_platform = cost(document, variables, **given).by_platform
    return {platform.value: number for platform, number in by_platform.items()}


def of_account(selected: str) -> str:
    """Write a query for something of one account at Clinked."""
    return f'{{ company(id: "{ACCOUNT}") {{ ... on ClinkedAccount {{ {selected} }} }} }}'
