from datetime import datetime
from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import Platform


class Company(BaseModel):
    company: Optional[
        Annotated[
            Union["CompanyCompanyCompany", "CompanyCompanyClinkedAccount"],
            Field(discriminator="typename__"),
        ]
    ]


class CompanyCompanyCompany(BaseModel):
    typename__: Literal["CodatCompany", "Company", "ConduitCompany"] = Field(
        alias="__typename"
    )
    id: str
    platform: Platform
    name: Optional[str]
    created_at: Optional[datetime] = Field(alias="createdAt")


class CompanyCompanyClinkedAccount(BaseModel):
    typename__: Literal["ClinkedAccount"] = Field(alias="__typename")
    id: str
    platform: Platform
    name: Optional[str]
    created_at: Optional[datetime] = Field(alias="createdAt")
    group_count: Optional[int] = Field(alias="groupCount")


Company.model_rebuild()
