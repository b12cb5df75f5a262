"""How Kondado says no: with 200 and a success of false."""

from starlette.responses import JSONResponse


def failure(error: str, message: str) -> JSONResponse:
    """Answer a failure, whose status is 200 all the same."""
    return JSONResponse({"success": False, "error": error, "message": message})
