"""Lists all companies, reads one of them, and invites somebody to it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator

import httpx
from manifold_client import (
    CompaniesCompanies,
    GraphQLClientGraphQLMultiError,
    GraphQLClientHttpError,
    Manifold,
    Platform,
)

URL = os.environ.get("MANIFOLD_URL", "http://127.0.0.1:8000/graphql")
KEY = os.environ.get("MANIFOLD_KEY")
# Longer than the gateway's own deadline, so that its answer tells what went wrong.
TIMEOUT_SECONDS = 20


async def pages(manifold: Manifold) -> AsyncIterator[CompaniesCompanies]:
    """Give the pages of the list of companies, one after another."""
    after: str | None = None
    while True:
        answer = await manifold.companies(20, after, timeout=TIMEOUT_SECONDS)
        page = answer.companies
        if page is None:
            return
        yield page
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


async def invite(manifold: Manifold, account: str, email: str) -> None:
    """Invite somebody once, however often this is run: the key says that it is the same."""
    key = f"example-{email}"
    answer = await manifold.invite(account, email, key, timeout=TIMEOUT_SECONDS)
    payload = answer.invite_create
    if payload is None:
        return
    for error in payload.user_errors:
        print(f"{email}: {error.code.value}: {error.message}")
    print(f"{email}: {payload.outcome.value}")


async def run(manifold: Manifold, email: str) -> None:
    """Make each kind of call, and print what comes back."""
    accounts: list[str] = []
    async for page in pages(manifold):
        for company in page.nodes:
            print(f"{company.platform.value} {company.name}")
        # The rest of the list is good. The companies of a platform that is down come on a later
        # page, or to whoever asks again with the same cursor.
        for outage in page.outages:
            print(f"{outage.platform.value} is out: {outage.code.value}", file=sys.stderr)
        accounts += [one.id for one in page.nodes if one.platform is Platform.CLINKED]
    for account in accounts[:1]:
        company = (await manifold.company(account, timeout=TIMEOUT_SECONDS)).company
        if company is not None and company.typename__ == "ClinkedAccount":
            print(f"{company.name}: {company.group_count} groups")
        await invite(manifold, account, email)


async def main(email: str) -> int:
    """Tell what went wrong by its code, which is from a closed list."""
    headers = {"Authorization": f"Bearer {KEY}"} if KEY else {}
    async with Manifold(URL, headers) as manifold:
        try:
            await run(manifold, email)
        except GraphQLClientGraphQLMultiError as refused:
            for error in refused.errors:
                print(f"{(error.extensions or {}).get('code')}: {error}", file=sys.stderr)
            return 1
        except (GraphQLClientHttpError, httpx.HTTPError) as failed:
            print(failed, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:2] or ["newcomer@example.com"])))
