from .async_base_client import AsyncBaseClient
from .base_model import BaseModel, Upload
from .client import Manifold
from .companies import (
    Companies,
    CompaniesCompanies,
    CompaniesCompaniesNodes,
    CompaniesCompaniesOutages,
    CompaniesCompaniesPageInfo,
)
from .company import Company, CompanyCompanyClinkedAccount, CompanyCompanyCompany
from .enums import ErrorCode, InviteStatus, Outcome, Platform, UserErrorCode
from .exceptions import (
    GraphQLClientError,
    GraphQLClientGraphQLError,
    GraphQLClientGraphQLMultiError,
    GraphQLClientHttpError,
    GraphQLClientInvalidResponseError,
)
from .invite import (
    Invite,
    InviteInviteCreate,
    InviteInviteCreateInvites,
    InviteInviteCreateUserErrors,
)

__all__ = [
    "AsyncBaseClient",
    "BaseModel",
    "Companies",
    "CompaniesCompanies",
    "CompaniesCompaniesNodes",
    "CompaniesCompaniesOutages",
    "CompaniesCompaniesPageInfo",
    "Company",
    "CompanyCompanyClinkedAccount",
    "CompanyCompanyCompany",
    "ErrorCode",
    "GraphQLClientError",
    "GraphQLClientGraphQLError",
    "GraphQLClientGraphQLMultiError",
    "GraphQLClientHttpError",
    "GraphQLClientInvalidResponseError",
    "Invite",
    "InviteInviteCreate",
    "InviteInviteCreateInvites",
    "InviteInviteCreateUserErrors",
    "InviteStatus",
    "Manifold",
    "Outcome",
    "Platform",
    "Upload",
    "UserErrorCode",
]
