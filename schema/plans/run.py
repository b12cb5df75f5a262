"""One operation as its plan runs: its errors, and what graphql-core does for it."""

import asyncio
from collections.abc import Coroutine, Sequence
from inspect import isawaitable
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    VariableValues,
    default_field_resolver,  # pyright: ignore[reportUnknownVariableType]
    default_type_resolver,  # pyright: ignore[reportUnknownVariableType]
    located_error,
)
from graphql.pyutils import Path

from resolvers.context import Context
from schema.plans.spots import Spot, Step
from schema.selection import Document, Selected


class Run:
    """What the parts of a plan share while one operation runs."""

    def __init__(
        self, document: Document, variables: VariableValues, context: Context, executor: Any
    ) -> None:
        """Start without errors; `executor` is graphql-core's, made only where it is needed."""
        self.document, self.variables, self.context = document, variables, context
        self.session = context.session
        self._errors: list[GraphQLError] = []
        self._class = executor
        self._made: Any = None

    @property
    def errors(self) -> list[GraphQLError]:
        """All errors so far."""
        found: list[GraphQLError] = [] if self._made is None else self._made.collected_errors.errors
        return [*self._errors, *found]

    @property
    def needed_core(self) -> bool:
        """Whether graphql-core has done some of it."""
        return self._made is not None

    def fail(self, error: Exception, spot: Spot, selected: Selected) -> None:
        """Tell an error at every place of a value."""
        for path in spot.paths():
            self._errors.append(located_error(error, selected.nodes, path))

    @staticmethod
    async def all(works: Sequence[Coroutine[Any, Any, None]]) -> None:
        """Do several things at once."""
        if len(works) == 1:
            await works[0]
        elif works:
            await asyncio.gather(*works)

    async def finished(
        self, value: Any, kind: GraphQLObjectType, selected: Selected, spot: Spot
    ) -> Any:
        """Have graphql-core answer what a field of a type gives, with all that is not as usual.

        At a spot that is a number, it is an item of the list that the field gives.
        """
        field = kind.fields[selected.name]
        given = field.type if isinstance(spot.name, str) else field.type.of_type
        executor, answer = self._executor(), None
        for steps in spot.paths():
            path = _path(steps)
            info = executor.build_resolve_info(field, selected.nodes, kind, path)
            try:
                answer = executor.complete_value(given, selected.details, info, path, value, None)
                if isawaitable(answer):
                    answer = await answer
            except Exception as error:  # noqa: BLE001 - as graphql-core does
                executor.handle_field_error(error, given, selected.details, path)
                answer = None
        return answer

    def resolved(self, thing: Any, kind: GraphQLObjectType, selected: Selected, spot: Spot) -> Any:
        """Have graphql-core resolve a field of a thing; gives its answer, or what to await it of.

        Raises `GraphQLError` where the field may not be null and is.
        """
        resolve: Any = self._executor().execute_field
        paths = [_path(steps) for steps in spot.paths()]
        answers = [resolve(kind, thing, selected.details, path, None) for path in paths]
        return answers[0] if len(answers) == 1 else _last(answers)

    def _executor(self) -> Any:
        if self._made is None:
            document = self.document
            self._made = self._class(
                document.schema,
                {name: one.definition for name, one in document.fragments.items()},
                document.fragments,
                None,
                self.context,
                document.operation,
                self.variables,
                default_field_resolver,
                default_type_resolver,
                default_field_resolver,
                hide_suggestions=True,
            )
        return self._made


async def _last(answers: Sequence[Any]) -> Any:
    answer: Any = None
    for one in answers:
        answer = await one if isawaitable(one) else one
    return answer


def _path(steps: Sequence[Step]) -> Path:
    path: Path | None = None
    for step in steps:
        path = Path(path, step, None)
    assert path is not None  # noqa: S101 - every value has a place
    return path
