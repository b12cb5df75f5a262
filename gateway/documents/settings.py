"""The settings of persisted documents."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from schema.limits.limit import Mode


class DocumentsSettings(BaseModel):
    """Which documents are persisted, and whether others are run."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    manifest: Path | None = None
    """The persisted documents: a manifest of Apollo, Relay or graphql-codegen, or a folder."""
    mode: Mode = Mode.OFF
    """What happens to a document that is not persisted: nothing, it is logged, or refused."""
    automatic: bool = False
    """Whether documents are kept as Apollo's clients send them, to be found by their hash."""
    automatic_documents: int = Field(default=1000, ge=1)
    """How many documents are kept at most; the least recently used go first."""
    automatic_bytes: int = Field(default=10_000_000, ge=1)
    """How many bytes of documents are kept at most; the least recently used go first."""

    @field_validator("mode")
    @classmethod
    def _has_a_manifest(cls, mode: Mode, info: ValidationInfo) -> Mode:
        # A manifest that is wrong itself is told of as such.
        if mode is not Mode.OFF and info.data.get("manifest", ...) is None:
            raise ValueError(f"`{mode}` needs a manifest of what is persisted")
        return mode

    @field_validator("automatic")
    @classmethod
    def _is_not_enforced(cls, automatic: bool, info: ValidationInfo) -> bool:
        if automatic and info.data.get("mode") is Mode.ENFORCE:
            raise ValueError("what any caller may add to cannot be enforced; turn one of them off")
        return automatic
