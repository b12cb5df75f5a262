"""How Clinked says no: like a Spring application."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse

from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.refusal import Refusal


def spring(path: str, status: int, message: str) -> JSONResponse:
    """Answer an error as Spring does by default."""
    body = {
        "timestamp": Clock().millis(),
        "status": status,
        "error": HTTPStatus(status).phrase,
        "message": message,
        "path": path,
    }
    return JSONResponse(body, status)


def _refusal(status: int, message: str) -> Refusal:
    return Refusal(lambda request: spring(request.url.path, status, message))


def invalid(message: str) -> Refusal:
    """Refuse a value that breaks a rule."""
    return _refusal(400, message)


def not_found(what: str, key: object) -> Refusal:
    """Refuse a thing that does not exist."""
    return _refusal(404, f"{what} {key} does not exist")


def conflict(what: str, key: object) -> Refusal:
    """Refuse a name that is taken."""
    return _refusal(409, f"{what} {key} is taken")


def oauth_error(status: int, error: str, description: str) -> JSONResponse:
    """Answer an error as OAuth has it."""
    return JSONResponse({"error": error, "error_description": description}, status)


def wrong_path(request: Request, status: int) -> JSONResponse:
    """Answer a path or a method that does not exist."""
    return spring(request.url.path, status, "No such resource")
