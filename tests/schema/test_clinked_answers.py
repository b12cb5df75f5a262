"""Answers of Clinked that are not quite as its documents say, or hold what is nobody's business."""

from datetime import UTC, datetime

import pytest

from resolvers.call import Origin
from resolvers.located import stamp
from resolvers.platforms.clinked import Clinked
from schema.clinked.applications import ClinkedNewApplication
from schema.clinked.subscription import ClinkedPackage
from schema.clinked.user_info import ClinkedUserAccount

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


def test_a_value_of_metadata_that_is_no_text_costs_itself_alone() -> None:
    """Whoever fills it in may put anything there; numbers read as text."""
    wire = {"tier": "gold", "seats": 4, "notes": None, "extra": {"a": 1}}
    place = ClinkedUserAccount.model_validate({"metadata": wire})

    assert [(tag.name, tag.value) for tag in place.metadata] == [("tier", "gold"), ("seats", "4")]
