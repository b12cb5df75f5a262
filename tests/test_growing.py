"""What the page on growing past one machine says is true."""

import re
from itertools import pairwise

from pydantic import BaseModel

from gateway.callers.settings import CallerSettings, JwtSettings
from gateway.documents.settings import DocumentsSettings
from gateway.environment import FILE_VARIABLE, PREFIX
from gateway.settings import Settings
from resolvers.platform import credentials_by_platform
from resolvers.upstream.sealing import Seal
from schema.limits.limits import Limits
from tests.deployed import COMPOSE, DEPLOY, PAGE, ROOT, container, pod

OF_A_CONNECTION = f"{PREFIX}CONNECTIONS__PORTAL__"


GROUPS: dict[str, type[BaseModel]] = {
    "callers": CallerSettings,
    "jwt": JwtSettings,
    "limits": Limits,
    "documents": DocumentsSettings,
}


def is_setting(variable: str) -> bool:
    """Tell whether a gateway knows a variable, of its own or of some platform's connection."""
    name = variable.removeprefix(PREFIX).lower()
    group, field = name.partition("__")[0], name.rpartition("__")[2]
    if group in GROUPS:
        return field in GROUPS[group].model_fields
    if group != "connections":
        return name in Settings.model_fields or variable == FILE_VARIABLE
    classes = credentials_by_platform().values()
    return field == "platform" or any(field in cls.model_fields for cls in classes)


def shown(default: object) -> str:
    """Write a default as the page does."""
    if default is None or default == ():
        return "none"
    return f"{default:g}" if isinstance(default, float) else str(default).lower()


def test_every_variable_that_is_named_is_a_setting() -> None:
    """A gateway does not start with one that it does not know."""
    texts = [path.read_text() for path in DEPLOY.rglob("*") if path.is_file()]
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", "\n".join([*texts, PAGE])))

    assert len(named) > 20
    assert {name for name in named if not is_setting(name)} == set()


def test_the_defaults_that_are_told_are_those_of_the_settings() -> None:
    """In the units of the settings."""
    rows = dict(re.findall(rf"^\| `{PREFIX}([A-Z_]+)` \| (\S+) \|", PAGE, re.MULTILINE))
    told = {name.lower(): value for name, value in rows.items() if "__" not in name}

    assert told.keys() >= {"store", "store_key", "deadline_seconds", "metrics"}
    assert told == {name: shown(Settings.model_fields[name].default) for name in told}


def test_the_defaults_of_limits_are_told_as_well() -> None:
    """As they are set."""
    rows = dict(re.findall(rf"^\| `{PREFIX}LIMITS__([A-Z_]+)` \| (\S+) \|", PAGE, re.MULTILINE))
    usual = {name: getattr(Limits(), name.lower()) for name in rows}

    assert rows
    assert rows == {name: f"{limit.most:g}" for name, limit in usual.items()}


def test_the_defaults_of_connections_are_told_as_well() -> None:
    """They are the same for every platform."""
    rows = dict(re.findall(rf"^\| `{OF_A_CONNECTION}([A-Z_]+)` \| ([\d.]+) \|", PAGE, re.MULTILINE))

    assert len(rows) == 4
    for cls in credentials_by_platform().values():
        assert rows == {name: shown(cls.model_fields[name.lower()].default) for name in rows}


def test_the_time_limits_that_are_told_are_those_of_the_files() -> None:
    """They are shown side by side, for whoever changes one."""
    (compose,) = re.findall(r"^\| Compose \| \| (.*) \|$", PAGE, re.MULTILINE)
    (kubernetes,) = re.findall(r"^\| Kubernetes \| (.*) \|$", PAGE, re.MULTILINE)
    common = COMPOSE["x-gateway"]
    deadline = f'{PREFIX}DEADLINE_SECONDS: "{common["environment"][f"{PREFIX}DEADLINE_SECONDS"]}"'
    before = container()["lifecycle"]["preStop"]["sleep"]["seconds"]

    assert f"`{deadline}`" in compose
    assert f"`stop_grace_period: {common['stop_grace_period']}`" in compose
    assert f"`{deadline}`" in kubernetes
    assert f"sleeps {before} s" in kubernetes
    assert (
        f"`terminationGracePeriodSeconds: {pod()['terminationGracePeriodSeconds']}`" in kubernetes
    )


def test_a_key_is_changed_in_steps_that_leave_no_gap() -> None:
    """At each step, replicas that have restarted and others open and name things alike."""
    keys = {"old": b"o" * 32, "new": b"n" * 32}
    steps = re.findall(rf"^\d\. `{PREFIX}STORE_KEY=([a-z,]+)`", PAGE, re.MULTILINE)
    seals = [Seal([keys[name] for name in step.split(",")]) for step in ("old", *steps)]
    last = seals.pop()

    assert len(seals) == 3
    for before, after in pairwise(seals):
        assert after.open(before.seal(b"token", "name"), "name") == b"token"
        assert before.open(after.seal(b"token", "name"), "name") == b"token"
        assert before.mark(b"key") == after.mark(b"key")
    assert last.open(seals[-1].seal(b"token", "name"), "name") == b"token"
    assert last.mark(b"key") != seals[-1].mark(b"key")


def test_every_file_that_is_named_is_there() -> None:
    """The steps can be followed."""
    named = set(re.findall(r"\b[a-z.]+\.yaml\b|(?<=/)\.env\.example", PAGE))
    files = {path.name for path in DEPLOY.rglob("*")}

    assert len(named) > 3
    assert named <= files
    assert (ROOT / "deploy").is_dir()
