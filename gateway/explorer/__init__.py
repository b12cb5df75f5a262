"""GraphiQL at `/`: a page to explore the graph in, with everything that it needs.

The page is built by npm from `graphiql/` into `static/`; a gateway without it says how to build it.
"""

from gateway.explorer.routes import SANDBOX_KEY, routes

__all__ = ["SANDBOX_KEY", "routes"]
