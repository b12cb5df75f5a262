"""Manifests as the generators write them, and what is in them."""

import json
from pathlib import Path

from gateway.documents import Asked, Documents, DocumentsSettings
from gateway.documents.document import hashed

MANIFESTS = Path(__file__).parent / "manifests"
APOLLO = MANIFESTS / "apollo.json"
RELAY = MANIFESTS / "relay.json"
CODEGEN = MANIFESTS / "persisted-documents.json"

COMPANIES, ENTITY_DELETE = (
    (one["id"], one["body"]) for one in json.loads(APOLLO.read_text())["operations"]
)
((GROUPS_ID, GROUPS),) = json.loads(RELAY.read_text()).items()
((ENTITIES_ID, ENTITIES),) = json.loads(CODEGEN.read_text()).items()

# What is in none of them.
OTHER = "query Other { members(first: 1) { nodes { id } } }"


def documents(**settings: object) -> Documents:
    """Make documents of these settings."""
    return Documents(DocumentsSettings.model_validate(settings))


def by_id(id: str) -> Asked:
    """Ask for a document by its id."""
    return Asked(document_id=id)


def by_hash(hash: str, query: str | None = None) -> Asked:
    """Ask for a document as Apollo's clients do, with or without its text."""
    return Asked(query, extensions=persisted_query(hash))


def persisted_query(hash: str) -> dict[str, object]:
    """Write the extension in which Apollo's clients send a hash."""
    return {"persistedQuery": {"version": 1, "sha256Hash": hash}}


def prefixed(text: str) -> str:
    """Write the id that the draft gives a text."""
    return f"sha256:{hashed(text)}"
