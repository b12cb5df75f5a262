"""Clinked: API v3, with OAuth tokens that last two hours."""

from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel, Field, HttpUrl, SecretStr, ValidationError, model_validator

from resolvers.platform import Clock, Credentials
from resolvers.upstream.budget import RateLimit
from resolvers.upstream.signing import Bearer, Signer
from resolvers.upstream.tokens import NoToken, Token, TokenCache, Vault
from resolvers.upstream.verdict import Outcome, Verdict, by_status
from resolvers.upstream.wire import Request, Response, Wire, WireError

# The password grant does not say how long its token lasts; version 2 documents half an hour.
_PASSWORD_TOKEN_SECONDS = 1800

# OAuth says no to credentials with a 400 (invalid_grant) as well as with a 401.
_CREDENTIALS_REFUSED = {
    Outcome.UNAUTHORIZED,
    Outcome.FORBIDDEN,
    Outcome.REFUSED,
}


class Clinked(Credentials):
    """An application (client id and secret) or a user (user name and password). Clinked API 2."""

    title: ClassVar[str] = "Clinked"
    probe: ClassVar[str] = "/v3/accounts"
    sections: ClassVar[tuple[str, ...]] = ("2.1", "2.2")
    limits: ClassVar[tuple[RateLimit, ...]] = (RateLimit(2000, 300),)
    limits_by_address: ClassVar[bool] = True

    base_url: HttpUrl = HttpUrl("https://api.clinked.com")
    client_id: str = "clinked-mobile"
    client_secret: SecretStr | None = Field(default=None, min_length=1)
    username: str | None = None
    password: SecretStr | None = Field(default=None, min_length=1)
    # A second factor is good for one log-in; from then on the refresh token serves.
    code: SecretStr | None = None

    @model_validator(mode="after")
    def _one_grant(self) -> "Clinked":
        user = {"username", "password"}
        application = {"client_id", "client_secret"}
        given = self.model_fields_set & (user | application)
        # A user may come with another client than Clinked's own for phones.
        if given - {"client_id"} != user and given != application:
            message = "give either client_id and client_secret, or username and password"
            raise ValueError(message)
        return self

    def signer(self, wire: Wire, clock: Clock, vault: Vault) -> Signer:
        """Sign with a bearer token, fetched with whichever grant the settings allow."""

        async def fetch(before: Token | None) -> Token:
            if before is not None and before.refresh is not None:
                try:
                    token = await self._token(wire, clock, self._refreshing(before.refresh))
                    # Where no other comes with it, the one before still holds (RFC 6749, 6).
                    return replace(token, refresh=token.refresh or before.refresh)
                except NoToken as error:
                    # A refresh token can end before its time; the password still works.
                    if error.verdict.outcome is not Outcome.UNAUTHORIZED:
                        raise
            return await self._token(wire, clock, self._grant())

        return Bearer(TokenCache(fetch, clock, vault))

    def _grant(self) -> dict[str, str]:
        if self.client_secret is not None:
            return {
                "client_id": self.client_id,
                "client_secret": self.client_secret.get_secret_value(),
                "grant_type": "client_credentials",
                "scope": "read write",
            }
        secrets = {"password": self.password, "code": self.code}
        return {
            "client_id": self.client_id,
            "grant_type": "password",
            "username": self.username or "",
            **{name: value.get_secret_value() for name, value in secrets.items() if value},
        }

    def _refreshing(self, refresh: str) -> dict[str, str]:
        return {
            "client_id": self.client_id,
            "grant_type": "refresh_token",
            "refresh_token": refresh,
        }

    async def _token(self, wire: Wire, clock: Clock, grant: dict[str, str]) -> Token:
        request = Request(
            "GET",
            f"{self.address}/oauth/token",
            query=tuple(grant.items()),
            timeout=self.timeout_seconds,
        )
        try:
            response = await wire.send(request)
        except WireError:
            raise NoToken(Verdict(Outcome.UNAVAILABLE)) from None
        return _read(response, clock())


def _read(response: Response, now: float) -> Token:
    verdict = by_status(response, now=now)
    if verdict.outcome is Outcome.NOT_FOUND:
        # Whatever is there, it is not Clinked.
        raise NoToken(Verdict(Outcome.MALFORMED))
    if verdict.outcome in _CREDENTIALS_REFUSED:
        raise NoToken(Verdict(Outcome.UNAUTHORIZED))
    if verdict.outcome is not Outcome.OK:
        raise NoToken(verdict)
    try:
        answer = _Answer.model_validate_json(response.body)
    except ValidationError:
        raise NoToken(Verdict(Outcome.MALFORMED)) from None
    lasts = answer.expires_in or _PASSWORD_TOKEN_SECONDS
    return Token.lasting(answer.access_token, lasts, now, answer.refresh_token)


class _Answer(BaseModel):
    """What the token service answers. Clinked API 2."""

    access_token: str
    refresh_token: str | None = None
    expires_in: float | None = None
