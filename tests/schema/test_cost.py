"""What an operation is estimated to cost, in calls at the platforms."""

import re
from pathlib import Path

import pytest
from graphql import parse

from resolvers.identity import GlobalId
from schema.cost import Estimate, estimate
from schema.cost.count import MOST_CALLS
from schema.cost.estimate import DEEPEST
from tests.schema.estimating import (
    ACCOUNT,
    CODAT_COMPANY,
    CODAT_GROUP,
    CONDUIT_COMPANY,
    CONNECTIONS,
    ENTITY,
    GROUP,
    KONDADO_INVITE,
    MEMBER,
    SCHEMA,
    SOURCE_TYPE,
    calls,
    cost,
    of_account,
)

README = (Path(__file__).parent.parent.parent / "README.md").read_text()
SHOWN = re.findall(r"```graphql\n(.*?)```", README, re.DOTALL)
EVERYTHING, PORTAL, LOOK = (
    next(shown for shown in SHOWN if f" {name}" in shown.partition("{")[0])
    for name in ("Everything", "Portal", "Look")
)

NOWHERE = [
    "",
    "nonsense",
    str(GlobalId("ClinkedAccount", "elsewhere", ("11",))),
    str(GlobalId("ClinkedAccount", "codat", ("11",))),
    str(GlobalId("ClinkedAccount", "clinked", ("11", "12"))),
    str(GlobalId("Unicorn", "clinked", ("11",))),
]


def test_the_query_of_the_readme_costs_its_lists_and_what_hangs_on_a_hundred_companies() -> None:
    """A company costs three calls if it is an account at Clinked, and fewer if it is not."""
    assert cost(EVERYTHING).total == 4 + 100 * 3 + 1 + 1
    assert calls(EVERYTHING) == {
        "clinked": 1 + 100 * 3,
        "codat": 1 + 100 * 1,
        "conduit": 2,
        "leadconduit": 1,
        "kondado": 1,
    }


def test_the_other_examples_of_the_readme_cost_one_call_for_each_field_that_says_so() -> None:
    """All lists in them are of one item, and of one platform."""
    assert calls(PORTAL) == {"clinked": 9}
    assert calls(LOOK, {"account": ACCOUNT}) == {"clinked": 3}


def test_the_total_of_one_platform_is_its_own_number() -> None:
    """There is nothing else to choose from."""
    assert cost(PORTAL).total == 9


@pytest.mark.parametrize(
    "document",
    [
        "{ __typename }",
        "{ __schema { types { name fields { name } } } }",
        '{ __type(name: "Node") { possibleTypes { name } } }',
        "{ connections { name rateLimits { calls } } }",
    ],
)
def test_what_the_gateway_knows_by_itself_costs_nothing(document: str) -> None:
    """The schema and the settings are at hand."""
    assert cost(document) == Estimate()


def test_what_comes_with_a_thing_costs_nothing_more() -> None:
    """Leaves, and objects in the same answer."""
    assert calls(of_account("name slug createdAt integrations { __typename }")) == {"clinked": 1}


@pytest.mark.parametrize(
    ("arguments", "variables", "items"),
    [
        ("", {}, 25),
        ("(first: 7)", {}, 7),
        ("(first: $n)", {"n": 8}, 8),
        ("(first: $n)", {}, 9),
    ],
)
def test_what_is_below_a_page_counts_for_each_of_its_items(
    arguments: str, variables: dict[str, int], items: int
) -> None:
    """As many as are asked for, whichever way, or 25."""
    below = of_account(f"groups{arguments} {{ nodes {{ members {{ totalCount }} }} }}")
    declared = "query ($n: Int! = 9)" if "$n" in arguments else "query"

    assert calls(f"{declared} {below}", variables) == {"clinked": 1 + 1 + items}


def test_edges_count_as_nodes_do_and_both_as_two() -> None:
    """A page is multiplied by its size once, not for each list in it."""
    nodes, edges = "nodes { members { totalCount } }", "edges { node { members { totalCount } } }"

    assert calls(of_account(f"groups(first: 3) {{ {nodes} }}")) == {"clinked": 1 + 1 + 3}
    assert calls(of_account(f"groups(first: 3) {{ {edges} }}")) == {"clinked": 1 + 1 + 3}
    assert calls(of_account(f"groups(first: 3) {{ {nodes} {edges} }}")) == {"clinked": 1 + 1 + 6}


def test_pages_in_pages_multiply() -> None:
    """Each of two groups has three members, each with a call."""
    document = of_account(
        "groups(first: 2) { nodes { members(first: 3) { nodes { "
        "... on ClinkedGroupMember { user { __typename member { id } } } } } } }"
    )

    assert calls(document) == {"clinked": 1 + 1 + 2 * (1 + 3)}


