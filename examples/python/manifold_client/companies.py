from typing import Literal, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ErrorCode, Platform


class Companies(BaseModel):
    companies: Optional["CompaniesCompanies"]


class CompaniesCompanies(BaseModel):
    nodes: list["CompaniesCompaniesNodes"]
    page_info: "CompaniesCompaniesPageInfo" = Field(alias="pageInfo")
    outages: list["CompaniesCompaniesOutages"]


class CompaniesCompaniesNodes(BaseModel):
    typename__: Literal[
        "ClinkedAccount", "CodatCompany", "Company", "ConduitCompany"
    ] = Field(alias="__typename")
    id: str
    platform: Platform
    name: Optional[str]


class CompaniesCompaniesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class CompaniesCompaniesOutages(BaseModel):
    platform: Platform
    connection: str
    code: ErrorCode
    retry_after_seconds: Optional[int] = Field(alias="retryAfterSeconds")


Companies.model_rebuild()
CompaniesCompanies.model_rebuild()
