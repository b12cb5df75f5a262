from typing import Any, Optional, Union

from .async_base_client import AsyncBaseClient
from .base_model import UNSET, UnsetType
from .companies import Companies
from .company import Company
from .invite import Invite


def gql(q: str) -> str:
    return q


class Manifold(AsyncBaseClient):
    async def companies(
        self, first: int, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> Companies:
        query = gql("""
            query Companies($first: Int!, $after: String) {
              companies(first: $first, after: $after) {
                nodes {
                  __typename
                  id
                  platform
                  name
                }
                pageInfo {
                  hasNextPage
                  endCursor
                }
                outages {
                  platform
                  connection
                  code
                  retryAfterSeconds
                }
              }
            }
            """)
        variables: dict[str, object] = {"first": first, "after": after}
        response = await self.execute(
            query=query, operation_name="Companies", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Companies.model_validate(data)

    async def company(self, id: str, **kwargs: Any) -> Company:
        query = gql("""
            query Company($id: ID!) {
              company(id: $id) {
                __typename
                id
                platform
                name
                createdAt
                ... on ClinkedAccount {
                  groupCount
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=query, operation_name="Company", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Company.model_validate(data)

    async def invite(self, account: str, email: str, key: str, **kwargs: Any) -> Invite:
        query = gql("""
            mutation Invite($account: ID!, $email: String!, $key: String!) {
              inviteCreate(
                input: {clinkedAccount: {accountId: $account, emails: [$email]}}
                idempotencyKey: $key
              ) {
                outcome
                invites {
                  __typename
                  id
                  email
                  status
                }
                userErrors {
                  code
                  message
                  field
                }
              }
            }
            """)
        variables: dict[str, object] = {"account": account, "email": email, "key": key}
        response = await self.execute(
            query=query, operation_name="Invite", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Invite.model_validate(data)
