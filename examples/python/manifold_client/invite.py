from typing import Literal, Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import InviteStatus, Outcome, UserErrorCode


class Invite(BaseModel):
    invite_create: Optional["InviteInviteCreate"] = Field(alias="inviteCreate")


class InviteInviteCreate(BaseModel):
    outcome: Outcome
    invites: Optional[list["InviteInviteCreateInvites"]]
    user_errors: list["InviteInviteCreateUserErrors"] = Field(alias="userErrors")


class InviteInviteCreateInvites(BaseModel):
    typename__: Literal[
        "ClinkedGroupInvite",
        "ClinkedInvite",
        "Invite",
        "KondadoInvite",
        "LeadConduitInvite",
    ] = Field(alias="__typename")
    id: str
    email: Optional[str]
    status: InviteStatus


class InviteInviteCreateUserErrors(BaseModel):
    code: UserErrorCode
    message: str
    field: Optional[list[str]]


Invite.model_rebuild()
InviteInviteCreate.model_rebuild()
