"""docs/security.md tells the limits and the defaults as they are."""

import re
from pathlib import Path

from gateway.http.answer import LIMIT_STATUS
from gateway.sandbox import running_sandbox
from gateway.serve import LOOPBACK, sandbox_settings
from gateway.settings import Settings
from schema.limits.limit import Limit
from schema.limits.limits import Limits

PAGE = (Path(__file__).parent.parent / "docs/security.md").read_text()
ROW = re.compile(r"^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|(?: ([^|]*) \|)?$", re.MULTILINE)


def rows(heading: str) -> dict[str, tuple[str, ...]]:
    """Give the rows of the tables under a heading, by what stands first in them."""
    _, _, rest = PAGE.partition(f"\n## {heading}\n")
    section, _, _ = rest.partition("\n## ")
    return {name: tuple(cells) for name, *cells in ROW.findall(section)}


def written(value: object) -> str:
    """Write a default as the page does."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return "none" if value in ((), {}, None) else f"{value}"


def test_every_limit_is_there_with_its_default_and_status() -> None:
    """In the order of the settings."""
    limits = {
        name: field.default
        for name, field in Limits.model_fields.items()
        if isinstance(field.default, Limit)
    }
    told = rows("Limits")

    assert list(told) == list(limits)
    assert {name: cells[0] for name, cells in told.items()} == {
        name: f"{limit.most:,.0f}".replace(",", " ") for name, limit in limits.items()
    }
    assert {name: int(cells[2]) for name, cells in told.items() if cells[2]} == LIMIT_STATUS


def test_every_limit_is_enforced_by_default() -> None:
    """As the page promises."""
    limits = [getattr(Limits(), name) for name in rows("Limits")]

    assert all(limit.mode == "enforce" for limit in limits)


def test_the_defaults_are_those_of_the_settings_and_of_the_sandbox() -> None:
    """Both columns."""
    with running_sandbox(limits=False) as running:
        sandbox = sandbox_settings(running, hosts=LOOPBACK)
    for name, (served, played, _) in rows("Defaults").items():
        assert served == written(Settings.model_fields[name].default), name
        if name == "hosts":
            assert played == ", ".join(f"`{host}`" for host in LOOPBACK)
        else:
            assert played == written(getattr(sandbox, name)), name
