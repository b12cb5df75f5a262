"""Conduit Link's API to declare endpoints of."""

from resolvers.platforms.conduit import Conduit
from schema.api import Api

api = Api(Conduit)
