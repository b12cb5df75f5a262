"""From a document to its plan: made once, and run for every request that sends the document."""

import asyncio
from functools import partial
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    OperationDefinitionNode,
    VariableValues,
)
from graphql.execution.collect_fields import FragmentDetails, collect_fields
from pydantic import BaseModel

from resolvers.call import Call, Origin
from resolvers.context import Context
from resolvers.located import located_at
from resolvers.upstream.errors import NotFound
from schema.leading import is_known
from schema.node import Node, endpoint_of, look
from schema.plans.leaves import Unclean
from schema.plans.links import link_for
from schema.plans.roots import Root, root_for
from schema.plans.run import Run
from schema.plans.spots import Rows, Spot
from schema.plans.things import Things
from schema.selection import Document, NotPlain, Selected, Selection, class_of


class Planned(ExecutionResult):
    """What a plan comes to; `is_plain` if no value of it is graphql-core's."""

    __slots__ = ("is_plain",)

    is_plain: bool

    @classmethod
    def of(cls, data: dict[str, Any], run: Run) -> "Planned":
        """Take what a run has come to."""
        found = cls(data, run.errors or None)
        found.is_plain = not run.needed_core
        return found


class Plan:
    """A query as it is run."""

    def __init__(self, compiler: "Compiler", roots: list[tuple[str, Root]]) -> None:
        """Keep its roots, in the order of the answer."""
        self._compiler, self.roots = compiler, roots

    async def run(self, variables: VariableValues, context: Context) -> ExecutionResult:
        """Run it for one request."""
        executor: Any = self._compiler.strawberry.execution_context_class
        run = Run(self._compiler.document, variables, context, executor)
        data: dict[str, Any] | None = None
        try:
            answers = await self._answers(run)
            data = {place: answer for (place, _), answer in zip(self.roots, answers, strict=True)}
        except GraphQLError as error:
            return ExecutionResult(None, [*run.errors, error])
        return Planned.of(data, run)

    async def _answers(self, run: Run) -> list[Any]:
        if len(self.roots) == 1:
            return [await self.roots[0][1].give(run)]
        return await asyncio.gather(*(root.give(run) for _, root in self.roots))


class Compiler:
    """Makes the plan of one operation, and the parts of it that show only as it runs."""

    def __init__(
        self,
        strawberry: Any,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: VariableValues,
    ) -> None:
        """Compile for what the variables make of the document's conditions."""
        fragments = {
            one.name.value: FragmentDetails(one, None)
            for one in document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        if any(one.definition.variable_definitions for one in fragments.values()):
            raise NotPlain
        self.strawberry = strawberry
        self.document = Document(strawberry.core, operation, fragments, variables)
        self._found: dict[tuple[int, type], Things | None] = {}
        self._known: dict[tuple[int, type], bool] = {}

    def plan(self) -> Plan:
        """Make the plan; raises `NotPlain` where there can be none."""
        document = self.document
        kind = cast("GraphQLObjectType", document.schema.query_type)
        found = collect_fields(
            document.schema, document.fragments, document.variables, kind, document.operation
        )
        if found.new_defer_usages:
            raise NotPlain
        roots = [
            (
                place,
                root_for(self, kind, Selected(place, nodes[0].node.name.value, nodes, document)),
            )
            for place, nodes in found.grouped_field_set.items()
        ]
        return Plan(self, roots)

    def things(
        self, kind: type, selections: list[Selection], *, breaks_alone: bool = False
    ) -> Things:
        """Plan how things of a class are shown; raises `NotPlain` where graphql-core has to.

        Where one of several cannot be shown it knows what is null, unless each `breaks_alone`.
        """
        shown_as = _types(self.strawberry).get(kind)
        if shown_as is None or not issubclass(kind, BaseModel):
            raise NotPlain
        made = Things(kind, shown_as, selections, partial(link_for, self))
        if made.may_break and not breaks_alone:
            raise NotPlain
        return made

    async def thing(
        self,
        run: Run,
        parent: GraphQLObjectType,
        selected: Selected,
        kind: type[Node],
        at: Origin,
        spot: Spot,
        *,
        may_be_gone: bool = False,
        is_sure: bool = True,
    ) -> Any:
        """Give one thing of a kind, read if need be; null if it is gone. Raises a `Fault`.

        What stands in a thing that was just read is there, if that is sure; of others somebody
        wants to know.
        """
        run.session.check(at.platform, kind.needs, at.connection)
        things = self.things_of(selected, kind)
        if is_sure and self.is_known(selected, kind, may_be_gone=may_be_gone):
            if things is not None and things.places is not None:
                return await _show(run, things, at, spot)
            value: Any = located_at(kind, at)
        else:
            value = await self._read(run, things, kind, at, spot)
        if value is None or isinstance(value, _Shown):
            return value and value.answer
        if things is not None:
            try:
                return await _show(run, things, value, spot)
            except (Unclean, AttributeError, TypeError):
                # It is not as its types say, which graphql-core finds out in its own way.
                pass
        return await run.finished(value, parent, selected, spot)

    async def _read(
        self, run: Run, things: Things | None, kind: type[Node], at: Origin, spot: Spot
    ) -> Any:
        endpoint = endpoint_of(kind)
        if endpoint is None or things is None:
            return await look(run.session, kind, at)
        made = Call.make(endpoint, at)
        try:
            reply = await run.session.reply(made)
        except NotFound:
            return None
        reading = things.reading(endpoint)
        found = None if reading is None else reply.selected(reading, made)
        if found is not None:
            try:
                return _Shown(await _show(run, things, found, spot))
            except Unclean:
                pass
        return reply.whole(made)

    def is_known(self, selected: Selected, kind: type[Node], *, may_be_gone: bool) -> bool:
        """Tell whether a thing of a kind need not be read for what is selected of it."""
        place = (id(selected), kind)
        if place not in self._known:
            shown_as = _types(self.strawberry)[kind]
            fields = selected.below().of(shown_as)
            self._known[place] = is_known(kind, shown_as, fields, may_be_gone=may_be_gone)
        return self._known[place]

    def things_of(self, selected: Selected, kind: type[Node]) -> Things | None:
        """Plan how a thing of a kind is shown; None where graphql-core has to."""
        place = (id(selected), kind)
        if place not in self._found:
            try:
                found: Things | None = self.things(kind, [selected.below()])
            except NotPlain:
                found = None
            self._found[place] = found
        return self._found[place]


class _Shown:
    """An answer, where else there would be what it is made of."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer


async def _show(run: Run, things: Things, found: Any, spot: Spot) -> Any:
    return (await things.show(run, [found], 0, Rows(spot)))[0]


def _types(strawberry: Any) -> dict[type, GraphQLObjectType]:
    """Give the type that things of each class are shown as."""
    if strawberry not in _by_class:
        found: dict[type, GraphQLObjectType] = {}
        for kind in strawberry.core.type_map.values():
            if isinstance(kind, GraphQLObjectType) and kind.extensions:
                found[class_of(kind)] = kind
        _by_class[strawberry] = found
    return _by_class[strawberry]


_by_class: dict[Any, dict[type, GraphQLObjectType]] = {}
