"""The command line: `manifold serve`, `sandbox`, `schema`, `check`, `coverage` and `keys`."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gateway import coverage, key_commands, logs, serve
from gateway.check import Finding, check
from gateway.documents import Documents, ManifestError, problems
from gateway.sandbox import Sandbox
from gateway.settings import LogLevel, Settings, SettingsError, load
from schema.build import build

main = typer.Typer(
    name="manifold",
    help="One GraphQL graph over Clinked, Codat, Conduit Link, Kondado and LeadConduit.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
main.add_typer(key_commands.app, name="keys")
_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)

Port = Annotated[int | None, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")]
Host = Annotated[str | None, typer.Option(help="The address to listen on.")]


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"manifold {version('manifold-gateway')}")
        raise typer.Exit


@main.callback()
def top(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """One GraphQL graph over Clinked, Codat, Conduit Link, Kondado and LeadConduit."""


@main.command("serve")
def serve_command(
    host: Host = None,
    port: Port = None,
    workers: Annotated[int | None, typer.Option(min=1, help="How many processes answer.")] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Serve whoever asks, without any key or token.")
    ] = False,
) -> None:
    """Serve the graph over the connections of the settings."""
    given = {"host": host, "port": port, "workers": workers}
    settings = _settings(**{name: value for name, value in given.items() if value is not None})
    logs.configure(settings.log_level, settings.log_format)
    with _one_line():
        serve.run(
            settings,
            lambda url: _out.print(f"Manifold answers at {url}/graphql"),
            insecure=insecure,
        )


@main.command("sandbox")
def sandbox_command(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The gateway's port.")] = 8000,
    limits: Annotated[bool, typer.Option(help="Whether stand-ins keep rate limits.")] = True,
    log_level: Annotated[LogLevel, typer.Option(help="From what level on to log.")] = "info",
) -> None:
    """Serve the graph over five stand-ins on this machine, with no account anywhere."""
    logs.configure(log_level)
    with _one_line():
        serve.run_sandbox(port=port, limits=limits, told=_tell_sandbox)


@main.command("schema")
def schema_command() -> None:
    """Print the schema."""
    typer.echo(build().as_str())


@main.command("check")
def check_command() -> None:
    """Look at every connection: is it reached, are its credentials taken, do the clocks agree?

    And at every persisted document: does it fit the schema?
    """
    logs.configure("error")
    settings = _settings()
    unfit = _unfit(settings)
    findings = asyncio.run(check(settings))
    table = Table("connection", "platform", "reachable", "credentials", "clock")
    for finding in findings:
        table.add_row(*_row(finding))
    _out.print(table)
    for finding in findings:
        if finding.fix is not None:
            _out.print(f"{finding.name}: {finding.fix}", soft_wrap=True, markup=False)
    for problem in unfit:
        _out.print(problem, soft_wrap=True, markup=False)
    if unfit or not all(finding.is_good for finding in findings):
        raise typer.Exit(1)


@main.command("coverage")
def coverage_command(
    root: Annotated[Path, typer.Option(help="The checkout that has the tests.")] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
) -> None:
    """Compare what the platforms document with what is declared, and with what tests reach."""
    if json and markdown:
        raise typer.BadParameter("print either JSON or Markdown")
    with _one_line():
        report = coverage.report(root)
    if json or markdown:
        typer.echo(coverage.as_json(report) if json else coverage.as_markdown(report), nl=False)
    else:
        for table in coverage.as_tables(report):
            _out.print(table)
    for finding in report.missing:
        _err.print(str(finding), soft_wrap=True, markup=False)
    if report.missing:
        raise typer.Exit(1)


def _unfit(settings: Settings) -> list[str]:
    """Say which persisted documents do not fit the schema, and why."""
    if settings.documents.manifest is None:
        return []
    with _one_line():
        return problems(Documents(settings.documents), build().core)


def _row(finding: Finding) -> tuple[str, ...]:
    marks = {True: "yes", False: "no", None: "?"}
    skew = "?" if finding.skew_seconds is None else f"{round(finding.skew_seconds):+d} s"
    return (
        finding.name,
        finding.platform,
        marks[finding.reachable],
        marks[finding.accepted],
        skew,
    )


def _tell_sandbox(url: str, sandbox: Sandbox) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_row("GraphiQL", f"{url}/")
    table.add_row("GraphQL", f"{url}/graphql")
    for stand_in in sandbox.stand_ins:
        table.add_row(stand_in.platform, sandbox.url(stand_in.platform))
    _out.print(table)
    _out.print("Ctrl-C stops all of it.")


def _settings(**given: object) -> Settings:
    with _one_line():
        return load(**given)


@contextmanager
def _one_line() -> Generator[None]:
    """Tell of a wrong setting or folder in one line, with exit status 2."""
    try:
        yield
    except (SettingsError, ManifestError, coverage.NothingToCompare) as error:
        _err.print(f"manifold: {error}", soft_wrap=True, markup=False)
        raise typer.Exit(2) from None
