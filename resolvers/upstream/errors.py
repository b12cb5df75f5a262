"""Everything that can go wrong between a field and a platform, as a tree.

    Fault
    ├── BadInput            the caller's arguments are off; nothing was sent
    ├── Unasked             nothing was sent
    │   ├── NotPermitted    the caller may not
    │   └── NotSupported    the platform has no such thing
    └── UpstreamFault       a platform is in the way
        ├── Unavailable     not reached, not in time, or a 5xx
        │   └── Unconfirmed a write that may have been done: its answer never came
        ├── RateLimited     it asks to wait
        ├── Unauthorized    it refuses our credentials
        ├── Malformed       its answer is not what it documents
        │   └── Unreadable  that of a write, which is done
        ├── Exhausted       nothing was sent: the connection's budget is used up
        ├── Late            the operation's deadline came first
        └── Refused         it understood, and says no to this request
            ├── Forbidden   the gateway's credentials may not do this
            └── NotFound    it has no such thing

The shape of the tree is the contract: what a caller sees is `code` and `message`, and neither
ever holds a platform's own words, an address or a credential.
"""

import math
from enum import StrEnum
from typing import ClassVar


class ErrorCode(StrEnum):
    """What went wrong, from a closed list; it stands in `extensions.code` and in outages."""

    BAD_USER_INPUT = "BAD_USER_INPUT"
    """An argument or the document is wrong, or a platform refused a read because of them."""
    UPSTREAM_UNAVAILABLE = "UPSTREAM_UNAVAILABLE"
    """The platform could not be reached, did not answer in time, or failed."""
    UPSTREAM_RATE_LIMITED = "UPSTREAM_RATE_LIMITED"
    """The platform refused because too many requests were made."""
    UPSTREAM_UNAUTHORIZED = "UPSTREAM_UNAUTHORIZED"
    """The platform refused the gateway's credentials."""
    UPSTREAM_MALFORMED = "UPSTREAM_MALFORMED"
    """The platform's answer was not what its documentation says."""
    NOT_SUPPORTED = "NOT_SUPPORTED"
    """The platform has no such thing, a list for instance."""
    RATE_LIMITED = "RATE_LIMITED"
    """What the connection may still ask its platform is used up; nothing was sent."""
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    """The platform had not answered by the operation's deadline."""
    UNAUTHENTICATED = "UNAUTHENTICATED"
    """The gateway does not know who asks: there is no key or token, or not a valid one."""
    FORBIDDEN = "FORBIDDEN"
    """The caller is known and may not do this; nothing was sent to any platform."""
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    """The request goes beyond one of the gateway's limits, and was not run, or not to its end."""
    UNAVAILABLE = "UNAVAILABLE"
    """The gateway itself cannot answer at this moment; nothing was sent to any platform."""
    PERSISTED_DOCUMENT_REQUIRED = "PERSISTED_DOCUMENT_REQUIRED"
    """This gateway runs persisted documents alone; nothing else is run."""
    PERSISTED_DOCUMENT_NOT_FOUND = "PERSISTED_DOCUMENT_NOT_FOUND"
    """The gateway has no persisted document of that id."""
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    """No document of that hash is kept; send it along once."""
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    """This gateway keeps no automatic persisted queries."""
    INTERNAL = "INTERNAL"
    """A fault of the gateway's own; quote the request id."""


class Fault(Exception):
    """The root: a message for the caller and a code."""

    code: ClassVar[ErrorCode] = ErrorCode.INTERNAL

    def __init__(self, message: str, *, path: tuple[str, ...] = ()) -> None:
        """Keep the message, and the argument it is about where there is one."""
        super().__init__(message)
        self.message = message
        self.path = path


class BadInput(Fault):
    """The caller's arguments are off, and nothing was sent."""

    code = ErrorCode.BAD_USER_INPUT


class Unasked(Fault):
    """Nothing was sent; says to which platform, and on which connection, where it is about one."""

    def __init__(
        self,
        message: str,
        *,
        path: tuple[str, ...] = (),
        platform: str | None = None,
        connection: str | None = None,
    ) -> None:
        """Keep where it was asked for."""
        super().__init__(message, path=path)
        self.platform = platform
        self.connection = connection


class NotPermitted(Unasked):
    """The caller may not do this."""

    code = ErrorCode.FORBIDDEN


class NotSupported(Unasked):
    """The platform has no such thing."""

    code = ErrorCode.NOT_SUPPORTED


class UpstreamFault(Fault):
    """A platform is in the way; says which, on which connection, and when to come back."""

    def __init__(
        self,
        message: str,
        *,
        platform: str,
        connection: str,
        retry_after: float | None = None,
        status: int | None = None,
    ) -> None:
        """Keep where it happened; `retry_after` is in seconds."""
        super().__init__(message)
        self.platform = platform
        self.connection = connection
        self.retry_after = retry_after
        self.status = status

    @property
    def retry_after_seconds(self) -> int | None:
        """When to come back as callers are told it: in whole seconds, and not too early."""
        return None if self.retry_after is None else math.ceil(self.retry_after)


class Unavailable(UpstreamFault):
    """The platform was not reached, was not in time, or failed."""

    code = ErrorCode.UPSTREAM_UNAVAILABLE


class Unconfirmed(Unavailable):
    """A write was sent, and whether it was done is not known."""


class RateLimited(UpstreamFault):
    """The platform asks to wait."""

    code = ErrorCode.UPSTREAM_RATE_LIMITED


class Unauthorized(UpstreamFault):
    """The platform refuses our credentials."""

    code = ErrorCode.UPSTREAM_UNAUTHORIZED


class Malformed(UpstreamFault):
    """The platform's answer is not what it documents."""

    code = ErrorCode.UPSTREAM_MALFORMED


class Unreadable(Malformed):
    """A write is done, and what the platform says of it cannot be read."""


class Exhausted(UpstreamFault):
    """The connection's budget is used up, and nothing was sent."""

    code = ErrorCode.RATE_LIMITED


class Late(UpstreamFault):
    """The operation's deadline came before the platform's answer."""

    code = ErrorCode.DEADLINE_EXCEEDED


class Refused(UpstreamFault):
    """The platform understood the request and says no."""

    code = ErrorCode.BAD_USER_INPUT


class NotFound(Refused):
    """The platform has no such thing."""


class Forbidden(Refused):
    """The gateway's credentials are good, but not for this."""

    code = ErrorCode.UPSTREAM_UNAUTHORIZED
