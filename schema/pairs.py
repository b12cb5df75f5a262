"""Maps of a platform, which are lists of named things in the graph."""

from dataclasses import dataclass
from typing import Any, cast

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True)
class ByName:
    """Marks a list whose wire is a map: each key goes into the item, under the alias `key`.

    What stands at the key are the item's other members or, where `value` is an alias, that one
    member. Null, and whatever else is no map, is an empty list.
    """

    key: str
    value: str | None = None

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read the map before the list."""
        return core_schema.no_info_before_validator_function(self._listed, handler(source))

    def _listed(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return cast("list[Any]", value) if isinstance(value, list) else []
        pairs = cast("dict[str, Any]", value).items()
        return [self._item(name, content) for name, content in pairs]

    def _item(self, name: str, content: Any) -> dict[str, Any]:
        if self.value is not None:
            return {self.key: name, self.value: content}
        return {**content, self.key: name} if isinstance(content, dict) else {self.key: name}
