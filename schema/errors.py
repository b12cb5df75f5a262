"""What a mutation says of a request that the caller can put right."""

from enum import StrEnum

import strawberry
from strawberry.pydantic import InputValidationError, ValidationErrorDetail
from strawberry.utils.str_converters import to_camel_case

from resolvers.journal import KeyInUse, KeyReused
from resolvers.platform import Platform
from resolvers.upstream.errors import BadInput, Fault, Forbidden, NotFound, NotSupported, Refused
from schema.outcome import Outcome


class UserErrorCode(StrEnum):
    """What is wrong with a request to change something."""

    INVALID = "INVALID"
    """A value breaks a rule; see `field`."""
    NOT_FOUND = "NOT_FOUND"
    """The thing does not exist."""
    CONFLICT = "CONFLICT"
    """It exists already, or is in use, or is being changed."""
    FORBIDDEN = "FORBIDDEN"
    """The platform does not allow it with these credentials."""
    LIMIT_REACHED = "LIMIT_REACHED"
    """The platform's plan allows no more of these."""
    NOT_SUPPORTED = "NOT_SUPPORTED"
    """The platform has no way to do this."""
    REFUSED = "REFUSED"
    """The platform said no."""
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    """The idempotency key was used for another mutation or other arguments; take another."""
    IDEMPOTENCY_KEY_IN_USE = "IDEMPOTENCY_KEY_IN_USE"
    """The same is being done for this idempotency key at this moment; ask again later."""


@strawberry.type
class UserError:
    """Something that the caller can put right."""

    code: UserErrorCode = strawberry.field(description="What is wrong.")
    message: str = strawberry.field(description="The same in words.")
    field: list[str] | None = strawberry.field(
        default=None, description="The path of the argument it is about, if it is about one."
    )
    platform: Platform | None = strawberry.field(
        default=None, description="Who said no; null where nothing was sent."
    )


@strawberry.interface
class Payload:
    """What a mutation answers."""

    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="What the caller can put right; empty if there is nothing.",
    )
    outcome: Outcome = strawberry.field(
        default=Outcome.CONFIRMED,
        description="What became of it. Where the platform's answer never came, the platform is "
        "asked afterwards, if it can be.",
    )


_BY_STATUS = {
    400: UserErrorCode.INVALID,
    402: UserErrorCode.LIMIT_REACHED,
    409: UserErrorCode.CONFLICT,
    422: UserErrorCode.INVALID,
}

# What a caller can put right; every other fault is an error of the whole field.
CORRECTABLE = (InputValidationError, BadInput, NotSupported, Refused)


_BY_KIND: dict[type[Exception], UserErrorCode] = {
    NotSupported: UserErrorCode.NOT_SUPPORTED,
    KeyReused: UserErrorCode.IDEMPOTENCY_KEY_REUSED,
    KeyInUse: UserErrorCode.IDEMPOTENCY_KEY_IN_USE,
}


def outcome_of(error: Exception) -> Outcome:
    """Tell what became of a mutation that ended in one of the `CORRECTABLE` errors."""
    return Outcome.UNKNOWN if isinstance(error, KeyInUse) else Outcome.NOT_APPLIED


def user_errors(error: Exception) -> list[UserError]:
    """Tell one of the `CORRECTABLE` errors to the caller."""
    if isinstance(error, InputValidationError):
        return [
            UserError(code=UserErrorCode.INVALID, message=says(e), field=e.location)
            for e in error.errors
        ]
    if isinstance(error, Refused):
        code, platform = _refusal(error), Platform(error.platform)
        return [UserError(code=code, message=error.message, platform=platform)]
    assert isinstance(error, Fault)  # noqa: S101 - narrows for the type checker
    code = _BY_KIND.get(type(error), UserErrorCode.INVALID)
    return [UserError(code=code, message=error.message, field=_path(error))]


def _path(error: Fault) -> list[str] | None:
    return [to_camel_case(name) for name in error.path] or None


def says(problem: ValidationErrorDetail) -> str:
    """Tell a caller what is wrong with a value in an input."""
    # GraphQL has checked the types, so that a type can only be wrong by being null.
    if problem.type.endswith("_type") or problem.type == "enum":
        return "This cannot be null."
    if problem.type == "string_unicode":
        return "This has half of a character in it, and is no text."
    return problem.message


def _refusal(error: Refused) -> UserErrorCode:
    if isinstance(error, NotFound):
        return UserErrorCode.NOT_FOUND
    if isinstance(error, Forbidden):
        return UserErrorCode.FORBIDDEN
    return _BY_STATUS.get(error.status or 0, UserErrorCode.REFUSED)
