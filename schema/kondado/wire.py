"""Kondado's API to declare endpoints of, and the envelope of its answers."""

from typing import Generic, TypeVar

from resolvers.platforms.kondado import Kondado
from resolvers.reply import Envelope
from schema.api import Api

api = Api(Kondado)
Item = TypeVar("Item")


class KondadoAnswer(Envelope[Item], Generic[Item]):
    """What Kondado wraps its answers in."""

    data: Item

    @property
    def content(self) -> Item:
        """What is inside."""
        return self.data
