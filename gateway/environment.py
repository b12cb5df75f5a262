"""The environment as a source of settings: `MANIFOLD_…`, with two underscores between parts."""

import os
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

PREFIX = "MANIFOLD_"
# Names another settings file than `manifold.toml` in the working folder.
FILE_VARIABLE = "MANIFOLD_CONFIG"
# Names the store that the tests may use, and is no setting.
TEST_STORE_VARIABLE = "MANIFOLD_TEST_STORE"
# What clients of a gateway, such as those of examples/, are told by: where it is, and their key.
_OF_CLIENTS = {"MANIFOLD_URL", "MANIFOLD_KEY"}
_NO_SETTINGS = {FILE_VARIABLE, TEST_STORE_VARIABLE, *_OF_CLIENTS}


class Environment(PydanticBaseSettingsSource):
    """The variables `MANIFOLD_…`, as text.

    Two underscores stand between the parts of a name, and one for the dash in a connection's.
    """

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Give a single setting's text."""
        del field
        return self().get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        """Give everything that is set, also what is unknown, for it to be refused."""
        groups: dict[str, Any] = {}
        plain: dict[str, str] = {}
        for variable, text in os.environ.items():
            name = variable.upper().removeprefix(PREFIX).lower()
            if not variable.upper().startswith(PREFIX) or variable in _NO_SETTINGS:
                continue
            match name.split("__"):
                case ["connections" | "callers" as group, one, setting]:
                    held = groups.setdefault(group, {})
                    held.setdefault(one.replace("_", "-"), {})[setting] = text
                case ["jwt" | "limits" | "documents" as group, setting]:
                    groups.setdefault(group, {})[setting] = text
                case _:
                    plain[name] = text
        # A text for a group as a whole is wrong, and has to be told of.
        return groups | plain
