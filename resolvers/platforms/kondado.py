"""Kondado: invitations and its catalogue, where success stands in the body."""

from typing import Any, ClassVar, cast

import pydantic_core
from pydantic import HttpUrl

from resolvers.platform import Clock, Credentials, HeaderSecret
from resolvers.upstream.budget import RateLimit
from resolvers.upstream.signing import Fixed, Signer
from resolvers.upstream.tokens import Vault
from resolvers.upstream.verdict import Outcome, Verdict, by_status
from resolvers.upstream.wire import Response, Wire

_OUTCOMES = {
    "RATE_LIMIT_EXCEEDED": Outcome.RATE_LIMITED,
    "UNAUTHORIZED": Outcome.UNAUTHORIZED,
    "FORBIDDEN": Outcome.FORBIDDEN,
    "NOT_FOUND": Outcome.NOT_FOUND,
}


class Kondado(Credentials):
    """An access token of a user: its key and its secret part."""

    title: ClassVar[str] = "Kondado"
    probe: ClassVar[str] = "/parent_collections/src"
    limits: ClassVar[tuple[RateLimit, ...]] = (RateLimit(1, 1), RateLimit(20, 60))
    limits_by_address: ClassVar[bool] = True

    base_url: HttpUrl = HttpUrl("https://k2.kondado.com.br")
    key: HeaderSecret
    token: HeaderSecret

    def signer(self, wire: Wire, clock: Clock, vault: Vault) -> Signer:  # noqa: ARG002 - nothing of it changes
        """Sign with two query parameters, which makes every URL a secret."""
        return Fixed(
            query=(
                ("key", self.key.get_secret_value()),
                ("token", self.token.get_secret_value()),
            )
        )

    def verdict(self, response: Response, *, now: float) -> Verdict:
        """Look for `success` at both levels of the body: failures come with status 200."""
        verdict = by_status(response, now=now)
        return verdict if verdict.outcome is not Outcome.OK else _by_body(response.body)


def _by_body(body: bytes) -> Verdict:
    try:
        answer: Any = pydantic_core.from_json(body)
    except ValueError:
        return Verdict(Outcome.MALFORMED)
    if not isinstance(answer, dict) or "success" not in answer:
        return Verdict(Outcome.MALFORMED)
    while isinstance(answer, dict) and "success" in answer:
        level = cast("dict[str, Any]", answer)
        if level["success"] is not True:
            return _failure(level)
        answer = level.get("data")
    return Verdict(Outcome.OK)


def _failure(level: dict[str, Any]) -> Verdict:
    outcome = _OUTCOMES.get(str(level.get("error")), Outcome.REFUSED)
    # The only wait that Kondado documents is its minute window.
    return Verdict(outcome, 60.0 if outcome is Outcome.RATE_LIMITED else None)
