"""Which of a document's operations runs (GraphQL specification, 6.1 GetOperation)."""

from collections.abc import Iterator, Sequence
from typing import cast

from graphql import GraphQLError, OperationDefinitionNode
from strawberry.extensions import SchemaExtension

from resolvers.context import Context

# A name is of letters, digits and underscores, but may be of any length.
_LONGEST_NAME = 64


class OperationName(SchemaExtension):
    """Finds the operation, and notes what it is.

    A document of several without a name is refused; strawberry would run the first.
    """

    def on_validate(self) -> Iterator[None]:
        """Look before anything else is checked."""
        running = self.execution_context
        document = running.graphql_document
        operations = [
            definition
            for definition in (document.definitions if document is not None else ())
            if isinstance(definition, OperationDefinitionNode)
        ]
        # What was sent; the public attribute gives the first operation's name where none was.
        given = running._provided_operation_name  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        if len(operations) > 1 and given is None:
            message = "The document has several operations; say which in `operationName`."
            running.pre_execution_errors = [GraphQLError(message, operations[1:])]
        else:
            _note(cast("Context | None", running.context), operations, given)
        yield


def _note(
    context: Context | None, operations: Sequence[OperationDefinitionNode], given: str | None
) -> None:
    named = {one.name.value if one.name else None: one for one in operations}
    found = operations[0] if given is None and operations else named.get(given)
    if context is not None and found is not None:
        context.asked.kind = found.operation.value
        context.asked.name = found.name.value[:_LONGEST_NAME] if found.name else None
