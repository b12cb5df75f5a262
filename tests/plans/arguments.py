"""Arguments, variables and directives, as they stand in a document that is being written."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from graphql import GraphQLArgument, GraphQLField, GraphQLNonNull, Undefined

from tests.plans.document import Variable
from tests.plans.routes import kind_of
from tests.plans.values import Values, is_a, literal, non_null


class Arguments:
    """Writes them, by chance; `variables` are those that came of it."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._values = Values(random)
        self.variables: dict[str, Variable] = {}

    def of(self, field: GraphQLField, known: Sequence[str], *, continues: bool) -> str:
        """Write what a field is given, with its brackets; `known` are the kinds of ids.

        One that `continues` a list takes a cursor out of an answer before.
        """
        given = {
            name: self._argument(argument, name, known)
            for name, argument in field.args.items()
            if self._is_needed(argument) or self._chance(0.25)
        }
        if continues:
            given["after"] = self._variable("String", None, lambda _: None, continues=True)
        written = ", ".join(f"{name}: {value}" for name, value in given.items())
        return f"({written})" if given else ""

    def directives(self, *, defers: bool = False) -> tuple[str, ...]:
        """Write directives, mostly none; only what `defers` may come later."""
        later = ("@defer",) if defers and self._chance(0.03) else ()
        if not self._chance(0.1):
            return later
        names = self._random.choice((["include"], ["include"], ["skip"], ["skip", "include"]))
        return (*later, *(f"@{name}(if: {self._condition(name)})" for name in names))

    def _chance(self, of: float) -> bool:
        return self._random.random() < of

    def _is_needed(self, argument: GraphQLArgument) -> bool:
        return is_a(kind_of(argument), GraphQLNonNull) and argument.default_value is Undefined

    def _argument(self, argument: GraphQLArgument, name: str, known: Sequence[str]) -> str:
        kind = kind_of(argument)
        if self._chance(0.55):
            value = self._connection(known) if known and name == "name" else None
            return literal(value or self._values.of(kind, name, known), kind)
        if argument.default_value is not Undefined and self._chance(0.4):
            # Where there is a default, what may be null is taken, until it is null.
            kind = kind.of_type if is_a(kind, GraphQLNonNull) else kind
        elif not is_a(kind, GraphQLNonNull) and self._chance(0.2):
            kind = non_null(kind)
        default = None
        if self._chance(0.3):
            default = literal(self._values.of(kind, name, known), kind)

        def draw(random: Random) -> Any:
            return Values(random).of(kind, name, known)

        return self._variable(str(kind), default, draw)

    def _connection(self, known: Sequence[str]) -> str | None:
        """Name the connection that is of a type."""
        platform = known[0].removesuffix("Connection").lower()
        found = {"conduit": "conduit-north"}.get(platform, platform)
        return found if known[0].endswith("Connection") else None

    def _variable(
        self,
        kind: str,
        default: str | None,
        draw: Callable[[Random], Any],
        *,
        continues: bool = False,
    ) -> str:
        like = [
            n for n, one in self.variables.items() if (one.kind, one.default) == (kind, default)
        ]
        if like and kind == "Boolean!" and self._chance(0.5):
            return f"${self._random.choice(like)}"
        name = f"v{len(self.variables)}"
        self.variables[name] = Variable(kind, default, draw, continues)
        return f"${name}"

    def _condition(self, name: str) -> str:
        if self._chance(0.5):
            default = self._random.choice((None, None, "true", "false"))
            return self._variable("Boolean!", default, lambda random: random.random() < 0.6)
        mostly = "true" if name == "include" else "false"
        return self._random.choice((mostly, mostly, "true", "false"))
