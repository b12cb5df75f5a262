"""An operation's way through the gateway, from the text of its document to its answer.

    read        its tokens are counted, it is parsed, and found again the next time
    measured    by its shape: nothing that is too large is ever validated
    validated   against the schema
    chosen      which of its operations runs, and whether this request may run it
    valued      what its variables make longer is measured, and they are read
    estimated   in calls to the platforms, which the caller's minute has to allow
    executed

Whatever ends it before the last step has made no call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from inspect import isawaitable
from typing import Any, Protocol, cast

from graphql import (
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    VariableValues,
    experimental_execute_incrementally,  # pyright: ignore[reportUnknownVariableType]
)

from resolvers.context import Context
from resolvers.upstream.errors import ErrorCode, Fault, NotPermitted
from schema.build import Schema
from schema.cost.count import NOTHING, Estimate
from schema.cost.report import report
from schema.error_codes import coded
from schema.incremental import Deferring, Later
from schema.limits.lexed import DEEPEST_NESTING
from schema.limits.limits import Limits, Over
from schema.plans.compiler import Plan, Planned
from schema.plans.kept import Plans
from schema.prepared import Prepared, Shelf

# A name is of letters, digits and underscores, but may be of any length.
_LONGEST_NAME = 64


class Allowance(Protocol):
    """What a caller may still ask in this minute, in calls to platforms."""

    async def take(self, calls: int) -> None:
        """Take what an operation may cost; raises `LimitExceeded`."""
        ...

    async def settle(self, made: int) -> None:
        """Give back what it has not cost."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks for: a document, which of its operations, and what goes into it."""

    document: str
    variables: Mapping[str, Any] = field(default_factory=dict[str, Any])
    operation_name: str | None = None
    only_queries: bool = False
    in_parts: bool = False
    """Whether what is deferred may be answered later."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for a request: the limits, who is told of what exceeds them, what may be seen."""

    limits: Limits
    over: Over
    allowance: Allowance
    introspection: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an operation; `refused` is why it was not run, where that is a fault.

    `later` is what it deferred. Whoever gets it reads it to its end, or closes it. What `is_plain`
    has no number in it that JSON does not have.
    """

    data: dict[str, Any] | None = None
    errors: list[GraphQLError] = field(default_factory=list[GraphQLError])
    extensions: dict[str, Any] = field(default_factory=dict[str, Any])
    ran: bool = False
    refused: Fault | None = None
    later: Later | None = None
    is_plain: bool = False


class NotAllowedHere(Fault):
    """An operation that this kind of request cannot run: a mutation by GET."""

    code = ErrorCode.BAD_USER_INPUT
    status = 405


class _Refused(Exception):
    """What ends an operation before it is run, as GraphQL's own errors."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__()
        self.errors = errors


@dataclass(frozen=True, slots=True)
class _Plan:
    """An operation that may be run."""

    prepared: Prepared
    operation: OperationDefinitionNode
    values: VariableValues
    estimated: Estimate

    @property
    def calls(self) -> int:
        """What it may cost; at least 1."""
        return max(1, self.estimated.total)


