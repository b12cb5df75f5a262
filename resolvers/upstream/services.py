"""What all connections of a gateway share."""

from dataclasses import dataclass, field

from resolvers.upstream.observer import Nobody, Observer
from resolvers.upstream.sealing import Seal
from resolvers.upstream.store import MemoryStore, Store

# What of every budget reads leave to mutations.
MUTATION_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Services:
    """The store, what seals secrets in it, who watches, and the share kept for mutations."""

    store: Store = field(default_factory=MemoryStore)
    seal: Seal = field(default_factory=Seal.of_process)
    observer: Observer = field(default_factory=Nobody)
    mutation_share: float = MUTATION_SHARE
