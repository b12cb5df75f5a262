"""GraphiQL is built of what is written down, and goes where the gateway looks for it."""

import json
import re
import tomllib
from pathlib import Path

from gateway.explorer.assets import FOLDER

ROOT = Path(__file__).parent.parent.parent
STATIC = FOLDER.relative_to(ROOT).as_posix()
PACKAGE = json.loads((ROOT / "graphiql/package.json").read_text())
LOCK = json.loads((ROOT / "graphiql/package-lock.json").read_text())


def test_every_package_has_an_exact_version() -> None:
    """The same source gives the same page on every machine."""
    asked: dict[str, str] = {**PACKAGE["dependencies"], **PACKAGE["devDependencies"]}
    locked = {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in asked}

    assert asked == locked
    assert all(one["integrity"] for path, one in LOCK["packages"].items() if path)


def test_the_lock_names_no_registry() -> None:
    """Whoever builds takes the packages from their own, and checks them by their hashes."""
    assert not [path for path, one in LOCK["packages"].items() if "resolved" in one]


def test_the_page_is_part_of_the_wheel_and_of_the_image() -> None:
    """Git ignores it, and so would they."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    dockerfile = (ROOT / "Dockerfile").read_text()

    assert build["artifacts"] == [f"/{STATIC}"]
    assert re.search(rf"^COPY --from=graphiql /src/{STATIC} {STATIC}$", dockerfile, re.MULTILINE)
    assert "\n!graphiql\n" in (ROOT / ".dockerignore").read_text()


def test_the_page_is_built_where_the_gateway_looks_for_it() -> None:
    """By `make` and by npm alike."""
    assert f"\nGRAPHIQL := {STATIC}/index.html\n" in (ROOT / "Makefile").read_text()
    assert f'"../{STATIC}/"' in (ROOT / "graphiql/build.mjs").read_text()
