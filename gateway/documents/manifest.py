"""Reads manifests: a file or a folder of them, in any of the formats that generators write."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter, ValidationError

from gateway.documents.document import Document, shown
from gateway.documents.errors import ManifestError

LARGEST_FILE = 50_000_000
APOLLO = "apollo-persisted-query-manifest"
# Files whose text is a document, and whose name is its id.
_DOCUMENTS = {".graphql", ".gql"}
_FILES = {".json", *_DOCUMENTS}


class _Operation(BaseModel):
    """One of the documents in Apollo's format, of which its name and kind are not needed."""

    id: str
    body: str


class _Apollo(BaseModel):
    """What `generate-persisted-query-manifest` and Apollo's mobile code generators write."""

    format: Literal["apollo-persisted-query-manifest"]
    version: Literal[1]
    operations: list[_Operation]


# What the compiler of Relay and the client preset of graphql-codegen write.
_TEXT_BY_ID = TypeAdapter(dict[str, str])


def read(manifest: Path) -> Mapping[str, Document]:
    """Read every document of a manifest, by its id. Raises `ManifestError`."""
    found: dict[str, Document] = {}
    for document in _documents(_files(manifest)):
        held = found.setdefault(document.id, document)
        if held.text != document.text:
            files = f"{held.file} and {document.file}"
            raise ManifestError(f"{files}: different texts have the id {shown(document.id)}")
        if held is document:
            document.check()
    if not found:
        raise ManifestError(f"{manifest}: there is no document in it")
    return found


def _files(manifest: Path) -> list[Path]:
    try:
        if manifest.is_dir():
            return sorted(filter(_is_meant, manifest.iterdir()))
        is_there = manifest.is_file()
    except OSError as error:
        raise ManifestError(f"{manifest}: cannot be read: {type(error).__name__}") from None
    if not is_there:
        raise ManifestError(f"{manifest}: there is no such file or folder")
    return [manifest]


def _is_meant(file: Path) -> bool:
    return file.suffix in _FILES and not file.name.startswith(".") and file.is_file()


def _documents(files: Iterable[Path]) -> Iterable[Document]:
    for file in files:
        if file.suffix in _DOCUMENTS:
            yield Document(file.stem, _text(file), file)
        else:
            for id, text in _texts(_json(file), file):
                yield Document(id, text, file)


def _text(file: Path) -> str:
    """Give a file's text to the byte, since the hash of it is an id."""
    try:
        with file.open("rb") as opened:
            held = opened.read(LARGEST_FILE + 1)
        if len(held) > LARGEST_FILE:
            raise ManifestError(f"{file}: is larger than {LARGEST_FILE // 1_000_000} MB")
        return held.decode()
    except OSError as error:
        raise ManifestError(f"{file}: cannot be read: {type(error).__name__}") from None
    except UnicodeDecodeError:
        raise ManifestError(f"{file}: is not in UTF-8") from None


def _json(file: Path) -> Any:
    try:
        return json.loads(_text(file).removeprefix("\ufeff"), object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise ManifestError(f"{file}: is no JSON: {error}") from None
    except RecursionError:
        raise ManifestError(f"{file}: is nested too deeply") from None
    except ValueError as error:
        raise ManifestError(f"{file}: {error}") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object; of two values under one name, Python would drop the first."""
    made: dict[str, Any] = {}
    for name, value in pairs:
        if made.setdefault(name, value) != value:
            raise ValueError(f"different values have the name {shown(name)}")
    return made


def _texts(held: Any, file: Path) -> Iterable[tuple[str, str]]:
    try:
        match held:
            case {"format": str(), "operations": _} | {"format": "apollo-persisted-query-manifest"}:
                operations = _Apollo.model_validate(held).operations
                return [(operation.id, operation.body) for operation in operations]
            case _:
                return _TEXT_BY_ID.validate_python(held).items()
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(shown(str(part)) for part in problem["loc"]) or "the whole"
        message = f"{file}: is a manifest neither of Apollo nor of texts by their ids"
        raise ManifestError(f"{message}: {where}: {problem['msg']}") from None
