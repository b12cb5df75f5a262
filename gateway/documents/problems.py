"""Holds persisted documents against the schema."""

from graphql import GraphQLSchema, parse, validate

from gateway.documents.document import line
from gateway.documents.documents import Documents


def problems(documents: Documents, schema: GraphQLSchema) -> list[str]:
    """Say in a line each what the schema has against the persisted documents."""
    return [
        f"{document.name}: {line(error)}"
        for document in documents.persisted.values()
        for error in validate(schema, parse(document.text))
    ]
