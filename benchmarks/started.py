"""What it takes to start a gateway."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Started:
    """A command with its folder and environment, and the headers that each request has."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
