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
    IncrementalDeferResult,
    SubsequentIncrementalExecutionResult,
    Visitor,
    visit,
)
from graphql.execution import CompletedResult, PendingResult
from graphql.execution.incremental import IncrementalExecutor

from resolvers.context import Context
from schema.error_codes import coded

_DEFER = GraphQLDeferDirective.name


def undeferred(text: str, document: DocumentNode) -> DocumentNode:
    """Give a document in which nothing is deferred: the same, if nothing is in it."""
    return visit(document, _Undeferring()) if _DEFER in text else document


class _Undeferring(Visitor):
    """Leaves out what defers."""

    def enter_directive(self, node: DirectiveNode, *_: object) -> Any:
        return REMOVE if node.name.value == _DEFER else None


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
        executor: IncrementalExecutor,
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
