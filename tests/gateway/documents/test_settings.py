"""The settings of persisted documents."""

import pytest
from pydantic import ValidationError

from gateway.documents import DocumentsSettings
from gateway.settings import SettingsError, load
from schema.limits.limit import Mode
from tests.gateway.documents.given import MANIFESTS


def test_nothing_is_persisted_kept_or_refused_unless_set() -> None:
    """The defaults, which the page has too."""
    settings = DocumentsSettings()

    assert settings.manifest is None
    assert settings.mode is Mode.OFF
    assert not settings.automatic
    assert (settings.automatic_documents, settings.automatic_bytes) == (1000, 10_000_000)


@pytest.mark.parametrize(
    ("given", "setting", "says"),
    [
        ({"mode": "measure"}, "mode", "`measure` needs a manifest"),
        ({"mode": "enforce"}, "mode", "`enforce` needs a manifest"),
        (
            {"manifest": MANIFESTS, "mode": "enforce", "automatic": True},
            "automatic",
            "what any caller may add to cannot be enforced",
        ),
        ({"automatic_documents": 0}, "automatic_documents", "greater than or equal to 1"),
        ({"automatic_bytes": 0}, "automatic_bytes", "greater than or equal to 1"),
        ({"mode": "sometimes"}, "mode", "'off', 'measure' or 'enforce'"),
        ({"manifests": MANIFESTS}, "manifests", "not permitted"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(
    given: dict[str, object], setting: str, says: str
) -> None:
    """By the one of them that is to be changed."""
    with pytest.raises(ValidationError) as found:
        DocumentsSettings.model_validate(given)
    (problem,) = found.value.errors()

    assert problem["loc"] == (setting,)
    assert says in problem["msg"]


@pytest.mark.parametrize(
    "given",
    [
        {"manifest": MANIFESTS, "mode": "enforce"},
        {"manifest": MANIFESTS, "mode": "measure", "automatic": True},
        {"automatic": True},
    ],
)
def test_settings_that_go_together_are_taken(given: dict[str, object]) -> None:
    """Measuring goes with both, for the way from the one to the other."""
    assert DocumentsSettings.model_validate(given).model_fields_set == set(given)


def test_a_wrong_setting_is_named_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the file and in the environment."""
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__ONE__PLATFORM", "conduit")
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__ONE__LINK_APP_TOKEN", "a-token")
    monkeypatch.setenv("MANIFOLD_DOCUMENTS__MODE", "enforce")
    with pytest.raises(SettingsError) as found:
        load()

    assert "setting documents.mode (MANIFOLD_DOCUMENTS__MODE): `enforce` needs" in str(found.value)