@pytest.mark.parametrize("first", [-1, 0, 101, 2_000_000_000])
def test_a_page_of_a_size_that_is_refused_costs_nothing(first: int) -> None:
    """Nor does what would be on it."""
    below = f"(first: {first}) {{ nodes {{ id members {{ totalCount }} }} }}"

    assert calls(f"{{ companies{below} }}") == {}
    assert calls(of_account(f"groups{below}")) == {"clinked": 1}


def test_a_list_without_pages_is_taken_to_have_twenty_items() -> None:
    """Nothing tells how many companies belong to one at Codat."""
    document = (
        f'{{ company(id: "{CODAT_COMPANY}") '
        "{ ... on CodatCompany { subsidiaries { company { id } } } } }"
    )

    assert calls(document) == {"codat": 1 + 20}


def test_a_list_over_all_platforms_is_asked_of_every_connection() -> None:
    """Conduit has two."""
    assert calls("{ companies { totalCount } }") == {"clinked": 1, "codat": 1, "conduit": 2}


@pytest.mark.parametrize(
    ("arguments", "variables", "asked"),
    [
        ("platforms: [CONDUIT]", {}, {"conduit": 2}),
        ("platforms: $platforms", {"platforms": ["CODAT", "KONDADO"]}, {"codat": 1}),
        ("platforms: $platforms", {"platforms": "CODAT"}, {"codat": 1}),
        ("platforms: []", {}, {}),
        ("platforms: null", {}, {"clinked": 1, "codat": 1, "conduit": 2}),
        ("platforms: $platforms", {}, {"clinked": 1, "codat": 1, "conduit": 2}),
        ('connections: ["conduit-north", "codat"]', {}, {"codat": 1, "conduit": 1}),
        ("connections: $names", {"names": ["conduit-south"]}, {"conduit": 1}),
        ('connections: ["codat"], platforms: [CLINKED]', {}, {}),
        ('connections: ["codat", "elsewhere"]', {}, {}),
    ],
)
def test_a_list_is_asked_only_where_it_is_narrowed_to(
    arguments: str, variables: dict[str, object], asked: dict[str, int]
) -> None:
    """By platforms, by names of connections, or by both; a name that is none is refused."""
    declared = {"$platforms": "($platforms: [Platform!])", "$names": "($names: [String!])"}
    heading = "".join(text for name, text in declared.items() if name in arguments)
    document = f"query {heading} {{ companies({arguments}) {{ totalCount }} }}"

    assert calls(document, variables) == asked


def test_a_platform_without_a_connection_costs_nothing() -> None:
    """Neither its part of a list, nor what could be below it."""
    document = "{ companies(first: 10) { nodes { groups { totalCount } } } }"

    assert calls(document, without="clinked") == {"codat": 1 + 10, "conduit": 2}
    assert cost(document, without="clinked").total == 3 + 10


@pytest.mark.parametrize(("first", "accounts"), [(1, 1), (2, 2), (20, 20), (100, 20)])
def test_a_list_that_is_asked_for_account_by_account_costs_as_many_calls(
    first: int, accounts: int
) -> None:
    """Until the page is full, and no longer than a list without pages is taken to be."""
    document = f"{{ groups(first: {first}) {{ totalCount }} }}"

    assert calls(document) == {"clinked": 1 + accounts, "codat": 1}


def test_an_item_costs_what_it_costs_if_it_is_of_the_dearest_type() -> None:
    """A company has groups at Clinked or at Codat, and at no two platforms at once."""
    document = "{ companies(first: 10) { nodes { groups { totalCount } } } }"

    assert cost(document).total == 4 + 10
    assert calls(document) == {"clinked": 1 + 10, "codat": 1 + 10, "conduit": 2}


def test_an_inline_fragment_on_a_platforms_type_counts_for_that_platform_alone() -> None:
    """Of two, the dearer decides about the total."""
    clinked = "... on ClinkedAccount { branding { __typename } storage { __typename } }"
    codat = "... on CodatCompany { accessToken { __typename } }"
    both = f"{{ companies(first: 10) {{ nodes {{ {clinked} {codat} }} }} }}"

    assert cost(both).total == 4 + 10 * 2
    assert calls(both) == {"clinked": 1 + 10 * 2, "codat": 1 + 10, "conduit": 2}


