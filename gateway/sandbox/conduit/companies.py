"""Conduit's companies: list, create, get and edit."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from gateway.sandbox.conduit.refusals import duplicate, invalid, not_found
from gateway.sandbox.conduit.state import Company, LinkApps
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record

ID = re.compile(r"[A-Za-z0-9]{1,1024}")
LONGEST_NAME = 1024


class Companies:
    """Answers /link/company/."""

    def __init__(self, apps: LinkApps) -> None:
        """Answer from these Link Apps."""
        self._apps = apps

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [
            Route("/link/company/", self.list, methods=["GET"]),
            Route("/link/company/", self.create, methods=["POST"]),
            Route("/link/company/{cid}/", self.get, methods=["GET"]),
            Route("/link/company/{cid}/", self.edit, methods=["POST"]),
            Route("/link/company", self.add_slash, methods=["GET"]),
            Route("/link/company/{cid}", self.add_slash, methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        """List all companies, minting no token: the tokens shown may have run out."""
        connections = wants_connections(request)
        companies = self._apps.companies(request) or {}
        return JSONResponse([one.shown(connections=connections) for one in companies.values()])

    async def create(self, request: Request) -> Response:
        """Create a company under an id of the caller's choice."""
        body = await json_object(request, invalid("The body must be a JSON object"))
        cid, name, enabled = body.get("id"), checked_name(body), page_enabled(body)
        if not isinstance(cid, str) or not ID.fullmatch(cid):
            raise invalid("id: 1 to 1024 characters of A-Z and 0-9")
        companies = self._apps.companies(request)
        if companies is None or cid.upper() in companies:
            raise duplicate(cid)
        made = Company(cid, name or "", self._apps.clock.iso(), enabled, "", 0)
        companies[cid.upper()] = made
        return JSONResponse(self._apps.mint(made).shown(connections=False))

    async def get(self, request: Request) -> Response:
        """Show a company with a fresh token."""
        company = self._apps.mint(self._company(request))
        return JSONResponse(company.shown(connections=wants_connections(request)))

    async def edit(self, request: Request) -> Response:
        """Change a company; without page_enabled its page is switched on."""
        company = self._company(request)
        body = await json_object(request, invalid("The body must be a JSON object"))
        name, enabled = checked_name(body), page_enabled(body)
        company.name = company.name if name is None else name
        company.page_enabled = enabled
        return JSONResponse(self._apps.mint(company).shown(connections=False))

    async def add_slash(self, request: Request) -> Response:
        """Send a reader to the path that ends in a slash."""
        return RedirectResponse(request.url.replace(path=f"{request.url.path}/"), 301)

    def _company(self, request: Request) -> Company:
        cid: str = request.path_params["cid"]
        company = (self._apps.companies(request) or {}).get(cid.upper())
        if company is None:
            raise not_found(cid)
        return company


def wants_connections(request: Request) -> bool:
    """Say whether the caller asked for the connections too."""
    return request.query_params.get("include_connections", "").lower() == "true"


def checked_name(body: Record) -> str | None:
    """Take the name from the body, or refuse it."""
    name = body.get("name")
    if name is not None and (not isinstance(name, str) or len(name) > LONGEST_NAME):
        raise invalid("name: a string of at most 1024 characters")
    return name


def page_enabled(body: Record) -> bool:
    """Take page_enabled from the body, where leaving it out means true."""
    enabled = body.get("page_enabled", True)
    if not isinstance(enabled, bool):
        raise invalid("page_enabled: true or false")
    return enabled
