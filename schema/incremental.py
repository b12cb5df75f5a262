"""Answers in parts: what a fragment under `@defer` selects comes when it is there.

All parts are of one operation. What is deferred begins as soon as its place is known, so that the
last part comes no later than the whole would have. In a mutation it begins when all that is changed
is changed.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any, cast

from graphql import (
    REMOVE,
    DirectiveNode,
    DocumentNode,
    ExecutionResult,
    ExperimentalIncrementalExecutionResults,
    GraphQLDeferDirective,
    GraphQLError,
    GraphQLObjectType,
    IncrementalDeferResult,
    SubsequentIncrementalExecutionResult,
    Visitor,
    visit,
)
from graphql.execution import CompletedResult, PendingResult
from graphql.execution.collect_fields import DeferUsage, GroupedFieldSet
from graphql.execution.incremental.build_execution_plan import DeferUsageSet
from graphql.execution.incremental.incremental_executor import DeliveryGroup, DeliveryGroupMap
from graphql.pyutils import AwaitableOrValue, Path, SetMap
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from resolvers.context import Context
from schema.error_codes import coded

_DEFER = GraphQLDeferDirective.name
MOST_PIECES = 1_000
"""How much of an answer is deferred: fragments for each thing they are of, and runs of them."""


def undeferred(text: str, document: DocumentNode) -> DocumentNode:
    """Give a document in which nothing is deferred: the same, if nothing is in it."""
    return visit(document, _Undeferring()) if _DEFER in text else document


class _Undeferring(Visitor):
    """Leaves out what defers."""

    def enter_directive(self, node: DirectiveNode, *_: object) -> Any:
        """Leave out `@defer`."""
        return REMOVE if node.name.value == _DEFER else None


class Deferring(StrawberryGraphQLCoreExecutionContext):
    """Runs one operation, and defers so much of it; what is more comes with what it stands in.

    A fragment is deferred once for each thing that it is selected of, and takes some 50 µs and 5 KB
    each time, which is many times what a field takes.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        """Begin with nothing deferred."""
        super().__init__(*given, **named)
        # What runs what was deferred is a copy, and counts here as well.
        self._count = _Count()

    def execute_collected_subfields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path,
        grouped_field_set: GroupedFieldSet,
        new_defer_usages: Sequence[DeferUsage],
        delivery_group_map: DeliveryGroupMap | None,
    ) -> AwaitableOrValue[dict[str, Any]]:
        """Select of a thing, and defer while there is room; it never comes back."""
        thing = parent_type, source_value, path, grouped_field_set
        if self._count.pieces >= MOST_PIECES:
            return self.execute_fields(*thing, delivery_group_map)
        return super().execute_collected_subfields(*thing, new_defer_usages, delivery_group_map)

    def get_new_delivery_group_map(
        self,
        new_defer_usages: Sequence[DeferUsage],
        delivery_group_map: DeliveryGroupMap | None,
        path: Path | None,
    ) -> tuple[list[DeliveryGroup], DeliveryGroupMap]:
        """Count the fragments."""
        self._count.pieces += len(new_defer_usages)
        return super().get_new_delivery_group_map(new_defer_usages, delivery_group_map, path)

    def collect_execution_groups(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        new_grouped_field_sets: SetMap[DeferUsageSet, GroupedFieldSet],
        delivery_group_map: DeliveryGroupMap,
    ) -> None:
        """Count what is run by itself: what just these of the fragments have in common."""
        self._count.pieces += len(new_grouped_field_sets)
        thing = parent_type, source_value, path
        super().collect_execution_groups(*thing, new_grouped_field_sets, delivery_group_map)


@dataclass(slots=True)
class _Count:
    """How much has been deferred so far."""

    pieces: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What has become known since the part before: what is there, and what is still to come."""

    delivered: Sequence[IncrementalDeferResult] = ()
    completed: Sequence[CompletedResult] = ()
    pending: Sequence[PendingResult] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict[str, Any])
    is_last: bool = False

    @property
    def errors(self) -> list[GraphQLError]:
        """All errors in it, of fragments that are there and of those that never will be."""
        return [error for one in (*self.delivered, *self.completed) for error in one.errors or ()]


class Later:
    """The parts of one answer; whoever has the first one reads on, or closes what is left."""

    def __init__(
        self,
        executor: Deferring,
        context: Context,
        tell: Callable[[], Mapping[str, Any]],
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        """Stand at the first part; `tell` gives the extensions of the last, `settle` ends it."""
        self._executor = executor
        self._context = context
        self._tell, self._settle = tell, settle
        self._results: AsyncGenerator[SubsequentIncrementalExecutionResult] | None = None
        self._is_closed = self._is_last = False
        self.pending: Sequence[PendingResult] = ()

    @property
    def is_expected(self) -> bool:
        """Whether there is more than the first part."""
        return self._results is not None

    async def first(self) -> ExecutionResult:
        """Run what is not deferred, and give it with its errors as they are."""
        try:
            result: Any = self._executor.execute_operation()
            result = await result if isawaitable(result) else result
        except BaseException:
            # The client may have gone, with what is deferred under way.
            await self.close()
            raise
        if not isinstance(result, ExperimentalIncrementalExecutionResults):
            await self.close()
            return cast("ExecutionResult", result)
        begun = result.initial_result
        self.pending = begun.pending
        self._results = result.subsequent_results
        return ExecutionResult(begun.data, begun.errors)

    def __aiter__(self) -> "Later":
        """Go through the parts that follow the first."""
        return self

    async def __anext__(self) -> Part:
        """Wait for the next part, whose errors are as a caller may see them."""
        if self._results is None or self._is_last:
            raise StopAsyncIteration
        part = self._coded(await anext(self._results))
        self._is_last = part.is_last
        return part

    async def close(self) -> None:
        """End what is still under way, and charge what it has cost; once is enough."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            if self._results is not None:
                await self._results.aclose()
            # What has begun early is under way though nobody has waited for it.
            await self._executor.cancel_incremental_work()
        finally:
            await self._settle()

    def _coded(self, result: SubsequentIncrementalExecutionResult) -> Part:
        for one in (*(result.incremental or ()), *(result.completed or ())):
            if one.errors:
                one.errors = [coded(_located(e), self._context.request_id) for e in one.errors]
        is_last = not result.has_next
        return Part(
            # Nothing streams here, so all of it is deferred.
            cast("Sequence[IncrementalDeferResult]", result.incremental or ()),
            result.completed or (),
            result.pending or (),
            self._tell() if is_last else {},
            is_last,
        )


def _located(error: GraphQLError) -> GraphQLError:
    """Take what graphql-core itself breaks off for a fault of our own: it has no place."""
    if error.nodes is None and error.original_error is None:
        return GraphQLError(error.message, path=error.path, original_error=RuntimeError())
    return error
