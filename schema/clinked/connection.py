"""A connection to Clinked, and what hangs on it rather than on an account."""

import strawberry

from resolvers.platforms.clinked import Clinked
from schema.clinked.accounts import ConnectionAccounts
from schema.clinked.applications import ConnectionApplications
from schema.clinked.events import ConnectionEvents
from schema.clinked.tasks import ConnectionTasks
from schema.clinked.user_info import ConnectionUserInfo
from schema.connections import PlatformConnection


@strawberry.pydantic.type
class ClinkedConnection(
    ConnectionAccounts,
    ConnectionApplications,
    ConnectionEvents,
    ConnectionTasks,
    ConnectionUserInfo,
    PlatformConnection,
):
    """A connection to Clinked: an application, or a user."""

    credentials = Clinked
