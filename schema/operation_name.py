"""Which of a document's operations runs (GraphQL specification, 6.1 GetOperation)."""

from collections.abc import Iterator

from graphql import GraphQLError, OperationDefinitionNode
from strawberry.extensions import SchemaExtension


class OperationName(SchemaExtension):
    """Refuses a document of several operations without a name; strawberry would run the first."""

    def on_validate(self) -> Iterator[None]:
        """Look before anything else is checked."""
        context = self.execution_context
        document = context.graphql_document
        operations = [
            definition
            for definition in (document.definitions if document is not None else ())
            if isinstance(definition, OperationDefinitionNode)
        ]
        # What was sent; the public attribute gives the first operation's name where none was.
        given = context._provided_operation_name  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        if len(operations) > 1 and given is None:
            message = "The document has several operations; say which in `operationName`."
            context.pre_execution_errors = [GraphQLError(message, operations[1:])]
        yield
