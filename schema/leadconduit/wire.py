"""LeadConduit's API to declare endpoints of, and its connection."""

import strawberry

from resolvers.platforms.leadconduit import LeadConduit
from schema.api import Api
from schema.connections import PlatformConnection

api = Api(LeadConduit)


@strawberry.pydantic.type
class LeadConduitConnection(PlatformConnection):
    """A connection to LeadConduit: one API key of an account."""

    credentials = LeadConduit
