"""A request that is answered without being run."""

from collections.abc import Mapping
from typing import Any

from resolvers.upstream.errors import ErrorCode


class Refusal(Exception):
    """Says why, with which status and code; the message quotes nothing of the request."""

    def __init__(
        self,
        status: int,
        message: str,
        code: ErrorCode = ErrorCode.BAD_USER_INPUT,
        *,
        headers: Mapping[str, str] | None = None,
        extensions: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep what the answer is made of."""
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.headers = dict(headers or {})
        self.extensions = dict(extensions or {})
