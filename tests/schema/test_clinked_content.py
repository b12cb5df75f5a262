"""What Clinked's groups hold, where documents leave its shape open."""

from typing import Any

import pytest
from strawberry import Some

from schema.clinked.files import ClinkedFile
from schema.clinked.group_settings import ClinkedConfigurationInput, ClinkedGroupComponentInput
from schema.clinked.group_trash import ClinkedTrashResult
from schema.clinked.groups import ClinkedGroup


@pytest.mark.parametrize("left", [[5, {"id": 6, "type": "page"}, None, []], ["5", {"id": "6"}]])
def test_things_that_failed_are_told_by_their_id_or_whole(left: list[Any]) -> None:
    """Clinked documents neither; what is none of both costs itself alone."""
    read = ClinkedTrashResult.model_validate({"success": None, "error": left})

    assert [one.platform_id for one in read.failed] == ["5", "6"]
    assert read.done == []


@pytest.mark.parametrize(
    ("jobs", "count"), [(None, None), ([], 0), (["scan", {"id": 1}], 2), ("scan", None)]
)
def test_jobs_of_a_file_are_counted(jobs: object, count: int | None) -> None:
    """Whatever they are."""
    assert ClinkedFile.model_validate({"id": 1, "jobs": jobs}).job_count == count


@pytest.mark.parametrize(
    ("kind", "is_folder"), [("@folder", True), ("image/png", False), (None, None)]
)
def test_a_folder_is_told_by_its_content_type(kind: str | None, is_folder: bool | None) -> None:
    """Nothing is said of a file whose type Clinked leaves out."""
    assert ClinkedFile.model_validate({"id": 1, "contentType": kind}).is_folder is is_folder


@pytest.mark.parametrize(
    ("value", "is_text", "sent"),
    [
        ("list", None, "list"),
        ("5", None, 5),
        ("5", False, 5),
        ("5", True, "5"),
        ("null", None, None),
        ('{"a": [true]}', None, {"a": [True]}),
        ("007", None, "007"),
        ("NaN", None, "NaN"),
        ("1e999", None, "1e999"),
        ('["\\ud800"]', None, '["\\ud800"]'),
        ("[" * 253 + "]" * 253, None, "[" * 253 + "]" * 253),
        ("[" * 100_000, None, "[" * 100_000),
    ],
)
def test_a_configuration_is_sent_as_what_its_json_stands_for(
    value: str,
    is_text: bool | None,
    sent: object,
) -> None:
    """Unless the caller says that it is a text."""
    said = {} if is_text is None else {"is_text": Some(is_text)}
    given = ClinkedConfigurationInput.model_validate({"name": "view", "value": value, **said})
    component = ClinkedGroupComponentInput.model_validate(
        {"name": "files", "configuration": [given]}
    )

    assert component.body() == {"name": "files", "configuration": {"view": sent}}


@pytest.mark.parametrize("odd", [None, 7, "text", []])
def test_settings_of_another_shape_cost_themselves_alone(odd: object) -> None:
    """A group keeps the rest."""
    read = ClinkedGroup.model_validate(
        {"id": 1, "friendlyName": "Bids", "masterConfiguration": odd, "components": odd}
        | {"components": [{"name": "files", "configuration": odd}]}
    )

    assert (read.name, read.master_settings) == ("Bids", [])
    assert [(one.name, one.configuration) for one in read.components] == [("files", [])]
