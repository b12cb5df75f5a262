"""Answers of Clinked that are not quite as its documents say, or hold what is nobody's business."""

from datetime import UTC, datetime

import pytest

from resolvers.call import Origin
from resolvers.located import stamp
from resolvers.platforms.clinked import Clinked
from schema.clinked.announcements import ClinkedAccountAnnouncement
from schema.clinked.applications import ClinkedNewApplication
from schema.clinked.docusign import ClinkedDocusignAccount
from schema.clinked.subscription import ClinkedPackage
from schema.clinked.user_info import ClinkedUserAccount
from schema.clinked.users import ClinkedUser

SECRET = "not-for-the-log"


def test_a_new_application_stands_beside_its_secret() -> None:
    """Clinked puts both into one object."""
    made = ClinkedNewApplication.model_validate({"clientId": "tides", "clientSecret": SECRET})
    stamp(made, Origin(Clinked.platform, "clinked"))

    assert made.application.platform_id == "tides"
    assert made.client_secret == SECRET
    assert SECRET not in repr(made)


@pytest.mark.parametrize(
    ("wire", "moment"),
    [
        (None, None),
        (True, None),
        (False, None),
        (1_704_067_200_000, datetime(2024, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_trial_is_a_moment_or_nothing(wire: object, moment: datetime | None) -> None:
    """One section types it as a boolean, and such a value must not cost the rest."""
    package = ClinkedPackage.model_validate({"code": "trial", "trialExpires": wire})

    assert (package.code, package.trial_ends_at) == ("trial", moment)


def test_a_value_of_metadata_that_is_no_text_is_told_all_the_same() -> None:
    """Whoever fills it in may put anything there."""
    wire = {"tier": "gold", "seats": 4, "notes": None, "extra": {"a": 1}}
    place = ClinkedUserAccount.model_validate({"metadata": wire})

    assert [(one.name, one.value()) for one in place.metadata] == [
        ("tier", "gold"),
        ("seats", "4"),
        ("notes", None),
        ("extra", '{"a": 1}'),
    ]


def test_a_date_format_that_is_a_boolean_costs_itself_alone() -> None:
    """One section types it as a boolean, and a member is more than that."""
    user = ClinkedUser.model_validate({"id": 1001, "name": "Ada Ashdown", "dateFormat": True})

    assert (user.name, user.date_format) == ("Ada Ashdown", None)


@pytest.mark.parametrize(
    ("wire", "is_default"),
    [("true", True), ("false", False), (True, True), (None, None), ("primary", None)],
)
def test_docusigns_word_for_its_usual_account_costs_itself_alone(
    wire: object, is_default: bool | None
) -> None:
    """Clinked documents it as a text, without the words that it may be."""
    found = ClinkedDocusignAccount.model_validate({"account_id": "a-1", "is_default": wire})

    assert (found.key, found.is_default) == ("a-1", is_default)


def test_an_announcement_that_is_answered_without_its_id_has_the_one_it_was_asked_by() -> None:
    """Clinked leaves it out there, after a change perhaps too; its global id needs it."""
    at = Origin(Clinked.platform, "clinked", {"account": "11", "announcement": "main"})
    changed = ClinkedAccountAnnouncement.model_validate({"title": "Open again"})
    stamp(changed, at)

    assert changed.platform_id == "main"
    assert changed.origin.keys == {"account": "11", "announcement": "main"}