@pytest.mark.parametrize("dearer", ["ClinkedInvite", "ClinkedGroupInvite"])
def test_of_two_types_of_one_platform_the_dearer_counts(dearer: str) -> None:
    """Whichever comes first in the schema."""
    cheaper = {"ClinkedInvite": "ClinkedGroupInvite", "ClinkedGroupInvite": "ClinkedInvite"}[dearer]
    below = {"ClinkedInvite": "account", "ClinkedGroupInvite": "group"}
    document = f"""{{ invites(platforms: [CLINKED], first: 5) {{ nodes {{
        ... on {dearer} {{ a: {below[dearer]} {{ id }} b: {below[dearer]} {{ id }} }}
        ... on {cheaper} {{ c: {below[cheaper]} {{ id }} }}
    }} }} }}"""

    assert calls(document) == {"clinked": 1 + 5 + 5 * 2}


def test_what_is_below_a_thing_of_one_platform_is_of_that_platform() -> None:
    """The groups of an account are no sets of companies, and have members."""
    document = (
        "{ companies(platforms: [CLINKED], first: 2) { nodes { groups(first: 3) { nodes { "
        "members { totalCount } ... on CodatGroup { companies { totalCount } } } } } } }"
    )

    assert calls(document) == {"clinked": 1 + 2 * (1 + 3)}
    assert cost(document).total == 1 + 2 * (1 + 3)


@pytest.mark.parametrize(
    ("noun", "id", "platform"),
    [
        ("node", ACCOUNT, "clinked"),
        ("node", SOURCE_TYPE, "kondado"),
        ("company", CODAT_COMPANY, "codat"),
        ("group", CODAT_GROUP, "codat"),
        ("member", MEMBER, "clinked"),
        ("entity", ENTITY, "leadconduit"),
        ("invite", KONDADO_INVITE, "kondado"),
    ],
)
def test_a_thing_costs_what_its_own_kind_takes_to_be_found(
    noun: str, id: str, platform: str
) -> None:
    """Not what all two dozen kinds would take."""
    assert calls(f"query ($id: ID!) {{ {noun}(id: $id) {{ id }} }}", {"id": id}) == {platform: 1}


def test_what_hangs_on_a_thing_counts_as_for_its_own_kind() -> None:
    """A company at Conduit has no groups."""
    document = "query ($id: ID!) { company(id: $id) { groups { totalCount } } }"

    assert calls(document, {"id": CONDUIT_COMPANY}) == {"conduit": 1}
    assert calls(document, {"id": CODAT_COMPANY}) == {"codat": 2}


@pytest.mark.parametrize("id", [*NOWHERE, MEMBER])
def test_an_id_that_leads_to_no_company_costs_nothing(id: str) -> None:
    """It is refused before any call, and so is what would be below."""
    document = "query ($id: ID!) { company(id: $id) { groups { totalCount } } }"

    assert cost(document, {"id": id}) == Estimate()


def test_nodes_cost_each_what_its_own_kind_takes() -> None:
    """With what hangs on each; an id that leads nowhere costs the others nothing."""
    document = """query ($ids: [ID!]!) { nodes(ids: $ids) {
        ... on Company { groups(first: 2) { nodes { members { totalCount } } } }
    } }"""
    ids = [ACCOUNT, ACCOUNT, CODAT_COMPANY, CONDUIT_COMPANY, GROUP, *NOWHERE]

    assert calls(document, {"ids": ids}) == {
        "clinked": 2 * (1 + 1 + 2) + 1,
        "codat": 1 + 1,
        "conduit": 1,
    }
    assert cost(document, {"ids": ids}).total == 9 + 2 + 1


def test_more_ids_than_are_taken_cost_nothing() -> None:
    """A hundred are taken."""
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    assert calls(document, {"ids": [ACCOUNT] * 100}) == {"clinked": 100}
    assert calls(document, {"ids": [ACCOUNT] * 101}) == {}


def test_what_hangs_on_connections_counts_for_each_of_the_platforms_own() -> None:
    """There are two of Conduit, and one is chosen by its name or its platform."""
    below = "{ ... on ConduitConnection { companies { totalCount } } "
    below += "... on ClinkedConnection { userInfo { __typename } } }"

    assert calls(f"{{ connections {below} }}") == {"clinked": 1, "conduit": 2}
    assert calls(f"{{ connections(platforms: [CLINKED]) {below} }}") == {"clinked": 1}
    assert calls(f'{{ connection(name: "conduit-south") {below} }}') == {"conduit": 1}
    assert calls(f'{{ connection(name: "elsewhere") {below} }}') == {}


def test_fragments_and_aliases_cost_what_is_in_them() -> None:
    """Each time that they are selected."""
    plain = of_account("branding { __typename } groups(first: 2) { totalCount }")
    spread = f"""query {{ company(id: "{ACCOUNT}") {{ ...OfCompany ... {{ name }} }} }}
        fragment OfCompany on Company {{ ...OfAccount ... on Company {{ g: groups {{ ...P }} }} }}
        fragment OfAccount on ClinkedAccount {{ look: branding {{ __typename }} }}
        fragment P on GroupConnection {{ totalCount }}"""
    twice = of_account("a: branding { __typename } b: branding { __typename }")

    assert calls(plain) == calls(spread) == calls(twice) == {"clinked": 3}


