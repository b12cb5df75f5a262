"""The lists of the graph, and how a client walks them page by page."""

from typing import Any

from resolvers.identity import GlobalId
from tests.graph.conftest import Graph

SEEDED = {"companies": 48, "groups": 40, "members": 243, "invites": 20, "entities": 25}
"""How many the stand-ins have of each noun at their seed."""

# More pages than any walk of these tests needs; a walk that gets there would never end.
_ENDLESS = 300


def page_document(noun: str, *, asks: str = "") -> str:
    """Write a query for one page of a list; `asks` is more to select of it."""
    return f"""query Page($first: Int! = 25, $after: String) {{
        page: {noun}(first: $first, after: $after) {{
            nodes {{ id }}
            edges {{ cursor node {{ id }} }}
            pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
            outages {{ platform connection code }}
            {asks}
        }}
    }}"""


async def page(
    graph: Graph, noun: str, *, first: int = 25, after: str | None = None
) -> dict[str, Any]:
    """Read one page of a list."""
    return (await graph.data(page_document(noun), first=first, after=after))["page"]


async def walk(
    graph: Graph, noun: str, *, first: int = 25, after: str | None = None
) -> list[list[str]]:
    """Read a list to its end as a Relay client does, and give each page's ids."""
    pages: list[list[str]] = []
    while len(pages) < _ENDLESS:
        read = await page(graph, noun, first=first, after=after)
        pages.append([node["id"] for node in read["nodes"]])
        if not read["pageInfo"]["hasNextPage"]:
            return pages
        after = read["pageInfo"]["endCursor"]
    raise AssertionError(f"{noun} did not end after {_ENDLESS} pages of {first}")


def flat(pages: list[list[str]]) -> list[str]:
    """Put pages together."""
    return [id for page in pages for id in page]


def global_id(kind: str, connection: str, *keys: str) -> str:
    """Write the id of a thing that need not exist."""
    return str(GlobalId(kind, connection, keys))


def code_of(answer: dict[str, Any]) -> str:
    """Give the code of an answer's only error."""
    (error,) = answer["errors"]
    return error["extensions"]["code"]
