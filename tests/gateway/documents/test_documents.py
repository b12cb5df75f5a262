"""Which document a request asks for, by a manifest and in each mode."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from gateway.documents import Asked, DocumentFault, Documents, DocumentsSettings, Origin
from resolvers.upstream.errors import ErrorCode
from tests.gateway.documents.given import (
    COMPANIES,
    ENTITIES_ID,
    GROUPS,
    GROUPS_ID,
    MANIFESTS,
    OTHER,
    by_hash,
    by_id,
    documents,
    persisted_query,
    prefixed,
)

MODES = ("off", "measure", "enforce")


def refused(documents: Documents, asked: Asked) -> tuple[ErrorCode, int]:
    """Tell with which code and status a request is refused."""
    with pytest.raises(DocumentFault) as found:
        documents.text(asked, "POST")
    return found.value.code, found.value.status


@pytest.mark.parametrize("mode", MODES)
def test_a_document_is_found_by_its_id_in_every_mode(mode: str) -> None:
    """The manifest's, or the hash of its text behind the draft's prefix."""
    held = documents(manifest=MANIFESTS, mode=mode)

    for id in (GROUPS_ID, prefixed(GROUPS)):
        assert held.text(by_id(id), "GET") == GROUPS


@pytest.mark.parametrize("mode", MODES)
def test_apollos_clients_find_a_document_by_the_id_of_its_manifest(mode: str) -> None:
    """They send it as a hash, whether it is one or not, and some send the text along."""
    held = documents(manifest=MANIFESTS, mode=mode)
    id, text = COMPANIES

    assert held.text(by_hash(id), "GET") == text
    assert held.text(by_hash(GROUPS_ID), "GET") == GROUPS
    assert held.text(by_hash(GROUPS_ID, GROUPS), "POST") == GROUPS


@pytest.mark.parametrize(
    "id",
    ["", "nothing", "../relay", GROUPS_ID.upper(), f"sha256:{GROUPS_ID}", prefixed(OTHER), "é\0"],
)
@pytest.mark.parametrize("settings", [{}, {"manifest": MANIFESTS}])
def test_an_id_that_is_not_persisted_is_not_found(id: str, settings: dict[str, Path]) -> None:
    """With a manifest or without; nothing but what was read at the start is looked at."""
    code = ErrorCode.PERSISTED_DOCUMENT_NOT_FOUND

    assert refused(documents(**settings), by_id(id)) == (code, 404)


def test_a_hash_without_its_prefix_is_no_id() -> None:
    """What an id without a colon means is for the manifest to say."""
    bare = prefixed(GROUPS).removeprefix("sha256:")

    assert refused(documents(manifest=MANIFESTS), by_id(bare))[1] == 404


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(GROUPS, GROUPS_ID),
        Asked(OTHER, GROUPS_ID),
        Asked(document_id=GROUPS_ID, extensions=persisted_query(GROUPS_ID)),
        Asked(OTHER, extensions={"persistedQuery": {"version": 2, "sha256Hash": "a"}}),
        Asked(OTHER, extensions={"persistedQuery": {"version": 1}}),
        Asked(OTHER, extensions={"persistedQuery": {"version": 1, "sha256Hash": 1}}),
        Asked(OTHER, extensions={"persistedQuery": "a"}),
        by_hash(GROUPS_ID, OTHER),
        by_hash(prefixed(GROUPS).removeprefix("sha256:"), OTHER),
    ],
)
@pytest.mark.parametrize("mode", MODES)
def test_a_request_names_one_document_in_one_way(asked: Asked, mode: str) -> None:
    """None, two, or a hash that is not the text's could each be taken for anything."""
    held = documents(manifest=MANIFESTS, mode=mode)

    assert refused(held, asked) == (ErrorCode.BAD_USER_INPUT, 400)


def test_enforced_nothing_else_is_run() -> None:
    """What is sent is run if it is a persisted document to the letter."""
    held = documents(manifest=MANIFESTS, mode="enforce")
    required = (ErrorCode.PERSISTED_DOCUMENT_REQUIRED, 403)

    assert held.text(Asked(GROUPS), "POST") == GROUPS
    for text in (OTHER, GROUPS + " ", GROUPS.strip(), "", "{", "\ud800"):
        assert refused(held, Asked(text)) == required


def test_enforced_an_unknown_hash_is_not_asked_for_with_its_text() -> None:
    """It would be refused; with the text, it is as the text alone."""
    held = documents(manifest=MANIFESTS, mode="enforce")
    hash = prefixed(OTHER).removeprefix("sha256:")

    assert refused(held, by_hash(hash))[0] == ErrorCode.PERSISTED_DOCUMENT_NOT_FOUND
    assert refused(held, by_hash(hash, OTHER))[0] == ErrorCode.PERSISTED_DOCUMENT_REQUIRED


def test_measured_what_is_not_persisted_is_run_and_logged_by_its_hash() -> None:
    """The log has nothing of its text, which may hold values."""
    held = documents(manifest=MANIFESTS, mode="measure")
    secret = '{ company(id: "a-secret") { id } }'

    with capture_logs() as lines:
        assert held.text(Asked(GROUPS), "POST") == GROUPS
        assert held.text(by_id(ENTITIES_ID), "GET")
        assert held.text(Asked(secret), "POST") == secret

    assert lines == [
        {
            "event": "document not persisted",
            "log_level": "warning",
            "id": prefixed(secret),
            "method": "POST",
        }
    ]


def test_a_text_that_utf_8_cannot_write_is_measured_as_any() -> None:
    """JSON can hold half of a surrogate pair; what comes of it is for the parser to say."""
    held = documents(manifest=MANIFESTS, mode="measure")

    assert held.text(Asked("\ud800"), "POST") == "\ud800"


@pytest.mark.parametrize("settings", [{}, {"manifest": MANIFESTS}])
def test_off_anything_is_run_and_nothing_logged(settings: dict[str, Path]) -> None:
    """As if there were no persisted documents."""
    held = documents(**settings)

    with capture_logs() as lines:
        for text in (OTHER, ""):
            assert held.text(Asked(text), "POST") == text

    assert lines == []


def test_documents_are_counted_by_where_they_came_from() -> None:
    """That is how much is left to persist before it is enforced; a refusal is not counted."""
    counted: list[Origin] = []
    settings = DocumentsSettings(manifest=MANIFESTS, automatic=True)
    held = Documents(settings, counted.append)
    hash = prefixed(OTHER).removeprefix("sha256:")
    for asked in (by_id(GROUPS_ID), Asked(GROUPS), by_hash(hash, OTHER), by_hash(hash)):
        held.text(asked, "POST")
    refused(held, by_id("nothing"))

    assert counted == ["persisted", "persisted", "sent", "automatic"]
