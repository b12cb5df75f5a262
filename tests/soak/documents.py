"""The documents that the soak reads with."""

from tests.soak.checks import NOUNS
from tests.soak.shown import FIELDS


def _listed(more: str = "") -> str:
    return f"{{ nodes {{ ...Shown {more} }} pageInfo {{ hasNextPage }} outages {{ code }} }}"


_OF_GROUP = f"members(first: $few) {_listed()} invites(first: $few) {_listed()}"
_GROUPS = _listed(f"... on ClinkedGroup {{ {_OF_GROUP} }}")
_OF_ACCOUNT = f"groups(first: $few) {_GROUPS} invites(first: $few) {_listed()}"
_ACCOUNTS = _listed(f"... on ClinkedAccount {{ {_OF_ACCOUNT} }}")
_TYPES = "sourceTypes(first: 100) { nodes { ...Shown } pageInfo { hasNextPage } }"
_KONDADO = f'connection(name: "kondado") {{ ... on KondadoConnection {{ {_TYPES} }} }}'

NODES = f"query Nodes($ids: [ID!]!) {{ nodes(ids: $ids) {{ ...Shown }} }} {FIELDS}"
"""Things by their ids."""

NESTED = f"""query Nested($few: Int!) {{
    page: companies(platforms: [CLINKED], first: 3) {_ACCOUNTS}
}} {FIELDS}"""
"""Accounts, and what hangs on them."""

CATALOGUE = f"query Catalogue {{ {_KONDADO} }} {FIELDS}"
"""A list of one platform alone, which is short enough to come on one page."""

CONNECTIONS = "query Connections { connections { name platform status breaker } }"
"""How the platforms are doing."""

WELL = f"""query Well {{
    {" ".join(f"{noun}(first: 1) {{ outages {{ code }} }}" for noun in NOUNS)} {_KONDADO}
}} {FIELDS}"""
"""Something of every platform."""


def page_of(noun: str) -> str:
    """Write a query for one page of a list that spans platforms."""
    return f"""query Page($first: Int!, $after: String) {{
        page: {noun}(first: $first, after: $after) {{
            nodes {{ ...Shown }} totalCount pageInfo {{ hasNextPage endCursor }} outages {{ code }}
        }}
    }} {FIELDS}"""
