"""Documents as they are read: parsed, measured and validated once, however often they are sent."""

import math
import sys
from collections import OrderedDict
from functools import cached_property

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from resolvers.upstream.errors import BadInput
from schema.cost.kept import Estimates
from schema.incremental import undeferred
from schema.limits.lexed import DEEPEST_NESTING, LONGEST_NAME, Lexed, lexed
from schema.limits.limits import Limits, Over
from schema.limits.shape import Shape, shape_of
from schema.limits.values import Written
from schema.plans.kept import Plans
from schema.variables import Variables

# Those of the specification, and two that go with the inputs of the schema.
RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
# How many mistakes are told; graphql-core writes a whole value for each that is in it.
_MOST_ERRORS = 10
# How many mistakes are told with what is like them.
_MOST_SUGGESTIONS = 5
# What stands between tokens, or in one of them, takes as long to read as so many more of them.
CHARACTERS_OF_A_TOKEN = 50
# No document has more tokens, whatever the limits say: this many take a second to read.
_MOST_TOKENS = 100_000
# What is kept of all documents, in kilobytes.
_MOST_KEPT = 100_000
# A document that is sent once is not worth more room than many small ones.
_LARGEST_KEPT = 10_000
# A text is held as it is, and once more in its own texts; a token takes about two kilobytes, with
# what the document's plans have of it.
_BYTES_OF_TEXT = 500
_KILOBYTES_OF_TOKEN = 2


def _counted(text: str, measured: Lexed | None = None) -> int:
    """Count a text in tokens, comments among them; without reading it, it may well have more."""
    least = len(text) // CHARACTERS_OF_A_TOKEN
    return least if measured is None else max(least, measured.tokens + measured.comments)


class Prepared:
    """One document: what it looks like, and what is wrong with it, each found out when asked for.

    To be measured it need not be valid, so that nothing too large is ever validated.
    """

    def __init__(
        self, schema: GraphQLSchema, text: str, measured: Lexed, *, suggestions: bool
    ) -> None:
        """Parse a document that is not too deep for it; raises `GraphQLSyntaxError`."""
        self.tokens = _counted(text, measured)
        text_takes = sys.getsizeof(text) // _BYTES_OF_TEXT
        tokens = measured.tokens + measured.comments
        self.kilobytes = tokens * _KILOBYTES_OF_TOKEN + text_takes
        self.document: DocumentNode = parse(text)
        self._text = text
        self._schema = schema
        self._suggestions = suggestions
        # How its operations run, once they do.
        self.plans: Plans | None = None
        # The limits that it was found to keep.
        self.keeps: Limits | None = None
        self._variables: dict[int, Variables] = {}

    def variables(self, operation: OperationDefinitionNode) -> Variables:
        """Give what reads the variables of one of its operations."""
        found = self._variables.get(id(operation))
        if found is None:
            found = self._variables[id(operation)] = Variables(self._schema, operation)
        return found

    @cached_property
    def whole(self) -> DocumentNode:
        """What answers all of it at once: the document itself, if it defers nothing."""
        return undeferred(self._text, self.document)

    @cached_property
    def shape(self) -> Shape:
        """How deep and how wide it is."""
        return shape_of(self.document)

    @cached_property
    def errors(self) -> list[GraphQLError]:
        """What is wrong with it."""
        errors = validate(self._schema, self.document, RULES, _MOST_ERRORS, hide_suggestions=True)
        if not errors or not self._suggestions:
            return errors
        # To find what a name is like takes long in a schema of many names.
        return validate(self._schema, self.document, RULES, _MOST_SUGGESTIONS)

    @cached_property
    def introspects(self) -> bool:
        """Whether it asks for the schema itself."""
        return bool(validate(self._schema, self.document, [NoSchemaIntrospectionCustomRule]))

    @cached_property
    def written(self) -> Written:
        """What values are written in it."""
        return Written(self.document)

    @cached_property
    def estimates(self) -> Estimates:
        """What its operations cost."""
        return Estimates(self._schema, self.document)

    @cached_property
    def operations(self) -> list[OperationDefinitionNode]:
        """The operations in it, in their order."""
        found = self.document.definitions
        return [one for one in found if isinstance(one, OperationDefinitionNode)]


class Shelf:
    """Keeps the documents that were asked for last, and no more of them than there is room for."""

    def __init__(self, schema: GraphQLSchema, *, suggestions: bool) -> None:
        """Start empty; `suggestions` is whether errors name what the schema has instead."""
        self._schema = schema
        self._suggestions = suggestions
        self._kept: OrderedDict[str, Prepared] = OrderedDict()
        self._kilobytes = 0

    def find(self, text: str, limits: Limits, over: Over) -> Prepared:
        """Read a document, or find it as it was read before.

        Raises `GraphQLSyntaxError`, and `LimitExceeded` or `BadInput` for what has too many tokens,
        or could not be read safely.
        """
        found = self._kept.get(text)
        if found is not None:
            limits.check("tokens", found.tokens, over)
            self._kept.move_to_end(text)
            return found
        if _counted(text) > (limits.ceiling("tokens") or math.inf):
            # What is this long need not be read to be counted.
            limits.check("tokens", _counted(text), over)
        measured = lexed(text, _MOST_TOKENS)
        counted = _counted(text, measured)
        limits.check("tokens", counted, over)
        if counted > _MOST_TOKENS:
            limits.refuse("tokens", counted, _MOST_TOKENS, over)
        if measured.nesting > DEEPEST_NESTING:
            limits.refuse("depth", measured.nesting, DEEPEST_NESTING, over)
        if measured.longest > LONGEST_NAME:
            raise BadInput(f"A name or a number has at most {LONGEST_NAME} characters.")
        return Prepared(self._schema, text, measured, suggestions=self._suggestions)

    def keep(self, text: str, prepared: Prepared) -> None:
        """Keep a document that has shown itself valid."""
        if prepared.kilobytes > _LARGEST_KEPT or text in self._kept:
            return
        self._kept[text] = prepared
        self._kilobytes += prepared.kilobytes
        while self._kilobytes > _MOST_KEPT:
            _, dropped = self._kept.popitem(last=False)
            self._kilobytes -= dropped.kilobytes
