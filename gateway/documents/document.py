"""A persisted document, and the hash of its text."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graphql import (
    ExecutableDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    parse,
)

from gateway.documents.errors import ManifestError

# Before a hash in a document's id (GraphQL over HTTP, appendix on persisted documents).
PREFIX = "sha256:"
_LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text, the id that a manifest gives it, and the manifest's file."""

    id: str
    text: str
    file: Path

    @property
    def name(self) -> str:
        """Its file and id, in one line."""
        return f"{self.file}: {shown(self.id)}"

    def check(self) -> None:
        """Raise `ManifestError` unless the text can be run, whatever the schema."""
        if self.id.startswith(PREFIX) and self.id != PREFIX + hashed(self.text):
            raise ManifestError(f"{self.name}: the id is not the hash of the text")
        try:
            definitions = parse(self.text, no_location=True).definitions
        except GraphQLError as error:
            raise ManifestError(f"{self.name}: {line(error)}") from None
        if not all(isinstance(one, ExecutableDefinitionNode) for one in definitions):
            raise ManifestError(f"{self.name}: the text has definitions of a schema")
        if not any(isinstance(one, OperationDefinitionNode) for one in definitions):
            raise ManifestError(f"{self.name}: the text has no operation")


def hashed(text: str) -> str:
    """Hash a text as the drafts and Apollo's clients do, in lower-case hexadecimal."""
    return sha256(encoded(text)).hexdigest()


def encoded(text: str) -> bytes:
    """Write a text in UTF-8."""
    # JSON may have half of a surrogate pair, for which UTF-8 has no bytes.
    return text.encode("utf-8", "surrogatepass")


def shown(id: str) -> str:
    """Write an id as part of a line."""
    return repr(id[:_LONGEST_SHOWN])


def line(error: GraphQLError) -> str:
    """Write what is wrong with a text, and where, as part of a line."""
    where = f"line {error.locations[0].line}: " if error.locations else ""
    return where + " ".join(error.message.split())
