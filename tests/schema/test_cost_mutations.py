"""What mutations are estimated to cost: the way that the input and the id choose."""

import pytest

from tests.schema.estimating import (
    ACCOUNT,
    CODAT_COMPANY,
    CONDUIT_COMPANY,
    GROUP,
    calls,
    cost,
)

UPDATE = """mutation ($id: ID!, $input: CompanyUpdateInput!) {
    companyUpdate(id: $id, input: $input) { company { name groups { totalCount } } }
}"""
INVITE = """mutation ($input: InviteCreateInput!) {
    inviteCreate(input: $input) { invites { ... on ClinkedInvite { account { name } } } }
}"""


@pytest.mark.parametrize(
    ("id", "key", "asked"),
    [
        (ACCOUNT, "clinked", {"clinked": 1 + 1}),
        (CODAT_COMPANY, "codat", {"codat": 3 + 1}),
        (CONDUIT_COMPANY, "conduit", {"conduit": 2}),
        (ACCOUNT, "codat", {}),
        (GROUP, "clinked", {}),
        ("nonsense", "clinked", {}),
    ],
)
def test_a_mutation_costs_the_calls_of_the_platform_that_its_id_and_its_input_choose(
    id: str, key: str, asked: dict[str, int]
) -> None:
    """With what is asked of the changed thing; where they do not agree, nothing is called."""
    assert calls(UPDATE, {"id": id, "input": {key: {"name": "Larch Mill"}}}) == asked


def test_the_key_of_the_input_chooses_where_something_is_made() -> None:
    """Written out in the document, as well as in a variable."""
    document = 'mutation { companyCreate(input: {codat: {name: "Larch Mill"}}) { company { id } } }'

    assert calls(document) == {"codat": 1}


def test_a_mutation_of_a_platform_without_a_connection_costs_nothing() -> None:
    """It is refused before any call."""
    document = 'mutation { companyCreate(input: {codat: {name: "Larch Mill"}}) { company { id } } }'

    assert calls(document, without="codat") == {}


def test_an_action_without_an_input_is_chosen_by_the_kind_of_the_id() -> None:
    """Sets of companies at Codat cannot be deleted."""
    document = "mutation ($id: ID!) { groupDelete(id: $id) { deletedId } }"

    assert calls(document, {"id": GROUP}) == {"clinked": 1}
    assert calls(document, {"id": CODAT_COMPANY}) == {}


@pytest.mark.parametrize(("emails", "number"), [(["a@example.com"], 1), (["a@b.c"] * 30, 30)])
def test_what_a_mutation_makes_is_read_back_and_counted_one_by_one(
    emails: list[str], number: int
) -> None:
    """Clinked is asked for the invitation to each address, and then for the account of each."""
    given = {"clinkedAccount": {"accountId": ACCOUNT, "emails": emails}}

    assert calls(INVITE, {"input": given}) == {"clinked": 1 + number + number}


def test_one_thing_is_made_where_the_input_has_no_list() -> None:
    """LeadConduit takes the invitation at one of two addresses."""
    given = {"leadconduit": {"email": "a@example.com", "role": "SOURCE"}}

    assert calls(INVITE, {"input": given}) == {"leadconduit": 2}


def test_a_mutation_of_one_platform_costs_its_call_and_what_is_read_afterwards() -> None:
    """The thing that it was done to is read only if it is asked for."""
    done = "clinkedBrandingReset(id: $id)"
    head = "mutation ($id: ID!)"
    alone = f"{head} {{ {done} {{ userErrors {{ code }} }} }}"
    leading_on = f"{head} {{ {done} {{ account {{ storage {{ __typename }} }} }} }}"

    assert calls(alone, {"id": ACCOUNT}) == {"clinked": 1}
    assert calls(leading_on, {"id": ACCOUNT}) == {"clinked": 3}
    assert calls(alone, {"id": GROUP}) == {}


def test_two_mutations_cost_both() -> None:
    """They run one after the other."""
    document = """mutation ($a: ID!, $b: ID!) {
        a: companyDelete(id: $a) { deletedId } b: groupDelete(id: $b) { deletedId }
    }"""

    assert cost(document, {"a": CODAT_COMPANY, "b": GROUP}).total == 2
