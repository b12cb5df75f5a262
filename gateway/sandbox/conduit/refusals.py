"""How Conduit says no."""

from starlette.responses import JSONResponse

from gateway.sandbox.kit.refusal import Refusal


def unauthorized() -> JSONResponse:
    """Answer a caller whose Link App token is unknown."""
    return JSONResponse({"code": "unauthorized", "message": "Invalid token"}, 401)


def invalid(message: str) -> Refusal:
    """Refuse a body that breaks a rule."""
    return Refusal(JSONResponse({"code": "invalid", "message": message}, 400))


def not_found(cid: str) -> Refusal:
    """Refuse a company that this Link App does not have."""
    message = f"No company has the id {cid[:64]}"
    return Refusal(JSONResponse({"code": "not_found", "message": message}, 404))


def duplicate(cid: str) -> Refusal:
    """Refuse to create a company whose id is taken."""
    message = f"A company with the id {cid[:64]} exists"
    return Refusal(JSONResponse({"code": "duplicate", "message": message}, 409))
