"""What the soak makes at the platforms, and the mutations that do it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from resolvers.identity import GlobalId

Input = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Life:
    """How one kind of thing comes, changes and goes: mutations, with inputs made of a label.

    `gives` is what the payload calls it. `repeats` are the mutations that a platform may receive
    several times: it knows them for the same, or is left as it was. `tells` is false where the
    platform cannot be asked afterwards what became of a write.
    """

    kind: str
    gives: str
    create: str
    made_of: Callable[[str, random.Random], Input]
    update: str = ""
    changed_by: Callable[[str], Input] | None = None
    delete: str = ""
    repeats: tuple[str, ...] = ()
    tells: bool = True


def _account() -> str:
    return str(GlobalId("ClinkedAccount", "clinked", ("11",)))


def _groups() -> list[str]:
    return [str(GlobalId("ClinkedGroup", "clinked", ("11", key))) for key in ("101", "102")]


def _codat_company(label: str, _: random.Random) -> Input:
    return {"codat": {"name": label, "description": "Made by the soak"}}


def _conduit_company(label: str, dice: random.Random) -> Input:
    on = dice.choice(("conduit-north", "conduit-south"))
    return {"conduit": {"connection": on, "id": label.upper(), "name": label}}


def _clinked_group(label: str, _: random.Random) -> Input:
    return {"clinked": {"accountId": _account(), "name": label}}


def _clinked_member(label: str, _: random.Random) -> Input:
    member = {"accountId": _account(), "username": label, "name": label}
    return {"clinked": {**member, "email": f"{label}@example.com"}}


def _clinked_invite(label: str, _: random.Random) -> Input:
    return {"clinkedAccount": {"accountId": _account(), "emails": [f"{label}@example.com"]}}


def _group_invite(label: str, dice: random.Random) -> Input:
    group, emails = dice.choice(_groups()), [f"{label}@example.com"]
    return {"clinkedGroup": {"groupId": group, "emails": emails}}


def _entity(label: str, _: random.Random) -> Input:
    return {"leadconduit": {"name": label, "moduleIds": [], "source": "FORM"}}


def _entity_invite(label: str, dice: random.Random) -> Input:
    role = dice.choice(("SOURCE", "RECIPIENT"))
    return {"leadconduit": {"role": role, "email": f"{label}@example.com"}}


def _kondado_invite(label: str, _: random.Random) -> Input:
    type = str(GlobalId("KondadoSourceType", "kondado", ("101",)))
    asked = {"accountId": 7, "connectorTypeId": type, "direction": "SOURCE", "name": "Made"}
    return {"kondado": {**asked, "email": f"{label}@example.com"}}


def _renamed(platform: str) -> Callable[[str], Input]:
    return lambda label: {platform: {"name": label}}


LIVES = (
    Life(
        "CodatCompany",
        "company",
        "companyCreate",
        _codat_company,
        "companyUpdate",
        _renamed("codat"),
        "companyDelete",
        repeats=("companyCreate", "companyUpdate"),
    ),
    Life(
        "ConduitCompany",
        "company",
        "companyCreate",
        _conduit_company,
        "companyUpdate",
        _renamed("conduit"),
    ),
    Life(
        "ClinkedGroup",
        "group",
        "groupCreate",
        _clinked_group,
        "groupUpdate",
        _renamed("clinked"),
        "groupDelete",
    ),
    Life("ClinkedMember", "member", "memberCreate", _clinked_member, delete="memberDelete"),
    Life("ClinkedInvite", "invites", "inviteCreate", _clinked_invite, delete="inviteDelete"),
    Life("ClinkedGroupInvite", "invites", "inviteCreate", _group_invite, delete="inviteDelete"),
    Life(
        "LeadConduitEntity",
        "entity",
        "entityCreate",
        _entity,
        "entityUpdate",
        _renamed("leadconduit"),
        "entityDelete",
        # An entity is replaced as a whole, and may be so twice.
        repeats=("entityUpdate",),
    ),
    Life("LeadConduitInvite", "invites", "inviteCreate", _entity_invite),
    Life("KondadoInvite", "invites", "inviteCreate", _kondado_invite, tells=False),
)
