"""The command line's `keys`: make a key, and show whose keys there are."""

import re
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gateway.callers import scopes
from gateway.callers.keys import KeyEntry, generate, hashed
from gateway.callers.settings import CallerSettings, checked_name
from gateway.environment import PREFIX
from gateway.settings import SettingsError, load

app = typer.Typer(help="Make API keys, and show whose there are.", no_args_is_help=True)

_DAYS = re.compile(r"(\d{1,5})d")
# As much of a hash as tells keys apart.
_SHOWN_DIGITS = 8

_out = Console(highlight=False)

Name = Annotated[str, typer.Option(help="Whose key it is: lower-case letters, digits, dashes.")]
Scopes = Annotated[
    list[str], typer.Option(help="What the caller may do: read, write, admin, platform:clinked, …")
]
Expires = Annotated[
    str | None, typer.Option(help="When the key ends: `90d`, `2027-06-30`, or a moment.")
]


@app.command("new")
def new(name: Name, scope: Scopes, expires: Expires = None) -> None:
    """Make a key, print it this once, and say what lets it in."""
    with _one_line():
        granted = scopes.checked(scope)
        until = None if expires is None else _until(expires)
        made = generate()
        entry = str(KeyEntry(hashed(made), until))
        written = _written(checked_name(name), granted, entry)
    typer.echo(made)
    typer.echo(written)


@app.command("list")
def list_() -> None:
    """Show the callers of the settings: what they may do, and until when their keys are valid."""
    with _one_line():
        callers = load().callers
    _out.print(_table(callers, time.time()))


def _until(expires: str) -> str:
    """Give the end of a key as settings have it; raises `ValueError`."""
    days = _DAYS.fullmatch(expires)
    until = expires if days is None else _in_days(int(days[1]))
    if KeyEntry.parse(f"{'0' * 64} until {until}").has_expired(time.time()):
        raise ValueError("the key would have expired already")
    return until


def _in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def _written(name: str, granted: tuple[str, ...], entry: str) -> str:
    variable = f"{PREFIX}CALLERS__{name.replace('-', '_').upper()}__"
    listed = ", ".join(f'"{scope}"' for scope in granted)
    return f"""
# It is shown this once. In manifold.toml, where a second key stands beside the first:

[callers.{name}]
scopes = [{listed}]
keys = ["{entry}"]

# Or in the environment, where a comma is between two keys:

{variable}SCOPES="{",".join(granted)}"
{variable}KEYS="{entry}\""""


def _table(callers: Mapping[str, CallerSettings], now: float) -> Table:
    table = Table("caller", "scopes", "keys")
    for name, caller in callers.items():
        shown = "\n".join(_shown(key, now) for key in caller.keys)
        table.add_row(name, ", ".join(caller.scopes), shown)
    return table


def _shown(key: KeyEntry, now: float) -> str:
    digits = key.hash[:_SHOWN_DIGITS]
    if key.until is None:
        return digits
    return f"{digits} {'expired' if key.has_expired(now) else 'until'} {key.until}"


@contextmanager
def _one_line() -> Generator[None]:
    """Tell of a wrong option or setting in one line, with exit status 2."""
    try:
        yield
    except (SettingsError, ValueError) as error:
        typer.echo(f"manifold: {error}", err=True)
        raise typer.Exit(2) from None
