"""Where an object came from, stamped on it once it is decoded.

Pydantic could carry this in private attributes, at three times the cost of decoding; a field that
no platform's document can fill, written afterwards, costs next to nothing.
"""

from functools import cache
from typing import Annotated, Any, ClassVar, Self, TypeVar, cast, get_args

from pydantic import BaseModel, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from resolvers.call import Origin

# No platform sends a key of one NUL character, so no document can pretend an origin.
_NOWHERE = cast("Origin", None)

Where = TypeVar("Where", bound="Located")


class _Stamped:
    """Marks what is stamped and never read: to learn how to read it takes long at the start."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Take what is there already."""
        del handler
        return core_schema.is_instance_schema(source)


class Located(BaseModel):
    """An object that knows its origin, and so can ask its platform for more.

    `address` names the keys that lead to it, outermost first. Where `own_key` names an attribute,
    its value is the last of them; otherwise the object stands where its parent does.
    """

    address: ClassVar[tuple[str, ...]] = ()
    own_key: ClassVar[str | None] = None

    origin: Annotated[Origin, _Stamped(), Field(exclude=True, repr=False, alias="\0")] = _NOWHERE

    def key(self) -> str:
        """The object's own key, the last of its address."""
        return str(getattr(self, self.own_key or ""))

    def at(self, origin: Origin) -> Self:
        """Say that the object came from `origin`, or from below it if it has a key of its own."""
        if self.own_key is None:
            _put(self, origin)
            return self
        *parents, own = self.address
        keys = {name: origin.keys[name] for name in parents} | {own: self.key()}
        _put(self, Origin(origin.platform, origin.connection, keys))
        return self


def located_at(kind: type[Where], origin: Origin) -> Where:
    """Make an object of which nothing is known but where it is."""
    made = kind.model_construct()
    _put(made, origin)
    return made


def _put(located: Located, origin: Origin) -> None:
    # Past pydantic's own __setattr__, which looks for validators at every assignment.
    cast("dict[str, object]", located.__dict__)["origin"] = origin


def stamp(value: object, origin: Origin) -> None:
    """Tell everything in a decoded answer where it came from."""
    if isinstance(value, list):
        for item in cast("list[object]", value):
            stamp(item, origin)
    elif isinstance(value, dict):
        for item in cast("dict[str, object]", value).values():
            stamp(item, origin)
    elif isinstance(value, BaseModel):
        if isinstance(value, Located):
            origin = value.at(origin).origin
        for name in _holders(type(value)):
            stamp(getattr(value, name), origin)


def has_located(model: type[BaseModel]) -> bool:
    """Tell whether things of a class know where they came from, or hold such as do."""
    return issubclass(model, Located) or bool(_holders(model))


@cache
def _holders(model: type[BaseModel]) -> tuple[str, ...]:
    """Name the fields of `model` that may hold something located, at any depth."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if _holds(field.annotation, frozenset({model})))


def _holds(annotation: Any, above: frozenset[type[BaseModel]]) -> bool:
    if not isinstance(annotation, type) or get_args(annotation):
        return any(_holds(argument, above) for argument in get_args(annotation))
    if issubclass(annotation, Located):
        return True
    if not issubclass(annotation, BaseModel) or annotation in above:
        return False
    fields = annotation.model_fields.values()
    return any(_holds(field.annotation, above | {annotation}) for field in fields)
