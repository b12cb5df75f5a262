"""The settings of the front door: which pages and names, how many proxies, and the limits."""

from pathlib import Path

import pytest

from gateway.settings import Settings, SettingsError, load
from schema.limits.limit import Limit, Mode
from schema.limits.limits import Limits

FILE = '[connections.books]\nplatform = "codat"\napi_key = "k"\n'
HASH = "0123456789abcdef" * 4
PREFIX = "MANIFOLD_"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one connection."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "manifold.toml").write_text(FILE)
    return tmp_path


def given(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    """Read the settings with these variables."""
    for name, text in variables.items():
        monkeypatch.setenv(PREFIX + name, text)
    return load()


def refused(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    """Read the settings with variables that are wrong, and give what is said of them."""
    with pytest.raises(SettingsError) as wrong:
        given(monkeypatch, **variables)
    said = str(wrong.value)
    assert "\n" not in said
    return said


def test_by_default_the_door_is_closed() -> None:
    """To pages, to lists, and to what a header says of an address."""
    settings = load()

    assert (settings.origins, settings.hosts, settings.cors_credentials) == ((), (), False)
    assert (settings.trusted_hops, settings.batch) == (0, 0)
    assert settings.limits == Limits()


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("", ()),
        ("https://app.example.com", ("https://app.example.com",)),
        (
            "https://app.example.com, http://localhost:5173,http://[::1]:3000",
            ("https://app.example.com", "http://localhost:5173", "http://[::1]:3000"),
        ),
        ("https://xn--exmple-cua.example", ("https://xn--exmple-cua.example",)),
    ],
)
def test_origins_stand_in_one_variable(
    monkeypatch: pytest.MonkeyPatch, text: str, origins: tuple[str, ...]
) -> None:
    """With commas between them."""
    assert given(monkeypatch, ORIGINS=text).origins == origins


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "null",
        "app.example.com",
        "https://",
        "https://*.example.com",
        "https://app.example.com/",
        "https://app.example.com/graph",
        "https://app.example.com?a",
        "https://App.example.com",
        "HTTPS://app.example.com",
        "https://user@app.example.com",
        "https://app.example.com:443",
        "http://app.example.com:80",
        "https://app.example.com:port",
        "https://ex\u00e4mple.example",
        "https://app.example.com evil.example",
        "ftp://app.example.com",
        "https://app.example.com,",
    ],
)
def test_an_origin_that_no_browser_sends_is_an_error(
    monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    """Nobody would be let in by it, or everybody."""
    assert "setting origins" in refused(monkeypatch, ORIGINS=origin)


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("", ()),
        ("gateway.example.com,*.internal", ("gateway.example.com", "*.internal")),
        ("127.0.0.1, [::1], my_gateway", ("127.0.0.1", "[::1]", "my_gateway")),
    ],
)
def test_hosts_stand_in_one_variable(
    monkeypatch: pytest.MonkeyPatch, text: str, hosts: tuple[str, ...]
) -> None:
    """With commas between them."""
    assert given(monkeypatch, HOSTS=text).hosts == hosts


@pytest.mark.parametrize(
    "host",
    ["*", "a*.example", "gateway:8000", "https://gateway", "Gateway", "::1", "a..b", "a,", " "],
)
def test_a_host_by_which_nobody_asks_is_an_error(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """Every request would be refused."""
    assert "setting hosts" in refused(monkeypatch, HOSTS=host)


def test_numbers_and_switches_are_read_from_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """As they stand in the environment."""
    settings = given(monkeypatch, TRUSTED_HOPS="2", BATCH="10", CORS_CREDENTIALS="true")

    assert (settings.trusted_hops, settings.batch, settings.cors_credentials) == (2, 10, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TRUSTED_HOPS", "-1"),
        ("TRUSTED_HOPS", "11"),
        ("TRUSTED_HOPS", "all"),
        ("BATCH", "-1"),
        ("BATCH", "101"),
        ("BATCH", "yes"),
        ("CORS_CREDENTIALS", "sometimes"),
    ],
)
def test_what_is_out_of_its_bounds_is_an_error(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    """That names the setting and its variable."""
    said = refused(monkeypatch, **{name: text})

    assert said.startswith(f"setting {name.lower()} (MANIFOLD_{name}): ")


def test_a_limit_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by itself; the others stay as usual."""
    limits = given(
        monkeypatch,
        LIMITS__DEPTH="measure 12",
        LIMITS__FIRST="50",
        LIMITS__TOKENS="off",
        LIMITS__TELL="false",
    ).limits

    assert (limits.depth, limits.first) == (Limit(12, Mode.MEASURE), Limit(50))
    assert limits.tokens.mode is Mode.OFF
    assert limits.tell is False
    assert limits.fields == Limits().fields


def test_a_limit_of_the_environment_stands_before_that_of_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And hides no other of the file."""
    limits = '\n[limits]\ndepth = 5\nfirst = "measure"\nreceive_seconds = 2.5\n'
    (folder / "manifold.toml").write_text(FILE + limits)
    read = given(monkeypatch, LIMITS__DEPTH="7").limits

    assert (read.depth, read.receive_seconds) == (Limit(7), Limit(2.5))
    assert read.first == Limit(100, Mode.MEASURE)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LIMITS__DEPTH": "deep"}, "setting limits.depth (MANIFOLD_LIMITS__DEPTH): a limit is"),
        ({"LIMITS__DEPTH": "-1"}, "setting limits.depth (MANIFOLD_LIMITS__DEPTH): a limit is"),
        ({"LIMITS__DEEP": "1"}, "limits.deep (MANIFOLD_LIMITS__DEEP): there is no such setting"),
        ({"LIMITS__TELL": "much"}, "setting limits.tell (MANIFOLD_LIMITS__TELL): "),
        ({"LIMITS": "none"}, "setting limits (MANIFOLD_LIMITS): "),
        ({"LIMITS": "none", "LIMITS__DEPTH": "1"}, "setting limits (MANIFOLD_LIMITS): "),
        ({"LIMITS__DEPTH": "1", "LIMITS": "none"}, "setting limits (MANIFOLD_LIMITS): "),
        ({"CALLERS": "none", "CALLERS__WEB__KEYS": HASH}, "setting callers (MANIFOLD_CALLERS): "),
        ({"CALLERS__WEB": "none"}, "CALLERS__WEB): there is no such setting"),
        ({"LIMITS__DEPTH__MOST": "1"}, "LIMITS__DEPTH__MOST): there is no such setting"),
    ],
)
def test_a_limit_that_is_wrong_is_an_error(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], said: str
) -> None:
    """In one line, whatever else is set."""
    assert said in refused(monkeypatch, **variables)


def test_a_caller_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name with a dash for each underscore."""
    settings = given(
        monkeypatch,
        CALLERS__WEB_APP__KEYS=f"{HASH}, {HASH[::-1]} until 2030-06-30",
        CALLERS__WEB_APP__SCOPES="read, platform:codat",
    )

    assert list(settings.callers) == ["web-app"]
    assert len(settings.callers["web-app"].keys) == 2
    assert settings.callers["web-app"].scopes == ("read", "platform:codat")
