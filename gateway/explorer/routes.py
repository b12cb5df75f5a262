"""The routes of GraphiQL."""

import json
from functools import cache

from starlette.routing import Route

from gateway.explorer.answer import revalidated
from gateway.explorer.assets import Assets
from gateway.explorer.operations import examples
from gateway.settings import Settings
from schema.build import build

# What stands in the headers of the sandbox's page; the sandbox is open, and it opens nothing else.
SANDBOX_KEY = "sandbox"


def routes(settings: Settings, *, sandbox: bool) -> list[Route]:
    """Give the routes of GraphiQL, none where it is off; a `sandbox`'s page has its key."""
    if not settings.graphiql:
        return []
    assets = Assets()
    return [
        Route("/", revalidated(assets.page, "text/html")),
        Route(
            "/graphiql/config.json",
            revalidated(lambda: _config(sandbox=sandbox), "application/json"),
        ),
        Route("/graphiql/schema.graphql", revalidated(_schema, "text/plain")),
        Route("/graphiql/{name}", assets.file),
    ]


def _config(*, sandbox: bool) -> str:
    """Tell the page what it cannot know; it has no inline script to tell it by."""
    headers = {"Authorization": f"Bearer {SANDBOX_KEY}"}
    return json.dumps(
        {
            "endpoint": "/graphql",
            "sandbox": sandbox,
            "headers": json.dumps(headers, indent=2) if sandbox else None,
            "examples": [example._asdict() for example in examples()],
        }
    )


@cache
def _schema() -> str:
    return build().as_str()
