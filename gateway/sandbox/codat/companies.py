"""Codat's companies."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.codat import rules
from gateway.sandbox.codat.pages import filtered, ordered, page, resolver, values
from gateway.sandbox.codat.refusals import malformed
from gateway.sandbox.codat.seed import company
from gateway.sandbox.codat.state import Client
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record

PROPERTIES = frozenset(
    {
        "id",
        "name",
        "description",
        "created",
        "createdByUserName",
        "lastSync",
        "platform",
        "redirect",
        "dataConnections.status",
    }
)
TOKEN_SECONDS = 86_400


class Companies:
    """Answers /companies."""

    def __init__(self, client: Client) -> None:
        """Answer from this client."""
        self._client = client

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        one = "/companies/{company}"
        product = f"{one}/products/{{product}}"
        return [
            Route("/companies", self.list, methods=["GET"]),
            Route("/companies", self.create, methods=["POST"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.replace, methods=["PUT"]),
            Route(one, self.update, methods=["PATCH"]),
            Route(one, self.delete, methods=["DELETE"]),
            Route(product, self.add_product, methods=["PUT"]),
            Route(product, self.remove_product, methods=["DELETE"]),
            Route(f"{one}/accessToken", self.access_token, methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        """List a page of companies, filtered and ordered."""
        resolve, asked = resolver("Company", PROPERTIES), request.query_params
        found = list(self._client.companies.values())
        found = filtered(found, asked.get("query", ""), resolve)
        found = filtered(found, asked.get("tags", ""), tag)
        return JSONResponse(page(request, ordered(found, asked.get("orderBy", ""), resolve)))

    async def create(self, request: Request) -> Response:
        """Create a company."""
        body = await json_object(request, rules.unreadable())
        wanted = [self._client.group(gid)["id"] for gid in rules.group_ids(body)]
        fields = written(body)
        made = company(self._client.ids(), fields["name"], self._client.stamp()) | fields
        made["groups"] = [{"id": gid} for gid in dict.fromkeys(wanted)]
        self._client.companies[made["id"]] = made
        return JSONResponse(made)

    async def get(self, request: Request) -> Response:
        """Show a company."""
        return JSONResponse(self._client.company(request))

    async def replace(self, request: Request) -> Response:
        """Replace what may be written; what is not sent is cleared."""
        found = self._client.company(request)
        found.update(written(await json_object(request, rules.unreadable())))
        return JSONResponse(found)

    async def update(self, request: Request) -> Response:
        """Change what is sent; a null leaves its field as it is."""
        found = self._client.company(request)
        body = await json_object(request, rules.unreadable())
        sent = {key for key, value in body.items() if value is not None}
        fields = written({"name": found["name"], **{key: body[key] for key in sent}})
        found.update({key: value for key, value in fields.items() if key in sent})
        return JSONResponse(found)

    async def delete(self, request: Request) -> Response:
        """Delete a company with its connections."""
        del self._client.companies[self._client.company(request)["id"]]
        return Response(status_code=204)

    async def add_product(self, request: Request) -> Response:
        """Enable a product for a company."""
        products: list[str] = self._client.company(request)["products"]
        product: str = request.path_params["product"]
        if product not in products:
            products.append(product)
        return Response(status_code=204)

    async def remove_product(self, request: Request) -> Response:
        """Disable a product for a company."""
        products: list[str] = self._client.company(request)["products"]
        product: str = request.path_params["product"]
        if product in products:
            products.remove(product)
        return Response(status_code=204)

    async def access_token(self, request: Request) -> Response:
        """Give a token with which a browser may act for a company."""
        token = f"sandbox-codat-company-token-{self._client.company(request)['id']}"
        return JSONResponse(
            {"expiresIn": TOKEN_SECONDS, "accessToken": token, "tokenType": "Bearer"}
        )


def written(body: Record) -> Record:
    """Take from a body all that may be written."""
    return {
        "name": rules.name(body),
        "description": rules.description(body),
        "tags": rules.tags(body),
    }


def tag(one: Record, name: str) -> list[str]:
    """Give a company's value of a tag."""
    if not name:
        raise malformed()
    return values(one["tags"].get(name), [])
