"""How many values an operation brings along, in the document and in its variables."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from graphql import (
    ArgumentNode,
    DocumentNode,
    IntValueNode,
    ListValueNode,
    Node,
    VariableDefinitionNode,
    VariableNode,
)

_PAGE_ARGUMENTS = frozenset({"first", "last"})
# What leads to no value.
_OTHER_KEYS = frozenset({"name", "alias", "type", "type_condition", "variable"})


class Written:
    """The values that are written in a document, found out once for all its requests."""

    def __init__(self, document: DocumentNode) -> None:
        """Go through the document."""
        self._longest = self._size = 0
        self._asked = set[str]()
        self._defaults = dict[str, int]()
        for node in nodes_in(document):
            self._note(node)

    def longest_list(self, variables: Mapping[str, Any]) -> int:
        """Count the items of the longest list, in the variables or written in the document."""
        return max([self._longest, *(len(found) for found in _lists(variables))])

    def greatest_first(self, variables: Mapping[str, Any]) -> int:
        """Give the greatest whole number that any argument `first` or `last` may have.

        A variable has its value, or the greatest default of any operation. 0 if there is none.
        """
        given = (_given(variables.get(name, self._defaults.get(name))) for name in self._asked)
        return max([self._size, *given])

    def _note(self, node: Node) -> None:
        match node:
            case ListValueNode():
                self._longest = max(self._longest, len(node.values))
            case VariableDefinitionNode(default_value=IntValueNode(value=written)):
                name = node.variable.name.value
                self._defaults[name] = max(_written(written), self._defaults.get(name, 0))
            case ArgumentNode(value=VariableNode() as used) if _is_page(node):
                self._asked.add(used.name.value)
            case ArgumentNode(value=IntValueNode(value=written)) if _is_page(node):
                self._size = max(self._size, _written(written))
            case _:
                pass


def longest_list(document: DocumentNode, variables: Mapping[str, Any] | None) -> int:
    """Count the items of the longest list, in the variables or written in the document."""
    return Written(document).longest_list(variables or {})


def greatest_first(document: DocumentNode, variables: Mapping[str, Any] | None) -> int:
    """Give the greatest whole number that any argument `first` or `last` may have."""
    return Written(document).greatest_first(variables or {})


def _is_page(node: ArgumentNode) -> bool:
    return node.name.value in _PAGE_ARGUMENTS


def _written(digits: str) -> int:
    """Read a whole number of a document; of one with very many digits the first are enough."""
    return int(digits[:12])


def _given(value: Any) -> int:
    """Read what GraphQL takes for an Int, so 5.0 too; anything else is 0, and refused later."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    return int(value) if value == value // 1 else 0


def _lists(variables: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Go through all lists in the variables, at any depth, without recursion."""
    waiting: list[Any] = [*variables.values()]
    while waiting:
        value: Any = waiting.pop()
        if isinstance(value, dict):
            waiting += cast("dict[str, Any]", value).values()
        elif isinstance(value, list):
            found = cast("list[Any]", value)
            yield found
            waiting += found


def nodes_in(whole: Node) -> Iterator[Node]:
    """Go through all nodes of a document, or of a part, that may hold a value: no recursion."""
    waiting: list[Node] = [whole]
    while waiting:
        node = waiting.pop()
        yield node
        for key in node.keys:
            below = None if key in _OTHER_KEYS else getattr(node, key, None)
            if isinstance(below, Node):
                waiting.append(below)
            elif isinstance(below, tuple | list):
                waiting += below
