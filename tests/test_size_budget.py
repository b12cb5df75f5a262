"""The code keeps to its size budget, so that any part of it can be read in one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
PACKAGES = ("gateway", "schema", "resolvers")
LONGEST_FILE = 350
MEDIAN_FILE = 100
MEDIAN_FUNCTION = 8
LISTED = 15

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _sources() -> dict[str, str]:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    assert paths, f"No source was found in any of {', '.join(PACKAGES)}."
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def _file_lengths() -> dict[str, int]:
    return {path: len(text.splitlines()) for path, text in _sources().items()}


def _function_lengths() -> dict[str, int]:
    lengths: dict[str, int] = {}
    for path, text in _sources().items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, Function):
                lengths[f"{path}:{node.lineno} {node.name}"] = _lines(node)
    return lengths


def _lines(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _longest(lengths: dict[str, int]) -> str:
    longest = sorted(lengths.items(), key=lambda item: -item[1])[:LISTED]
    return "\n".join(f"  {length:4d}  {name}" for name, length in longest)


def _undocumented(path: str, tree: ast.Module) -> Iterator[str]:
    if ast.get_docstring(tree) is None:
        yield f"{path} (the module)"
    for node in _definitions(tree.body):
        if ast.get_docstring(node) is None:
            yield f"{path}:{node.lineno} {node.name}"


def _definitions(body: list[ast.stmt]) -> Iterator[ast.ClassDef | Function]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield node
            yield from _definitions(node.body)
        elif isinstance(node, Function) and not _is_private(node):
            yield node


def _is_private(function: Function) -> bool:
    # An overload is part of the function that it stands above, which has the docstring.
    overload = any(ast.unparse(decorator) == "overload" for decorator in function.decorator_list)
    return overload or function.name.startswith("_")


def test_no_source_file_is_longer_than_the_limit() -> None:
    """A file over the limit is doing more than one thing and should be split."""
    over = {path: length for path, length in _file_lengths().items() if length > LONGEST_FILE}
    assert not over, f"These files are over {LONGEST_FILE} lines:\n{_longest(over)}"


def test_the_middle_source_file_is_short() -> None:
    """Half of all source files fit on a screen or two."""
    lengths = _file_lengths()
    middle = median(lengths.values())
    message = f"The median file has {middle} lines, over {MEDIAN_FILE}; the longest are:"
    assert middle <= MEDIAN_FILE, f"{message}\n{_longest(lengths)}"


def test_the_middle_function_is_short() -> None:
    """Half of all functions, signature and docstring included, are a few lines long."""
    lengths = _function_lengths()
    middle = median(lengths.values())
    message = f"The median function has {middle} lines, over {MEDIAN_FUNCTION}; the longest are:"
    assert middle <= MEDIAN_FUNCTION, f"{message}\n{_longest(lengths)}"


def test_every_module_class_and_public_function_has_a_docstring() -> None:
    """Whatever another part of the code can name says what it is."""
    missing = [
        name for path, text in _sources().items() for name in _undocumented(path, ast.parse(text))
    ]
    assert not missing, "These have no docstring:\n  " + "\n  ".join(missing)
