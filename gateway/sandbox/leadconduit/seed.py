"""The entities that every LeadConduit starts with."""

from gateway.sandbox.kit.values import Record

ACCOUNT_ID = "65f0a11c0de0000000000001"
"""The id of the caller's account, and of the entity that stands for it."""

CUSTOM = (
    ("Alderbrook Home Loans", None, "buyer"),
    ("Brightwater Solar", None, "buyer"),
    ("Cobalt Quote Forms", "form", None),
    ("Dunmore Leads", "seller", None),
    ("Eastgate Insurance", None, "buyer"),
    ("Fernhill Landing Pages", "form", None),
    ("Gilded Path Education", None, "buyer"),
    ("Hollow Oak Media", "seller", None),
    ("Ivory Coast Roofing", None, "crm"),
    ("Juniper Data Exchange", "other", "other"),
)
"""Name, source kind and recipient kind of the entities of the account's own."""

INVITED_ONCE = 8
"""The connected entity that an invitation brought; the other came by itself."""

STANDARD = (
    ("Sample Address Check", None, "enhancement"),
    ("Sample Call Analytics", None, "analytics"),
    ("Sample CRM", None, "crm"),
    ("Sample Form Builder", "form", None),
    ("Sample Mailing Lists", None, "esp"),
    ("Sample Phone Check", None, "enhancement"),
    ("Sample Social Forms", "form", None),
    ("Sample Webhook", "other", "other"),
)
"""Name, source kind and recipient kind of the built-in entities."""

INVITED = (
    ("amira.stone@example.com", "seller", None, False),
    ("ben.okafor@example.net", None, "buyer", False),
    ("carla.rey@example.org", "seller", None, True),
    ("dmitri.hale@example.com", None, "buyer", False),
    ("elena.voss@example.net", "seller", None, True),
    ("farid.lund@example.org", None, "buyer", False),
)
"""Address, source kind, recipient kind and whether expired, of the pending entities."""


def entities() -> list[Record]:
    """Make the entities, the account's own first."""
    made = [account()]
    made += [custom(number, *one) for number, one in enumerate(CUSTOM, start=1)]
    made += [standard(number, *one) for number, one in enumerate(STANDARD, start=1)]
    made += [pending(number, *one) for number, one in enumerate(INVITED, start=1)]
    return made


def account() -> Record:
    """Make the entity that stands for the caller's account."""
    base = entity(ACCOUNT_ID, "Summit Peak Marketing", "seller", "buyer", 1)
    return {**base, "account": True, "time_zone": "America/New_York"}


def custom(number: int, name: str, source: str | None, recipient: str | None) -> Record:
    """Make an entity of the account's own; every fourth is connected."""
    made = entity(f"65f0a11c0de1{number:012x}", name, source, recipient, number)
    made["field_suffix"] = name.lower()[:5]
    made["website"] = f"https://{name.lower().replace(' ', '-')}.example.com"
    made["trustedform_certified_vendor"] = source == "seller"
    made["flow_ids"] = [f"65f0a11cf10{number:013x}"] if source else []
    if number % 4 == 0:
        made["account"] = True
        made["connected"] = "seller" if source else "buyer"
        made["connected_account_id"] = f"65f0a11cacc{number:013x}"
    if number == INVITED_ONCE:
        made["invitation_id"] = f"65f0a11c1172{number:012x}"
    return made


def standard(number: int, name: str, source: str | None, recipient: str | None) -> Record:
    """Make a built-in entity; the second is deprecated in favour of the first."""
    made = entity(f"65f0a11c0de2{number:012x}", name, source, recipient, number)
    made |= {"standard": True, "account": None, "flow_ids": None}
    if number == 2:  # noqa: PLR2004
        made |= {"deprecated": True, "see": f"65f0a11c0de2{1:012x}"}
    return made


def pending(
    number: int, email: str, source: str | None, recipient: str | None, expired: bool
) -> Record:
    """Make an entity that waits for its invitation to be accepted."""
    made = entity(f"65f0a11c0de3{number:012x}", email, source, recipient, number)
    year = 2026 if expired else 2036
    return made | {
        "account": True,
        "pending": True,
        "expired": expired,
        "invitation_id": f"65f0a11c1171{number:012x}",
        "invitation_expires_at": f"{year}-03-{number:02d}T00:00:00Z",
    }


def entity(eid: str, name: str, source: str | None, recipient: str | None, number: int) -> Record:
    """Make an entity with what all kinds have."""
    side = "inbound" if source else "outbound"
    return {
        "id": eid,
        "name": name,
        "description": f"{name}, as the sandbox knows it",
        "standard": False,
        "account": False,
        "pending": False,
        "deprecated": False,
        "field_suffix": None,
        "invitation_id": None,
        "invitation_expires_at": None,
        "expired": False,
        "flow_ids": [],
        "logo_url": f"https://logos.example.com/{eid}.png",
        "module_ids": [f"leadconduit-sample.{side}.standard"],
        "source": source,
        "recipient": recipient,
        "trustedform_certified_vendor": False,
        "created_at": f"2026-02-{number:02d}T10:00:00Z",
        "updated_at": f"2026-04-{number:02d}T11:30:00Z",
    }
