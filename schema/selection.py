"""What a document selects of a type, its fragments and conditions worked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableValues,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_subfields
from strawberry.schema.schema_converter import GraphQLCoreConverter

TYPENAME = "__typename"


class NotPlain(Exception):
    """Something that no plan can be made for; graphql-core knows what to do with it."""


@dataclass(frozen=True, slots=True)
class Document:
    """One operation, with what its conditions come to; `variables` are good for nothing else."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues


@dataclass(frozen=True, slots=True)
class Selected:
    """One field as it is selected of a type: the name of its place in the answer, and its nodes."""

    place: str
    name: str
    details: list[FieldDetails]
    document: Document

    @property
    def node(self) -> FieldNode:
        """The first of its nodes, by whose arguments it is resolved."""
        return self.details[0].node

    @property
    def nodes(self) -> list[FieldNode]:
        """All of its nodes, which errors tell the places of."""
        return [one.node for one in self.details]

    def below(self) -> "Selection":
        """What is selected of what it gives."""
        return Selection(self.document, self.details)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected of whatever some field nodes give.

    A plan knows nothing of what is deferred; what only looks ahead takes it with the rest.
    """

    document: Document
    details: Sequence[FieldDetails]
    takes_deferred: bool = False

    def of(self, kind: GraphQLObjectType) -> list[Selected]:
        """Give the fields of a type in the order of the answer."""
        document = self.document
        found = collect_subfields(
            document.schema,
            document.fragments,
            document.variables,
            document.operation,
            kind,
            list(self.details),
        )
        if found.new_defer_usages and not self.takes_deferred:
            raise NotPlain
        return [
            Selected(place, details[0].node.name.value, details, document)
            for place, details in found.grouped_field_set.items()
        ]


def selection_of(raw: Any) -> Selection:
    """Give what is selected of what a resolver gives, by graphql-core's word of the resolver."""
    fragments = {name: FragmentDetails(one, None) for name, one in raw.fragments.items()}
    variables = VariableValues({}, raw.variable_values)
    document = Document(raw.schema, raw.operation, fragments, variables)
    nodes = [FieldDetails(node, None) for node in raw.field_nodes]
    return Selection(document, nodes, takes_deferred=True)


def made_from(field: GraphQLField) -> Any:
    """Give the field of strawberry's that a field was made from."""
    found = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if found is None:
        raise NotPlain
    return found


def class_of(kind: Any) -> type:
    """Give the Python class of a type's objects."""
    found = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if found is None:
        raise NotPlain
    return found.origin


def link_of(field: GraphQLField | None) -> Any:
    """Give what a field declares of the call that it makes; None if it declares nothing."""
    resolver = None if field is None else made_from(field).base_resolver
    return None if resolver is None else getattr(resolver.wrapped_func, "link", None)
