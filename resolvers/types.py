"""Small questions to type annotations."""

from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin


def without_none(annotation: Any) -> Any:
    """Give the type of what comes back, without the None of a field that may fail."""
    if get_origin(annotation) in {Union, UnionType}:
        (annotation,) = (part for part in get_args(annotation) if part is not NoneType)
    return annotation


def bare(annotation: Any) -> Any:
    """Give a type without what is annotated on it."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
