"""Codat's query language: conditions joined by && and ||, grouped by braces.

query      = all { "||" all }
all        = term { "&&" term }
term       = "{" query "}" | property operator value
operator   = "!=" | ">=" | "<=" | "=" | "~" | ">" | "<"
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

Values = Callable[[str], list[str]]
"""Gives a record's values of a property; one that is null has none."""

Predicate = Callable[[Values], bool]
"""Says of a record whether it is wanted."""

TOKEN = re.compile(r"\s*(&&|\|\||[{}]|(?:(?!&&|\|\|)[^{}])+)")
CONDITION = re.compile(r"([A-Za-z_][\w.\- ]*?)\s*(!=|>=|<=|=|~|>|<)\s*(.+?)\s*")
LONGEST = 2048

COMPARE: dict[str, Callable[[str, str], bool]] = {
    "=": operator.eq,
    "~": lambda value, wanted: wanted.lower() in value.lower(),
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


class MalformedQueryError(ValueError):
    """The query cannot be read."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One property compared with one value."""

    property: str
    operator: str
    value: str

    def __call__(self, values: Values) -> bool:
        """Say whether any of the record's values fits; for != that none is equal."""
        found = values(self.property)
        if self.operator == "!=":
            return self.value not in found
        return any(COMPARE[self.operator](one, self.value) for one in found)


class Parser:
    """Reads one query from left to right."""

    def __init__(self, text: str) -> None:
        """Cut the text into tokens."""
        self._tokens = tokens(text)
        self._place = 0

    def whole(self) -> Predicate:
        """Read a query up to its end."""
        found = self._any()
        if self._peek():
            raise MalformedQueryError
        return found

    def _any(self) -> Predicate:
        terms = [self._all()]
        while self._take("||"):
            terms.append(self._all())
        return lambda values: any(term(values) for term in terms)

    def _all(self) -> Predicate:
        terms = [self._term()]
        while self._take("&&"):
            terms.append(self._term())
        return lambda values: all(term(values) for term in terms)

    def _term(self) -> Predicate:
        if self._take("{"):
            inner = self._any()
            if not self._take("}"):
                raise MalformedQueryError
            return inner
        return self._condition()

    def _condition(self) -> Predicate:
        found = CONDITION.fullmatch(self._peek())
        if not found:
            raise MalformedQueryError
        self._place += 1
        return Condition(found[1], found[2], found[3])

    def _peek(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _take(self, token: str) -> bool:
        taken = self._peek() == token
        self._place += taken
        return taken


def tokens(text: str) -> list[str]:
    """Cut a query into conditions, braces and joining words."""
    if len(text) > LONGEST:
        raise MalformedQueryError
    found, place = list[str](), 0
    stripped = text.rstrip()
    while place < len(stripped):
        token = TOKEN.match(stripped, place)
        if token is None:
            raise MalformedQueryError
        found.append(token[1])
        place = token.end()
    return found


def predicate(text: str) -> Predicate:
    """Read a query; a MalformedQueryError says that it cannot be read."""
    return Parser(text).whole()
