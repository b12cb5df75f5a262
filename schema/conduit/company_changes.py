"""Making and changing companies of Conduit Link. Conduit Link API, Company."""

from dataclasses import replace
from typing import Annotated

import strawberry
from pydantic import Field

from resolvers.call import Method, Origin
from resolvers.platforms.conduit import Conduit
from resolvers.session import Session
from schema.companies import company_create, company_update
from schema.conduit.companies import READ, ConduitCompany
from schema.conduit.wire import api
from schema.lookup import made_by_key
from schema.node import look
from schema.outcome import Finding
from schema.wire import WriteInput, given, matching

Name = Annotated[str, Field(max_length=1024)]


@strawberry.pydantic.input
class ConduitCompanyCreateInput(WriteInput):
    """A new company at Conduit Link."""

    connection: strawberry.Maybe[str] = Field(exclude=True)
    """The name of the Conduit connection, that is, the Link App; needed where there are several."""
    id: Annotated[str, matching(r"[A-Za-z0-9]{1,1024}", "an id is 1 to 1024 of A-Z and 0-9")]
    """Its id, of your own choice: 1 to 1024 of A-Z and 0-9, upper and lower case alike, once in
    the Link App."""
    name: strawberry.Maybe[Name]
    """Its name, up to 1024 characters."""
    is_page_enabled: strawberry.Maybe[bool] = Field(serialization_alias="page_enabled")
    """Whether its page to connect sources on is on, which it is by default."""


@strawberry.pydantic.input
class ConduitCompanyUpdateInput(WriteInput):
    """What to change of a company at Conduit Link."""

    name: strawberry.Maybe[Name]
    """Its name, up to 1024 characters."""
    is_page_enabled: strawberry.Maybe[bool] = Field(serialization_alias="page_enabled")
    """Whether its page to connect sources on is on."""


CREATE = api.endpoint(
    Method.POST, "/link/company/", ConduitCompany, "create-company", body=ConduitCompanyCreateInput
)
UPDATE = api.endpoint(
    Method.POST,
    "/link/company/{cid}/",
    ConduitCompany,
    "edit-company",
    body=ConduitCompanyUpdateInput,
)


async def _made(session: Session, input: ConduitCompanyCreateInput, began: float) -> Finding:
    at = replace(_link_app(session, input), keys={"cid": input.id})
    return made_by_key(session, await look(session, ConduitCompany, at), began)


def _link_app(session: Session, input: ConduitCompanyCreateInput) -> Origin:
    return session.connections.only(Conduit.platform, given(input.connection)).root


@company_create.create("conduit", ConduitCompanyCreateInput, CREATE, found=_made)
async def _create(session: Session, input: ConduitCompanyCreateInput) -> ConduitCompany:
    """A company at Conduit Link."""
    return await session.ask(CREATE, _link_app(session, input), body=input.body())


@company_update.change("conduit", ConduitCompany, ConduitCompanyUpdateInput, UPDATE, READ)
async def _update(session: Session, at: Origin, input: ConduitCompanyUpdateInput) -> ConduitCompany:
    """A company at Conduit Link. Costs a call more where `isPageEnabled` is left out."""
    body = input.body()
    if "page_enabled" not in body:
        # Left out it means on, so an edit of the name alone would switch the page on.
        page = (await session.ask(READ, at)).link_page
        body["page_enabled"] = page is None or page.is_enabled
    return await session.ask(UPDATE, at, body=body)
