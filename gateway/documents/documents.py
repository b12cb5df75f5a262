"""Finds the document of a request: it is sent, or named by its id or its hash."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import structlog

from gateway.documents.automatic import Automatic
from gateway.documents.document import PREFIX, Document, hashed
from gateway.documents.errors import (
    HashesNotSupported,
    NotPersisted,
    UnknownDocument,
    UnknownHash,
    WronglyAsked,
)
from gateway.documents.manifest import read
from gateway.documents.settings import DocumentsSettings
from schema.limits.limit import Mode

_log = structlog.stdlib.get_logger("manifold.gateway")


class Origin(StrEnum):
    """Where the document of an operation came from, for metrics."""

    PERSISTED = "persisted"
    """The manifest, also where it was sent and is equal to one there."""
    AUTOMATIC = "automatic"
    """What an earlier request registered."""
    SENT = "sent"
    """The request itself."""


@dataclass(frozen=True)
class Asked:
    """What a request says of its document; None is what it does not say."""

    query: str | None = None
    document_id: str | None = None
    extensions: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Documents:
    """The documents that can be named, and whether others may be sent."""

    def __init__(
        self, settings: DocumentsSettings, count: Callable[[Origin], None] | None = None
    ) -> None:
        """Read the manifest; `count` is told of each document found. Raises `ManifestError`."""
        self.persisted: Mapping[str, Document] = (
            {} if settings.manifest is None else read(settings.manifest)
        )
        self._by_hash = {hashed(one.text): one.text for one in self.persisted.values()}
        self._texts = frozenset(self._by_hash.values())
        self._mode = settings.mode
        self._count = count
        self._automatic = (
            Automatic(settings.automatic_documents, settings.automatic_bytes)
            if settings.automatic
            else None
        )

    def text(self, asked: Asked, method: str) -> str:
        """Give the text of the document that a request asks for. Raises `DocumentFault`."""
        hash = _hash(asked.extensions)
        if asked.document_id is not None:
            if asked.query is not None or hash is not None:
                raise WronglyAsked("With a `documentId`, there is no `query` or `persistedQuery`.")
            return self._named(asked.document_id)
        if asked.query is not None:
            if hash is not None:
                self._register(hash, asked.query)
            return self._allowed(asked.query, Origin.SENT, method)
        if hash is None:
            raise WronglyAsked("A request has a `query` or a `documentId`.")
        return self._hashed(hash, method)

    def _named(self, id: str) -> str:
        found = self._find(id)
        if found is None:
            raise UnknownDocument
        return self._found(found, Origin.PERSISTED)

    def _find(self, id: str) -> str | None:
        """Find a text by the manifest's id for it, or by the hash behind its prefix."""
        if id in self.persisted:
            return self.persisted[id].text
        return self._by_hash.get(id.removeprefix(PREFIX)) if id.startswith(PREFIX) else None

    def _hashed(self, hash: str, method: str) -> str:
        # Apollo's clients send the ids of a manifest as hashes, whatever they are.
        persisted = self._find(hash) or self._find(PREFIX + hash)
        if persisted is not None:
            return self._found(persisted, Origin.PERSISTED)
        kept = None if self._automatic is None else self._automatic.find(hash)
        if kept is not None:
            return self._allowed(kept, Origin.AUTOMATIC, method)
        if self._mode is Mode.ENFORCE:
            # To be asked for the text would help no client: it would be refused.
            raise UnknownDocument
        raise UnknownHash if self._automatic or self.persisted else HashesNotSupported

    def _register(self, hash: str, text: str) -> None:
        if self._find(hash) == text:
            return
        if hash != hashed(text):
            raise WronglyAsked("The `sha256Hash` is not that of the `query`.")
        if self._automatic is not None:
            self._automatic.keep(hash, text)

    def _allowed(self, text: str, origin: Origin, method: str) -> str:
        if text in self._texts:
            return self._found(text, Origin.PERSISTED)
        if self._mode is Mode.ENFORCE:
            raise NotPersisted
        if self._mode is Mode.MEASURE:
            # The operation's own line has its name, under the same request id.
            _log.warning("document not persisted", id=PREFIX + hashed(text), method=method)
        return self._found(text, origin)

    def _found(self, text: str, origin: Origin) -> str:
        if self._count is not None:
            self._count(origin)
        return text


def _hash(extensions: Mapping[str, Any]) -> str | None:
    """Read `persistedQuery` as Apollo's clients write it."""
    match extensions.get("persistedQuery"):
        case None:
            return None
        case {"version": 1, "sha256Hash": str(hash)}:
            return hash
        case _:
            message = "`persistedQuery` has the `version` 1 and a text as its `sha256Hash`."
            raise WronglyAsked(message)
