"""How Codat says no: one envelope for every error."""

from starlette.responses import JSONResponse

from gateway.sandbox.kit.refusal import Refusal


def envelope(
    status: int, error: str, *, validation: str | None = None, headers: dict[str, str] | None = None
) -> JSONResponse:
    """Answer an error in Codat's envelope."""
    told = {"itemId": None, "message": validation, "validatorName": "SandboxValidator"}
    body = {
        "statusCode": status,
        "service": "ClientsApi",
        "error": error,
        "correlationId": f"5a4db0c5{status:024d}",
        "validation": {"errors": [told], "warnings": []} if validation else None,
        "canBeRetried": "True" if status == 429 else "Unknown",  # noqa: PLR2004
        "detailedErrorCode": 0,
    }
    return JSONResponse(body, status, headers)


def invalid(message: str) -> Refusal:
    """Refuse a request that breaks a rule."""
    return Refusal(envelope(400, "Validation failed.", validation=message))


def malformed(why: str = "Malformed query.") -> Refusal:
    """Refuse a query that cannot be read."""
    return Refusal(envelope(400, f"Error parsing query - {why}"))


def not_found(kind: str, key: str) -> Refusal:
    """Refuse a thing that does not exist."""
    return Refusal(envelope(404, f"No {kind} was found with ID {key}"))


def too_many_groups() -> Refusal:
    """Refuse one group more than a client may have."""
    return Refusal(envelope(409, "Maximum number of groups reached."))
