"""Settings from the environment and from the file."""

from pathlib import Path

import pytest

from gateway.settings import SettingsError, load
from resolvers.platforms.clinked import Clinked
from resolvers.platforms.codat import Codat
from resolvers.platforms.conduit import Conduit
from resolvers.platforms.kondado import Kondado

SECRET = "a-secret-that-shows-nowhere"

FILE = f"""
port = 9000

[connections.books]
platform = "codat"
api_key = "{SECRET}"

[connections.app-one]
platform = "conduit"
link_app_token = "{SECRET}"

[connections.app-two]
platform = "conduit"
link_app_token = "{SECRET}"
base_url = "https://conduit.example/"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_connections_come_from_the_file(folder: Path) -> None:
    """Several of one platform, each with its credentials and the platform's own address."""
    (folder / "manifold.toml").write_text(FILE)
    settings = load()

    assert settings.port == 9000
    assert list(settings.connections) == ["books", "app-one", "app-two"]
    assert isinstance(settings.connections["books"], Codat)
    assert isinstance(settings.connections["app-one"], Conduit)
    assert settings.connections["app-one"].address == "https://api.getconduit.app"
    assert settings.connections["app-two"].address == "https://conduit.example"


def test_the_environment_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection is spelled out with two underscores between its parts."""
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__PORTAL__PLATFORM", "clinked")
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__PORTAL__CLIENT_ID", "id")
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__PORTAL__CLIENT_SECRET", SECRET)
    portal = load().connections["portal"]

    assert isinstance(portal, Clinked)
    assert portal.client_secret is not None
    assert portal.client_secret.get_secret_value() == SECRET


@pytest.mark.parametrize("secret", ["12345678", "1e5", "true", "null", "[1]", '{"a":1}'])
def test_a_secret_that_looks_like_something_else_is_text(
    secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable is what it says, and no document in JSON."""
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__BOOKS__PLATFORM", "kondado")
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__BOOKS__KEY", secret)
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__BOOKS__TOKEN", "t")
    books = load().connections["books"]

    assert isinstance(books, Kondado)
    assert books.key.get_secret_value() == secret


def test_a_dash_in_a_connections_name_is_an_underscore_in_its_variables(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Since a variable's name can have none."""
    (folder / "manifold.toml").write_text(FILE)
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__APP_ONE__LINK_APP_TOKEN", "another")
    settings = load()
    app = settings.connections["app-one"]

    assert list(settings.connections) == ["books", "app-one", "app-two"]
    assert isinstance(app, Conduit)
    assert app.link_app_token.get_secret_value() == "another"


def test_a_variable_that_is_no_setting_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip of the hand would be passed over in silence otherwise."""
    (folder / "manifold.toml").write_text(FILE)
    monkeypatch.setenv("MANIFOLD_PROT", "9100")

    with pytest.raises(SettingsError, match=r"MANIFOLD_PROT\): there is no such setting"):
        load()


@pytest.mark.parametrize("secret", ["", "with space", "schl\u00fcssel", "new\nline"])
def test_a_secret_that_cannot_be_sent_is_an_error_at_once(
    secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than at every call, and without showing it."""
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__BOOKS__PLATFORM", "codat")
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__BOOKS__API_KEY", secret)

    with pytest.raises(SettingsError, match=r"books\.api_key") as caught:
        load()
    assert not secret or secret not in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"port = 1\x00"])
def test_a_file_that_cannot_be_read_is_named(folder: Path, content: bytes) -> None:
    """In one line, like any other slip."""
    (folder / "manifold.toml").write_bytes(content)

    with pytest.raises(SettingsError, match=r"manifold\.toml"):
        load()


def test_the_environment_wins_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting by setting, so that a secret need not stand in the file."""
    (folder / "manifold.toml").write_text(FILE)
    monkeypatch.setenv("MANIFOLD_PORT", "9100")
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__BOOKS__API_KEY", "another")
    settings = load()
    books = settings.connections["books"]

    assert settings.port == 9100
    assert isinstance(books, Codat)
    assert books.api_key.get_secret_value() == "another"


def test_another_file_can_be_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the variable MANIFOLD_CONFIG."""
    (folder / "other.toml").write_text(FILE)
    monkeypatch.setenv("MANIFOLD_CONFIG", str(folder / "other.toml"))

    assert load().port == 9000


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "setting connections (MANIFOLD_CONNECTIONS)"),
        ("port = 'x'\n" + FILE.replace("port = 9000", ""), "setting port (MANIFOLD_PORT)"),
        (FILE.replace("port = 9000", "prot = 9000"), "setting prot (MANIFOLD_PROT)"),
        (
            FILE.replace(f'api_key = "{SECRET}"', ""),
            "setting connections.books.api_key (MANIFOLD_CONNECTIONS__BOOKS__API_KEY)",
        ),
        (
            FILE.replace('"codat"', '"codad"'),
            "setting connections.books (MANIFOLD_CONNECTIONS__BOOKS): `platform` is one of",
        ),
        (FILE.replace("connections.books", "connections.'Bo oks'"), "setting connections.Bo oks"),
        (FILE + "api_key = 'x'\n", "setting connections.app-two.api_key"),
        (FILE.replace("https://conduit.example/", "nowhere"), "connections.app-two.base_url"),
        ("port = = 3", "manifold.toml"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(folder: Path, text: str, says: str) -> None:
    """And never shows the value of any."""
    (folder / "manifold.toml").write_text(text)

    with pytest.raises(SettingsError) as caught:
        load()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "credentials",
    [
        "client_id = 'i'",
        "username = 'u'",
        "client_secret = 's'\nusername = 'u'\npassword = 'p'",
    ],
)
def test_clinked_takes_one_grant_and_all_of_it(folder: Path, credentials: str) -> None:
    """An application's secret, or a user's name and password."""
    text = f"[connections.portal]\nplatform = 'clinked'\n{credentials}\n"
    (folder / "manifold.toml").write_text(text)

    with pytest.raises(SettingsError, match="either client_id and client_secret, or username"):
        load()


