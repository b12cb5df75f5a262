"""Takes what stands below an attribute as its description.

Pydantic does so by itself (`use_attribute_docstrings`), and reads a whole file for each class in it
to do so, a tenth of all that the start takes. Here each file is read once.
"""

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import BaseModel

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Described(BaseModel):
    """Has the descriptions of its fields below them."""

    @classmethod
    def __pydantic_init_subclass__(cls, **given: Any) -> None:
        """Describe what has no description of its own."""
        super().__pydantic_init_subclass__(**given)
        for name, text in _of_module(cls.__module__).get(cls.__qualname__, {}).items():
            field = cls.__pydantic_fields__.get(name)
            if field is not None and field.description is None:
                field.description = text


@cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    """Give the descriptions in a module, by the qualified names of its classes."""
    file = sys.modules[name].__file__
    return {} if file is None else dict(_classes(ast.parse(Path(file).read_bytes()).body, ""))


def _classes(body: Iterable[ast.stmt], within: str) -> Iterator[tuple[str, dict[str, str]]]:
    for one in body:
        if isinstance(one, ast.ClassDef):
            yield within + one.name, dict(_described(one.body))
            yield from _classes(one.body, f"{within}{one.name}.")
        elif isinstance(one, _FUNCTIONS):
            yield from _classes(one.body, f"{within}{one.name}.<locals>.")


def _described(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for one, below in pairwise(body):
        match one, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, inspect.cleandoc(text)
            case _:
                pass
