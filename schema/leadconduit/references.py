"""What entities of LeadConduit point to, of which its API tells the id alone.

LeadConduit API, Entities.
"""

from datetime import datetime

import strawberry

from schema.wire import Wire


@strawberry.pydantic.type
class LeadConduitAccount(Wire):
    """Another account of LeadConduit."""

    platform_id: str
    """LeadConduit's id of the account."""


@strawberry.pydantic.type
class LeadConduitFlow(Wire):
    """A flow, which takes leads from sources and hands them on to recipients."""

    platform_id: str
    """LeadConduit's id of the flow."""


@strawberry.pydantic.type
class LeadConduitModule(Wire):
    """A module, which knows how to exchange leads with one system."""

    platform_id: str
    """LeadConduit's name of the module, such as leadconduit-default.outbound.default."""


@strawberry.pydantic.type
class LeadConduitInvitation(Wire):
    """The invitation that an entity came of, as the entity tells of it."""

    platform_id: str | None
    """Its id at the service of ActiveProspect that keeps accounts."""
    expires_at: datetime | None
    """When it ends; null if it does not, or is accepted."""
    is_expired: bool | None
    """Whether it has ended without an answer."""
