"""Which form of parts a client takes."""

import pytest

from gateway.http.media import GRAPHQL_RESPONSE, JSON, answer_type
from gateway.http.multipart import Form, form_taken
from gateway.http.refusal import Refusal

CURRENT, FORMER = Form.CURRENT, Form.FORMER


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        # Apollo Client 4, by which of its handlers is set, and Apollo Client 3.
        (f"multipart/mixed;incrementalSpec=v0.2,{GRAPHQL_RESPONSE},{JSON};q=0.9", CURRENT),
        (f"multipart/mixed;deferSpec=20220824,{GRAPHQL_RESPONSE},{JSON};q=0.9", FORMER),
        (f"multipart/mixed; deferSpec=20220824, {JSON}", FORMER),
        # urql 6, which takes everything and reads either form.
        (
            f"{GRAPHQL_RESPONSE}, {JSON}, text/event-stream, multipart/mixed",
            CURRENT,
        ),
        # GraphiQL's own fetcher, and that of others.
        (f"{JSON}, multipart/mixed", CURRENT),
        (f'Multipart/Mixed; DeferSpec="20220824" ; q=0.5, {JSON}', FORMER),
        ("multipart/mixed;deferSpec=20220824, multipart/mixed;incrementalSpec=v0.2", CURRENT),
        ("multipart/mixed;q=0.1, multipart/mixed;deferSpec=20220824;q=0.2", FORMER),
    ],
)
def test_the_form_is_the_one_that_the_client_reads(accept: str, form: Form) -> None:
    """Each of today's clients says which."""
    assert form_taken(accept) is form


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "",
        "*/*",
        "multipart/*",
        JSON,
        f"{JSON}, multipart/mixed;q=0",
        f"{JSON}, multipart/mixed;q=nan",
        # Relay's and Apollo's subscriptions, and what nobody has thought of yet.
        f"multipart/mixed;boundary=graphql;subscriptionSpec=1.0,{JSON}",
        f"multipart/mixed;deferSpec=20990101, {JSON}",
        f"multipart/mixed;incrementalSpec=v9, {JSON}",
        f"multipart/form-data, {JSON}",
        f"x-multipart/mixed, {JSON}",
    ],
)
def test_who_names_no_form_that_is_known_takes_no_parts(accept: str | None) -> None:
    """An answer in parts would be unreadable for them."""
    assert form_taken(accept) is None


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (f"multipart/mixed, {JSON}", JSON),
        (f"multipart/mixed, {GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
    ],
)
def test_what_is_not_deferred_is_of_the_type_that_is_named_beside(accept: str, media: str) -> None:
    """A status tells whether it was run."""
    assert answer_type(accept) == media


def test_parts_alone_are_not_enough() -> None:
    """What is refused, or defers nothing, could not be answered."""
    with pytest.raises(Refusal) as refused:
        answer_type("multipart/mixed")

    assert refused.value.status == 406
