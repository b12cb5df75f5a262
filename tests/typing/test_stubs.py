"""Stubs that become fields keep their types; the type checker is the test."""

import inspect
from typing import assert_type

from resolvers.context import Info
from schema.clinked.accounts import ClinkedAccount
from schema.clinked.groups import ClinkedGroup
from schema.codat.access_tokens import CodatAccessToken
from schema.codat.companies import CodatCompany
from schema.nouns import Company, Group
from schema.page import Connection


async def of_a_read(company: CodatCompany, info: Info) -> None:
    """A read has the type that its stub says."""
    assert_type(await company.access_token(info), CodatAccessToken | None)


async def of_a_list(account: ClinkedAccount, info: Info) -> None:
    """A list has its arguments, and a page of its noun."""
    assert_type(await account.groups(info, first=3, after=None), Connection[Group] | None)


async def of_a_link_upward(group: ClinkedGroup, info: Info) -> None:
    """What a thing belongs to has the type of its noun."""
    assert_type(await group.account(info), Company | None)


def test_a_stub_takes_what_is_asked_with_it() -> None:
    """And the operation, in between."""
    parameters = list(inspect.signature(ClinkedAccount.guests).parameters)

    assert parameters == ["self", "info", "filter", "order", "first", "after"]
