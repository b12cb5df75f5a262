"""The handles by which a stand-in is watched and steered while it runs."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.kit.bodies import parsed
from gateway.sandbox.kit.calls import CallLog
from gateway.sandbox.kit.fault_rules import faults_of
from gateway.sandbox.kit.faults import FaultBox, Faults
from gateway.sandbox.kit.limits import LimitBox
from gateway.sandbox.kit.values import record


@dataclass(frozen=True, slots=True)
class Controls:
    """Answers the paths that begin with two underscores."""

    calls: CallLog
    faults: FaultBox
    limits: LimitBox
    reseed: Callable[[], None]
    expire_tokens: Callable[[], None]

    def app(self) -> Starlette:
        """Make the app that answers them."""
        return Starlette(
            routes=[
                Route("/__calls", self.list_calls, methods=["GET"]),
                Route("/__calls", self.clear_calls, methods=["DELETE"]),
                Route("/__calls/count", self.count_calls, methods=["GET"]),
                Route("/__faults", self.get_faults, methods=["GET"]),
                Route("/__faults", self.put_faults, methods=["PUT"]),
                Route("/__limits", self.put_limits, methods=["PUT"]),
                Route("/__state", self.delete_state, methods=["DELETE"]),
            ]
        )

    def reset(self) -> None:
        """Go back to the seed, with no calls, no faults and nothing counted."""
        self.reseed()
        self.calls.clear()
        self.faults.put(Faults())
        self.limits.limiter.reset()

    async def list_calls(self, _request: Request) -> Response:
        """List what was received, oldest first."""
        return JSONResponse(self.calls.listed())

    async def clear_calls(self, _request: Request) -> Response:
        """Forget what was received."""
        self.calls.clear()
        return Response(status_code=204)

    async def count_calls(self, request: Request) -> Response:
        """Count what was received, of one method or under one path if so asked."""
        method = request.query_params.get("method")
        prefix = request.query_params.get("path", "")
        return JSONResponse({"count": self.calls.count(method and method.upper(), prefix)})

    async def get_faults(self, _request: Request) -> Response:
        """Show the faults in force."""
        return JSONResponse(self.faults.current.shown())

    async def put_faults(self, request: Request) -> Response:
        """Put faults in force in place of those before."""
        try:
            faults = faults_of(parsed(await request.body()))
        except ValueError as wrong:
            return JSONResponse({"error": str(wrong)}, 400)
        self.faults.put(faults)
        if faults.expire_tokens:
            self.expire_tokens()
        return JSONResponse(self.faults.current.shown())

    async def put_limits(self, request: Request) -> Response:
        """Switch rate limits on or off."""
        enabled = (record(parsed(await request.body())) or {}).get("enabled")
        if not isinstance(enabled, bool):
            return JSONResponse({"error": "'enabled' must be true or false"}, 400)
        self.limits.switch(enabled=enabled)
        return JSONResponse({"enabled": enabled})

    async def delete_state(self, _request: Request) -> Response:
        """Go back to the seed."""
        self.reset()
        return Response(status_code=204)
