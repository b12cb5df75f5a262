"""Documents made at random out of the schema, to be changed in one place and compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type, is_required_argument
from hypothesis import strategies as st

from tests.schema.estimating import ACCOUNT, CODAT_COMPANY, GROUP, SCHEMA

Draw = Callable[[st.SearchStrategy[Any]], Any]

# What to give for the arguments that have to be given.
REQUIRED = {
    "id": st.sampled_from([f'"{id}"' for id in (ACCOUNT, CODAT_COMPANY, GROUP)]),
    "ids": st.sampled_from(["[]", f'["{ACCOUNT}", "{GROUP}"]']),
    "name": st.sampled_from(['"clinked"', '"conduit-north"']),
    "account": st.just(f'"{ACCOUNT}"'),
    "user": st.just(f'"{ACCOUNT}"'),
    "tags": st.just('["vip"]'),
}


@dataclass
class Selected:
    """A field or a fragment as it is written, and what is selected inside of it."""

    written: str
    kind: Any = None
    inside: list["Selected"] = field(default_factory=list["Selected"])

    def __str__(self) -> str:
        """Write it out."""
        inside = " ".join(map(str, self.inside))
        return f"{self.written} {{ {inside} }}" if self.inside else self.written

    def everything(self) -> Iterator["Selected"]:
        """Give it and all inside of it, as far as more can be selected there."""
        if self.kind is not None:
            yield self
            for one in self.inside:
                yield from one.everything()


@st.composite
def queries(draw: Draw) -> Selected:
    """Make queries, as one selection of the root of all reading."""
    return Selected("query", SCHEMA.query_type, _selections(draw, SCHEMA.query_type, 5))


@st.composite
def fields(draw: Draw, kind: Any, alias: str) -> Selected:
    """Make selections of one field of a type."""
    return _field(draw, kind, 3, alias)


def _selections(draw: Draw, kind: Any, deepest: int, prefix: str = "a") -> list[Selected]:
    # A name of its own for each lets any two fields stand beside each other.
    aliases = [f"{prefix}{n}" for n in range(draw(st.integers(1, 3)))]
    made = [_field(draw, kind, deepest, alias) for alias in aliases]
    if isinstance(kind, GraphQLInterfaceType) and draw(st.booleans()):
        of: Any = draw(st.sampled_from(SCHEMA.get_possible_types(kind)))
        inside = _selections(draw, of, deepest - 1, f"{prefix}a")
        made.append(Selected(f"... on {of.name}", of, inside))
    return made


def _field(draw: Draw, kind: Any, deepest: int, alias: str) -> Selected:
    able = {
        name: found
        for name, found in kind.fields.items()
        if REQUIRED.keys() >= set(_required(found)) and (deepest > 0 or _is_leaf(found))
    }
    if not able:
        return Selected("__typename")
    # What leads on to more is drawn more often than it stands among the leaves.
    leading = sorted(name for name in able if not _is_leaf(able[name]))
    name = draw(st.sampled_from(leading if leading and draw(st.booleans()) else sorted(able)))
    given = [f"{argument}: {draw(REQUIRED[argument])}" for argument in _required(able[name])]
    if "first" in able[name].args and draw(st.booleans()):
        given.append(f"first: {draw(st.integers(1, 100))}")
    written = f"{alias}: {name}" + (f"({', '.join(given)})" if given else "")
    if _is_leaf(able[name]):
        return Selected(written)
    of = cast("Any", get_named_type(able[name].type))
    return Selected(written, of, _selections(draw, of, deepest - 1))


def _required(found: Any) -> list[str]:
    return [name for name, argument in found.args.items() if is_required_argument(argument)]


def _is_leaf(found: Any) -> bool:
    return not isinstance(get_named_type(found.type), GraphQLObjectType | GraphQLInterfaceType)
