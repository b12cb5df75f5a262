"""One connection at work: a call's journey to the platform and back.

Session     each read asked once in an operation          (session.py)
   │
Connection  call → request; a refused token renewed once; the answer judged and decoded
   │
Signer      puts the credentials on                       (upstream/signing.py, tokens.py)
   │
Wire        carries the bytes                             (upstream/wire.py)
"""

import time
from dataclasses import replace
from typing import Any

import structlog
from pydantic import ValidationError

from resolvers.call import Call, Origin
from resolvers.platform import Clock, Credentials, Platform
from resolvers.reply import decode
from resolvers.upstream.errors import (
    Forbidden,
    Malformed,
    NotFound,
    RateLimited,
    Refused,
    Unauthorized,
    Unavailable,
    UpstreamFault,
)
from resolvers.upstream.tokens import NoToken
from resolvers.upstream.verdict import Outcome, Verdict
from resolvers.upstream.wire import Request, Response, Wire, WireError

_FAULTS: dict[Outcome, tuple[type[UpstreamFault], str]] = {
    Outcome.UNAUTHORIZED: (Unauthorized, "refused the gateway's credentials"),
    Outcome.FORBIDDEN: (Forbidden, "does not allow this to the gateway's credentials"),
    Outcome.NOT_FOUND: (NotFound, "has no such thing"),
    Outcome.REFUSED: (Refused, "refused the request"),
    Outcome.RATE_LIMITED: (RateLimited, "asks to wait: too many requests"),
    Outcome.UNAVAILABLE: (Unavailable, "is not available"),
    Outcome.MALFORMED: (Malformed, "gave an answer that cannot be read"),
}

_log = structlog.stdlib.get_logger("manifold.upstream")


class Connection:
    """One set of credentials at a platform, under its name."""

    def __init__(
        self, name: str, credentials: Credentials, wire: Wire, clock: Clock = time.time
    ) -> None:
        """Make ready to send; nothing is sent before the first call."""
        self.name = name
        self.credentials = credentials
        self._wire = wire
        self._clock = clock
        self._signer = credentials.signer(wire, clock)

    @property
    def platform(self) -> Platform:
        """Whose connection this is."""
        return self.credentials.platform

    @property
    def root(self) -> Origin:
        """Where the platform's things begin: the connection, and no key."""
        return Origin(self.platform, self.name)

    async def send(self, call: Call) -> Any:
        """Make the call and decode its answer; raises an `UpstreamFault`."""
        response = await self.exchange(call)
        try:
            return decode(call, response)
        except ValidationError as error:
            # Pydantic's text quotes what it read; only where and what kind may be logged.
            problems = [(".".join(map(str, p["loc"])), p["type"]) for p in error.errors()[:5]]
            _log.warning(
                "malformed answer",
                endpoint=str(call.endpoint),
                connection=self.name,
                problems=problems,
            )
            fault = self._fault(Verdict(Outcome.MALFORMED), response.status)
            if not call.endpoint.is_read:
                # Or callers would take it for something that did not happen, and do it again.
                fault.message = (
                    f"{self.credentials.title} did it, but {_FAULTS[Outcome.MALFORMED][1]}."
                )
            raise fault from None

    async def exchange(self, call: Call) -> Response:
        """Make the call and give its good answer as it came; raises an `UpstreamFault`."""
        request = self._request(call)
        try:
            signed = await self._signer.sign(request)
            response = await self._wire.send(signed)
            verdict = self.credentials.verdict(response, now=self._clock())
            if verdict.outcome is Outcome.UNAUTHORIZED and await self._signer.renew(signed):
                response = await self._wire.send(await self._signer.sign(request))
                verdict = self.credentials.verdict(response, now=self._clock())
        except NoToken as error:
            raise self._fault(error.verdict) from None
        except WireError as error:
            _log.debug("call failed", endpoint=str(call.endpoint), reason=str(error))
            raise self._fault(Verdict(Outcome.UNAVAILABLE)) from None
        _log.debug(
            "call", endpoint=str(call.endpoint), connection=self.name, status=response.status
        )
        if verdict.outcome is not Outcome.OK:
            raise self._fault(verdict, response.status)
        return response

    def _request(self, call: Call) -> Request:
        request = Request(
            call.endpoint.method,
            self.credentials.address + call.path,
            query=call.query,
            headers={"Accept": "application/json"},
            timeout=self.credentials.timeout_seconds,
        )
        if call.body is None:
            return request
        headers = {**request.headers, "Content-Type": "application/json"}
        return replace(request, headers=headers, body=call.body)

    def _fault(self, verdict: Verdict, status: int | None = None) -> UpstreamFault:
        fault, says = _FAULTS[verdict.outcome]
        if not issubclass(fault, Refused):
            _log.warning(
                "platform fault",
                connection=self.name,
                outcome=verdict.outcome.name.lower(),
                status=status,
            )
        return fault(
            f"{self.credentials.title} {says}.",
            platform=self.platform,
            connection=self.name,
            retry_after=verdict.retry_after,
            status=status,
        )
