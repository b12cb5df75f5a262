"""Automatic persisted queries: a miss, the text sent along, then hits."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gateway.documents import Asked, DocumentFault, Documents
from gateway.documents.automatic import Automatic
from gateway.documents.document import encoded, hashed
from resolvers.upstream.errors import ErrorCode
from tests.gateway.documents.given import GROUPS, MANIFESTS, OTHER, by_hash, documents

HASH = hashed(OTHER)


def missed(documents: Documents, hash: str = HASH) -> tuple[str, ErrorCode, int]:
    """Tell how a hash that is not kept is answered."""
    with pytest.raises(DocumentFault) as found:
        documents.text(by_hash(hash), "GET")
    return found.value.message, found.value.code, found.value.status


def test_a_text_that_was_sent_along_is_found_by_its_hash() -> None:
    """Until then the client is told, in the words that it looks for, to send it."""
    held = documents(automatic=True)
    not_found = ("PersistedQueryNotFound", ErrorCode.PERSISTED_QUERY_NOT_FOUND, 200)

    assert missed(held) == not_found
    assert held.text(Asked(OTHER), "POST") == OTHER
    assert missed(held) == not_found
    assert held.text(by_hash(HASH, OTHER), "POST") == OTHER
    assert held.text(by_hash(HASH), "GET") == OTHER


def test_off_clients_are_told_to_send_no_hashes() -> None:
    """In the words that they look for; a text that comes with one is run, and not kept."""
    held = documents()
    not_supported = ("PersistedQueryNotSupported", ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, 200)

    assert held.text(by_hash(HASH, OTHER), "POST") == OTHER
    assert missed(held) == not_supported


def test_off_with_a_manifest_clients_go_on_to_send_hashes() -> None:
    """Those of what is persisted are found; any other document has to be sent each time."""
    held = documents(manifest=MANIFESTS)

    assert held.text(by_hash(HASH, OTHER), "POST") == OTHER
    assert missed(held)[1] == ErrorCode.PERSISTED_QUERY_NOT_FOUND
    assert held.text(by_hash(hashed(GROUPS)), "GET") == GROUPS


def test_a_text_is_kept_by_its_own_hash_alone() -> None:
    """Else one client could choose what others run."""
    held = documents(automatic=True)
    with pytest.raises(DocumentFault):
        held.text(by_hash(HASH, "{ other: __typename }"), "POST")

    assert missed(held)[1] == ErrorCode.PERSISTED_QUERY_NOT_FOUND


def test_of_too_many_texts_the_least_recently_used_goes() -> None:
    """To be asked for is to be used; to be registered again takes no second place."""
    held = documents(automatic=True, automatic_documents=2)
    first, second, third = ("{ a: __typename }", "{ b: __typename }", "{ c: __typename }")
    for text in (first, second, second):
        held.text(by_hash(hashed(text), text), "POST")
    held.text(by_hash(hashed(first)), "GET")
    held.text(by_hash(hashed(third), third), "POST")

    assert held.text(by_hash(hashed(first)), "GET") == first
    assert held.text(by_hash(hashed(third)), "GET") == third
    assert missed(held, hashed(second))[1] == ErrorCode.PERSISTED_QUERY_NOT_FOUND


def test_a_text_that_is_larger_than_all_room_displaces_nothing() -> None:
    """It is run, and not kept."""
    held = documents(automatic=True, automatic_bytes=len(OTHER))
    large = OTHER + " "
    held.text(by_hash(HASH, OTHER), "POST")

    assert held.text(by_hash(hashed(large), large), "POST") == large
    assert held.text(by_hash(HASH), "GET") == OTHER
    assert missed(held, hashed(large))[1] == ErrorCode.PERSISTED_QUERY_NOT_FOUND


@example(["\ud800"], 1, 9)
@given(st.lists(st.text(st.characters(), max_size=4)), st.integers(1, 4), st.integers(1, 9))
def test_whatever_is_sent_the_bounds_hold(
    sent: list[str], most_documents: int, most_bytes: int
) -> None:
    """And what was sent last is there, if it fits at all; JSON may hold any of these texts."""
    kept = Automatic(most_documents, most_bytes)
    for text in sent:
        kept.keep(hashed(text), text)
        fits = len(encoded(text)) <= most_bytes
        assert kept.find(hashed(text)) == (text if fits else None)
    left = [text for text in set(sent) if kept.find(hashed(text)) == text]

    assert len(left) <= most_documents
    assert sum(len(encoded(text)) for text in left) <= most_bytes
