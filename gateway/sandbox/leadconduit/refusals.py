"""How LeadConduit says no."""

from starlette.responses import JSONResponse

from gateway.sandbox.kit.refusal import Refusal


def not_found() -> Refusal:
    """Refuse an entity that does not exist."""
    return Refusal(JSONResponse({"error": "entity not found"}, 404))


def no_connection() -> Refusal:
    """Refuse a connection that does not exist."""
    return Refusal(JSONResponse({"error": "connection not found"}, 404))


def forbidden() -> Refusal:
    """Refuse to change what is built in."""
    return Refusal(JSONResponse({"error": "standard entities cannot be modified"}, 403))


def invalid(message: str) -> Refusal:
    """Refuse an entity that breaks a rule."""
    return Refusal(JSONResponse({"error": message}, 422))


def bad_request(message: str) -> Refusal:
    """Refuse an invitation that breaks a rule."""
    return Refusal(JSONResponse({"error": message}, 400))
