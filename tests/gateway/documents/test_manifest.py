"""Manifests as they are read when the gateway starts."""

import json
from pathlib import Path

import pytest

from gateway.documents import ManifestError, problems
from gateway.documents import manifest as reading
from schema.build import build
from tests.gateway.documents.given import (
    APOLLO,
    CODEGEN,
    COMPANIES,
    ENTITIES,
    ENTITIES_ID,
    ENTITY_DELETE,
    GROUPS,
    GROUPS_ID,
    MANIFESTS,
    OTHER,
    RELAY,
    documents,
)

EVERYTHING = dict([COMPANIES, ENTITY_DELETE, (GROUPS_ID, GROUPS), (ENTITIES_ID, ENTITIES)])


def texts(manifest: Path) -> dict[str, str]:
    """Read a manifest to texts by their ids."""
    return {id: one.text for id, one in reading.read(manifest).items()}


def refused(manifest: Path) -> str:
    """Tell why a manifest is not taken, which is one line."""
    with pytest.raises(ManifestError) as found:
        reading.read(manifest)

    assert "\n" not in str(found.value)
    return str(found.value)


def file(folder: Path, content: object, name: str = "manifest.json") -> Path:
    """Write a manifest, or whatever it is to be."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def apollo(**changes: object) -> dict[str, object]:
    """Give Apollo's manifest with something else in it."""
    return {**json.loads(APOLLO.read_text()), **changes}


@pytest.mark.parametrize(
    ("manifest", "holds"),
    [
        (APOLLO, dict([COMPANIES, ENTITY_DELETE])),
        (RELAY, {GROUPS_ID: GROUPS}),
        (CODEGEN, {ENTITIES_ID: ENTITIES}),
        (MANIFESTS, EVERYTHING),
    ],
)
def test_every_format_is_read_and_a_folder_of_them(manifest: Path, holds: dict[str, str]) -> None:
    """As the generators of Apollo, Relay and graphql-codegen write them."""
    assert texts(manifest) == holds


def test_a_file_of_graphql_is_a_document_by_its_name(tmp_path: Path) -> None:
    """To the byte, since its hash is an id too; what is no manifest is left alone."""
    file(tmp_path, b"query A {\r\n  __typename\r\n}\r\n", "A.graphql")
    file(tmp_path, "{ __typename }", "b.gql")
    file(tmp_path, "What these are.", "README.md")
    file(tmp_path, "no document", ".swap.graphql")
    (tmp_path / "older.json").mkdir()

    assert texts(tmp_path) == {"A": "query A {\r\n  __typename\r\n}\r\n", "b": "{ __typename }"}


def test_a_byte_order_mark_before_json_is_no_part_of_it(tmp_path: Path) -> None:
    """Editors of Windows write one."""
    assert texts(file(tmp_path, b"\xef\xbb\xbf" + RELAY.read_bytes())) == {GROUPS_ID: GROUPS}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "is no JSON"),
        (b"\xff\xfe", "not in UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ([], "neither of Apollo nor"),
        ({"id": 1}, "neither of Apollo nor"),
        (apollo(version=2), "'version'"),
        (apollo(format="apollo-other"), "'format'"),
        (apollo(operations=[{"id": "a"}]), "'operations'.'0'.'body'"),
        ({}, "no document"),
        (apollo(operations=[]), "no document"),
        ('{"a": "{ a }", "a": "{ b }"}', "different values have the name 'a'"),
        ({"broken": "query {\n  a("}, "'broken': line 2: Syntax Error"),
        ({"deep": "{a" * 20_000}, "'deep': line 1: Syntax Error"),
        ({"part": "fragment F on Query { __typename }"}, "'part': the text has no operation"),
        ({"types": "type Query { a: Int }"}, "'types': the text has definitions of a schema"),
        ({"sha256:00": "{ __typename }"}, "the id is not the hash of the text"),
        ({"two\nlines": "{"}, r"'two\nlines'"),
    ],
)
def test_what_is_wrong_with_a_manifest_is_told_with_its_file(
    content: object, says: str, tmp_path: Path
) -> None:
    """When the gateway starts, and not when a client asks."""
    manifest = file(tmp_path, content)
    why = refused(manifest)

    assert why.startswith(str(manifest))
    assert says in why


def test_a_manifest_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As is a folder that has none."""
    assert "no such file or folder" in refused(tmp_path / "missing.json")
    assert "no document" in refused(tmp_path)


def test_one_id_with_two_texts_names_both_files(tmp_path: Path) -> None:
    """Which of them a client means is not to be known; the same text twice is well."""
    first = file(tmp_path, {"a": "{ __typename }"}, "first.json")
    second = file(tmp_path, {"a": "{ __typename }"}, "second.json")
    assert texts(tmp_path) == {"a": "{ __typename }"}

    file(tmp_path, {"a": "{ other: __typename }"}, "second.json")
    why = refused(tmp_path)

    assert f"{first} and {second}" in why
    assert "'a'" in why


def test_a_manifest_has_a_largest_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger is most likely another file."""
    manifest = file(tmp_path, {"a": "{ __typename }"})
    monkeypatch.setattr(reading, "LARGEST_FILE", manifest.stat().st_size)
    assert texts(manifest)

    monkeypatch.setattr(reading, "LARGEST_FILE", manifest.stat().st_size - 1)
    assert "is larger than" in refused(manifest)


def test_documents_are_held_against_the_schema(tmp_path: Path) -> None:
    """What does not fit is told by its file, id and line; what was generated from it fits."""
    schema = build().core
    manifest = file(tmp_path, {"good": OTHER, "bad": "{\n  nothing\n  members(first: 1.5)\n}"})
    found = problems(documents(manifest=manifest), schema)

    assert problems(documents(manifest=MANIFESTS), schema) == []
    assert all(problem.startswith(f"{manifest}: 'bad': line ") for problem in found)
    assert "line 2: Cannot query field 'nothing' on type 'Query'." in found[0]
    assert len(found) > 1
