"""Documents that callers name instead of sending them; see docs/persisted-documents.md."""

from gateway.documents.documents import Asked, Documents, Origin
from gateway.documents.errors import DocumentFault, ManifestError
from gateway.documents.problems import problems
from gateway.documents.settings import DocumentsSettings

__all__ = [
    "Asked",
    "DocumentFault",
    "Documents",
    "DocumentsSettings",
    "ManifestError",
    "Origin",
    "problems",
]