class Operations:
    """Runs operations over one schema."""

    def __init__(self, schema: Schema, *, suggestions: bool = False, compiles: bool = True) -> None:
        """Start to keep documents; `suggestions` is whether errors name what is like a mistake.

        What it `compiles` runs by a plan of its own (schema/plans); without, graphql-core runs all.
        """
        self._schema = schema
        self._suggestions, self._compiles = suggestions, compiles
        self._shelf = Shelf(schema.core, suggestions=suggestions)
        self._executor: Any = schema.execution_context_class  # pyright: ignore[reportUnknownMemberType]

    async def run(self, asked: Asked, context: Context, rules: Rules) -> Answer:
        """Run an operation as far as the rules let it; never raises for what is asked."""
        plan = self._plan_or_refusal(asked, context, rules)
        try:
            # To find out that it cannot be run is work too.
            await rules.allowance.take(1 if isinstance(plan, Answer) else plan.calls)
        except Fault as fault:
            plan = _refusal(fault)
        if isinstance(plan, Answer):
            return self._answer(plan, NOTHING, context)
        if asked.in_parts and plan.prepared.whole is not plan.prepared.document:
            return await self._begun(plan, asked, context, rules)
        try:
            result = await self._executed(plan, asked, context)
        finally:
            await rules.allowance.settle(max(1, context.made.total()))
        is_plain = isinstance(result, Planned) and result.is_plain
        ran = Answer(result.data, list(result.errors or ()), ran=True, is_plain=is_plain)
        return self._answer(ran, plan.estimated, context)

    async def _begun(self, plan: _Plan, asked: Asked, context: Context, rules: Rules) -> Answer:
        """Run what is not deferred, and leave the rest to whoever reads on."""
        # With the variables read, there is nothing left that it could refuse.
        build = cast("Any", Deferring).build
        executor = build(
            self._schema.core,
            plan.prepared.document,
            context_value=context,
            raw_variable_values=dict(asked.variables),
            operation_name=asked.operation_name,
            enable_early_execution=context.asked.kind == OperationType.QUERY.value,
            hide_suggestions=not self._suggestions,
        )
        later = Later(
            executor,
            context,
            lambda: self._extensions(plan.estimated, context),
            lambda: rules.allowance.settle(max(1, context.made.total())),
        )
        result = await later.first()
        rest = later if later.is_expected else None
        ran = Answer(result.data, list(result.errors or ()), ran=True, later=rest)
        return self._answer(ran, plan.estimated, context)

    def _plan_or_refusal(self, asked: Asked, context: Context, rules: Rules) -> "_Plan | Answer":
        try:
            return self._planned(asked, context, rules)
        except _Refused as refusal:
            return Answer(errors=refusal.errors)
        except Fault as fault:
            return _refusal(fault)
        except GraphQLError as error:
            return Answer(errors=[error])

    def _planned(self, asked: Asked, context: Context, rules: Rules) -> _Plan:
        prepared = self._shelf.find(asked.document, rules.limits, rules.over)
        _check_shape(prepared, rules)
        operation = _chosen(prepared.operations, asked, context)
        if prepared.errors:
            raise _Refused(prepared.errors)
        self._shelf.keep(asked.document, prepared)
        if asked.only_queries and operation.operation is not OperationType.QUERY:
            raise NotAllowedHere("A GET runs queries alone; send this by POST.")
        # To read a list of very many items takes longer than to count them.
        _check_values(prepared, asked, rules)
        reader = prepared.variables(operation)
        values = reader.read(asked.variables, suggestions=self._suggestions)
        if not isinstance(values, VariableValues):
            raise _Refused(values)
        connections = context.session.connections.platforms
        found = prepared.estimates.of(operation, asked.variables, values, connections)
        _check_cost(found, rules)
        return _Plan(prepared, operation, values, found)

    async def _executed(self, plan: _Plan, asked: Asked, context: Context) -> ExecutionResult:
        planned = self._compiled(plan) if self._compiles else None
        if planned is not None:
            return await planned.run(plan.values, context)
        # The other way refuses a schema with `@defer`, also for a document without it.
        run: Any = experimental_execute_incrementally  # pyright: ignore[reportUnknownVariableType]
        running: Any = run(
            self._schema.core,
            plan.prepared.whole,
            context_value=context,
            variable_values=dict(asked.variables),
            operation_name=asked.operation_name,
            executor_class=self._executor,
            hide_suggestions=not self._suggestions,
        )
        return await running if isawaitable(running) else running

    def _compiled(self, plan: _Plan) -> Plan | None:
        prepared = plan.prepared
        if prepared.plans is None:
            prepared.plans = Plans(self._schema, prepared.whole)
        return prepared.plans.of(plan.operation, plan.values)

    def _answer(self, answer: Answer, estimated: Estimate, context: Context) -> Answer:
        """Give an answer as its caller may see it."""
        if not (answer.errors or context.wants_cost):
            return answer
        seen = [coded(error, context.request_id) for error in answer.errors]
        # What it costs is known at its end.
        extensions = {} if answer.later else self._extensions(estimated, context)
        return replace(answer, errors=seen, extensions=extensions)

    def _extensions(self, estimated: Estimate, context: Context) -> dict[str, Any]:
        return report(context, estimated) if context.wants_cost else {}


def _refusal(fault: Fault) -> Answer:
    return Answer(errors=[GraphQLError(fault.message, original_error=fault)], refused=fault)


_OF_SHAPE = ("depth", "fields", "aliases", "directives", "introspection_depth", "overlaps")


def _check_shape(prepared: Prepared, rules: Rules) -> None:
    shape, limits = prepared.shape, rules.limits
    if prepared.keeps is not limits:
        for name in _OF_SHAPE:
            limits.check(name, getattr(shape, name), rules.over)
        if all(getattr(shape, name) <= getattr(limits, name).most for name in _OF_SHAPE):
            # Of one that goes beyond what is only measured it is told each time.
            prepared.keeps = limits
    if shape.depth > DEEPEST_NESTING:
        # Through fragments; what is run deeper would break off somewhere in between.
        rules.limits.refuse("depth", shape.depth, DEEPEST_NESTING, rules.over)
    if not rules.introspection and prepared.introspects:
        raise NotPermitted("This gateway does not tell its schema.")


def _check_values(prepared: Prepared, asked: Asked, rules: Rules) -> None:
    longest = prepared.written.longest_list(asked.variables)
    rules.limits.check("list_length", longest, rules.over)
    first = prepared.written.greatest_first(asked.variables)
    rules.limits.check("first", first, rules.over)


def _check_cost(found: Estimate, rules: Rules) -> None:
    rules.limits.check("calls", found.total, rules.over)
    dearest = max(found.by_platform.values(), default=0)
    rules.limits.check("platform_calls", dearest, rules.over)


def _chosen(
    operations: list[OperationDefinitionNode], asked: Asked, context: Context
) -> OperationDefinitionNode:
    """Find which operation runs (GraphQL specification, 6.1 GetOperation)."""
    given = asked.operation_name
    if given is None and len(operations) > 1:
        message = "The document has several operations; say which in `operationName`."
        raise _Refused([GraphQLError(message, operations[1:])])
    named = {one.name.value if one.name else None: one for one in operations}
    found = next(iter(operations), None) if given is None else named.get(given)
    if found is None:
        named_so = "" if given is None else " of that name"
        raise _Refused([GraphQLError(f"The document has no operation{named_so}.")])
    context.asked.kind = found.operation.value
    context.asked.name = found.name.value[:_LONGEST_NAME] if found.name else None
    return found
