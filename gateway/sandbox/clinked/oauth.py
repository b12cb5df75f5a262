"""Clinked's token endpoint."""

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked.refusals import oauth_error
from gateway.sandbox.clinked.state import World
from gateway.sandbox.clinked.tokens import SECONDS
from gateway.sandbox.kit.bodies import parameters

CLIENT_ID = "sandbox-clinked-client-0d6e51f3"
CLIENT_SECRET = "sandbox-clinked-secret-b81f7c02e94d"  # noqa: S105 - the sandbox's own
MOBILE = "clinked-mobile"
TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
SCOPE = {"token_type": "bearer", "scope": "read write"}


class OAuth:
    """Answers /oauth/token."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [Route(TOKEN_PATH, self.token, methods=["GET", "POST"])]

    async def token(self, request: Request) -> Response:
        """Give a token for what the caller brings."""
        given = await parameters(request)
        match given.get("grant_type"):
            case "client_credentials":
                return self._client_credentials(given)
            case "password":
                return self._password(given)
            case "refresh_token":
                return self._refresh(given)
            case _:
                return oauth_error(400, "unsupported_grant_type", "The grant type is not known")

    def _client_credentials(self, given: dict[str, str]) -> Response:
        secret = given.get("client_secret", "").encode()
        if given.get("client_id") != CLIENT_ID or not secrets.compare_digest(
            secret, CLIENT_SECRET.encode()
        ):
            return bad_client()
        access = self._world.tokens.issue(None)
        return JSONResponse({"access_token": access, "expires_in": SECONDS, **SCOPE})

    def _password(self, given: dict[str, str]) -> Response:
        if given.get("client_id") != MOBILE:
            return bad_client()
        user = self._world.user_named(given.get("username", ""))
        password = self._world.passwords.get(user["username"]) if user else None
        if user is None or password is None or password != given.get("password"):
            return bad_grant("The user name or the password is wrong")
        if user["locked"] or not user["enabled"]:
            return bad_grant("The user is locked or disabled")
        return self._user_tokens(user["id"], self._world.tokens.issue_refresh(user["id"]))

    def _refresh(self, given: dict[str, str]) -> Response:
        if given.get("client_id") != MOBILE:
            return bad_client()
        refresh = given.get("refresh_token", "")
        user = self._world.tokens.refreshing(refresh)
        if user is None:
            return bad_grant("The refresh token is not known")
        return self._user_tokens(user, refresh)

    def _user_tokens(self, user: int, refresh: str) -> Response:
        access = self._world.tokens.issue(user)
        return JSONResponse({"access_token": access, "refresh_token": refresh, **SCOPE})


def bad_client() -> Response:
    """Answer a client that is not known."""
    return oauth_error(401, "invalid_client", "The client id or secret is wrong")


def bad_grant(description: str) -> Response:
    """Answer a user that is not let in."""
    return oauth_error(400, "invalid_grant", description)
