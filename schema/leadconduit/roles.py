"""As what LeadConduit's entities give and take leads. LeadConduit API, Entities."""

from schema.scalars import OpenEnum


class LeadConduitSourceKind(OpenEnum):
    """As what an entity gives leads."""

    FORM = "form"
    """A web form."""
    SELLER = "seller"
    """Someone who sells leads."""
    OTHER = "other"
    """Another kind of source, or one that this gateway does not know yet."""


class LeadConduitRecipientKind(OpenEnum):
    """As what an entity takes leads."""

    BUYER = "buyer"
    """Someone who buys leads."""
    CRM = "crm"
    """A system that manages customers."""
    ANALYTICS = "analytics"
    """A system that analyses leads."""
    ENHANCEMENT = "enhancement"
    """A service that adds to leads."""
    ESP = "esp"
    """A service that sends e-mail."""
    OTHER = "other"
    """Another kind of recipient, or one that this gateway does not know yet."""


class LeadConduitConnected(OpenEnum):
    """As what another account is connected to this one."""

    SELLER = "seller"
    """It sells to this account."""
    BUYER = "buyer"
    """It buys from this account."""
    BOTH = "both"
    """It does both."""
    OTHER = "OTHER"
    """Something that this gateway does not know yet."""