@pytest.mark.parametrize(
    ("directive", "counted"),
    [
        ("@skip(if: true)", 0),
        ("@skip(if: $yes)", 0),
        ("@skip(if: $no)", 1),
        ("@include(if: $no)", 0),
        ("@include(if: $yes)", 1),
        ("@include(if: $yes) @skip(if: $yes)", 0),
    ],
)
@pytest.mark.parametrize(
    ("selection", "inside"),
    [
        ("branding", "{ __typename }"),
        ("... on Node", "{ ... on ClinkedAccount { branding { __typename } } }"),
        ("...F", ""),
    ],
)
def test_what_is_left_out_costs_nothing(
    selection: str, inside: str, directive: str, counted: int
) -> None:
    """By a literal or a variable, on fields, inline fragments and fragments."""
    body = of_account(f"""
        id @include(if: $yes) @skip(if: $no)
        {selection} {directive} {inside}
        storage @include(if: $no) {{ ...G }}""")
    document = f"""query ($yes: Boolean! = true, $no: Boolean!) {body}
        fragment F on ClinkedAccount {{ branding {{ __typename }} }}
        fragment G on ClinkedStorage {{ __typename }}"""
    spread = document if selection == "...F" else re.sub("fragment F.*", "", document)

    assert calls(spread, {"no": False}) == {"clinked": 1 + counted}


def test_the_operation_that_is_named_is_the_one_that_counts() -> None:
    """Without a name there has to be one alone, or nothing runs."""
    document = "query A { companies { totalCount } } query B { entities { totalCount } }"

    assert calls(document, name="B") == {"leadconduit": 1}
    assert calls(document, name="C") == {}
    assert calls(document) == {}


@pytest.mark.parametrize("variables", [{}, {"n": None}, {"n": "seven"}])
def test_an_operation_that_cannot_run_costs_nothing(variables: dict[str, object]) -> None:
    """A variable is missing, or of another type."""
    document = "query ($n: Int!) { companies(first: $n) { totalCount } }"

    assert cost(document, variables) == Estimate()


def test_a_fragment_in_itself_comes_to_an_end() -> None:
    """Validation refuses it; an estimate must not hang where that is left out."""
    document = parse(f"""{{ company(id: "{ACCOUNT}") {{ ...A }} }}
        fragment A on Company {{ groups {{ nodes {{ ...B }} }} ...A }}
        fragment B on ClinkedGroup {{ account {{ ...A }} ...Missing }}""")

    assert estimate(SCHEMA, document, None, None, CONNECTIONS).total == 1 + 1 + 25


def test_fragments_that_double_each_other_are_counted_as_quickly_as_they_are_written() -> None:
    """Forty of them stand for a million million selections, each of which is a call."""
    doubling = "".join(
        f"fragment F{n} on Company {{ ...F{n + 1} ...F{n + 1} }} " for n in range(40)
    )
    last = "fragment F40 on Company { groups { totalCount } }"
    document = f'{{ company(id: "{ACCOUNT}") {{ ...F0 }} }} {doubling} {last}'

    assert cost(document).total == MOST_CALLS


def test_numbers_stop_growing() -> None:
    """A hundred of a hundred, twelve times over, is more than anybody makes."""
    document = "id"
    for _ in range(12):
        document = f"""... on ClinkedGroup {{ account {{
            ... on ClinkedAccount {{ groups(first: 100) {{ nodes {{ {document} }} }} }}
        }} }}"""
    counted = cost(f'{{ node(id: "{GROUP}") {{ {document} }} }}')

    assert counted == Estimate(MOST_CALLS, {CONNECTIONS["clinked"]: MOST_CALLS})


def test_a_document_too_deep_to_be_counted_costs_the_most() -> None:
    """One step less is counted, and however many beside each other."""
    nested = "".join(f"fragment F{n} on Query {{ ...F{n + 1} }} " for n in range(DEEPEST - 3))
    last = f"fragment F{DEEPEST - 3} on Query"
    counted = f"{{ ...F0 }} {nested} {last} {{ companies {{ totalCount }} }}"
    too_deep = f"{{ ... {{ ...F0 }} }} {nested} {last} {{ companies {{ nodes {{ id }} }} }}"
    beside = "{" + " ... { __typename }" * (2 * DEEPEST) + " companies { totalCount } }"

    assert cost(counted).total == 4
    assert cost(beside).total == 4
    assert cost(too_deep) == Estimate(MOST_CALLS, dict.fromkeys(CONNECTIONS.values(), MOST_CALLS))