def test_a_named_file_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than no settings at all."""
    monkeypatch.setenv("MANIFOLD_CONFIG", "missing.toml")

    with pytest.raises(SettingsError, match=r"MANIFOLD_CONFIG.*missing\.toml"):
        load()


def test_settings_show_no_secret(folder: Path) -> None:
    """Printed or logged as a whole."""
    (folder / "manifold.toml").write_text(FILE)

    assert SECRET not in repr(load())


KEY = "the-key-of-the-store-0123456789-abcdef"
URL = f"redis://:{SECRET}@store.example:6380/2"


def test_a_store_and_its_keys_come_from_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys stand in one variable with commas between them, and keep their order."""
    (folder / "manifold.toml").write_text(FILE)
    monkeypatch.setenv("MANIFOLD_STORE", URL)
    monkeypatch.setenv("MANIFOLD_STORE_KEY", f"{KEY}-new, {KEY}-old")
    settings = load()

    assert settings.store is not None
    assert settings.store.get_secret_value() == URL
    assert [key.get_secret_value() for key in settings.store_key] == [f"{KEY}-new", f"{KEY}-old"]
    assert SECRET not in repr(settings)
    assert KEY not in repr(settings)


def test_a_store_without_a_key_is_an_error_that_tells_how_to_make_one(folder: Path) -> None:
    """Tokens would lie in the store for anybody to read otherwise."""
    (folder / "manifold.toml").write_text(f"store = '{URL}'\n{FILE}")

    with pytest.raises(SettingsError, match=r"\(MANIFOLD_STORE_KEY\): .*openssl rand") as caught:
        load()
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("keys", ["", "short-secret", f"{KEY},", f"{KEY},short-secret"])
def test_a_key_that_is_too_short_is_an_error(folder: Path, keys: str) -> None:
    """It could be guessed."""
    (folder / "manifold.toml").write_text(f"store_key = '{keys}'\n{FILE}")

    with pytest.raises(SettingsError, match=r"at least 32 characters") as caught:
        load()
    assert "short-secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        f"http://:{SECRET}@store",
        f"redis://:{SECRET}@",
        f"redis://:{SECRET}/rest@store",
        f"redis://:{SECRET}#rest@store",
        f"redis://:{SECRET}@store/name",
        f"redis://:{SECRET}@store/0#name",
        f"redis://:{SECRET}@store:port",
        f"redis://:{SECRET}@store?decode_responses=1",
        f"redis://:{SECRET}@store?db=one",
        f"redis://:{SECRET}@store?db",
        f"redis://:{SECRET}@store?ssl_ca_certs=file",
        f"rediss://:{SECRET}@store?ssl_cert_reqs=somewhat",
        "unix://",
    ],
)
def test_an_address_of_a_store_that_cannot_be_right_is_an_error_at_once(
    folder: Path, url: str
) -> None:
    """Rather than a gateway that finds no store for as long as it runs."""
    (folder / "manifold.toml").write_text(f"store = '{url}'\nstore_key = '{KEY}'\n{FILE}")

    with pytest.raises(SettingsError, match=r"setting store \(MANIFOLD_STORE\): ") as caught:
        load()
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "redis://store",
        "redis://user:pass%2Fword@store:6380/3?prefix=staging",
        "rediss://store:6380?ssl_ca_certs=/etc/ca.pem&ssl_check_hostname=false",
        "unix:///run/store.sock?db=1&password=secret",
    ],
)
def test_an_address_of_a_store_has_many_forms(folder: Path, url: str) -> None:
    """Over TCP, over TLS, and over a socket of this machine."""
    (folder / "manifold.toml").write_text(f"store = '{url}'\nstore_key = '{KEY}'\n{FILE}")
    settings = load()

    assert settings.store is not None
    assert settings.store.get_secret_value() == url


def test_the_store_of_the_tests_is_no_setting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is for the tests alone, and may be set while a gateway runs in them."""
    (folder / "manifold.toml").write_text(FILE)
    monkeypatch.setenv("MANIFOLD_TEST_STORE", URL)

    assert load().store is None


@pytest.mark.parametrize("name", ["MANIFOLD_KEY", "MANIFOLD_URL"])
def test_what_clients_of_a_gateway_are_told_by_is_no_setting(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """They may run where a gateway does."""
    (folder / "manifold.toml").write_text(FILE)
    monkeypatch.setenv(name, "x")

    assert load().host == "127.0.0.1"


def test_graphiql_shows_the_schema_and_so_needs_introspection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not turned on by the way."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__BOOKS__PLATFORM", "codat")
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__BOOKS__API_KEY", "k")
    monkeypatch.setenv("MANIFOLD_GRAPHIQL", "true")

    with pytest.raises(SettingsError, match="introspection"):
        load()
