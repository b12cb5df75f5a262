"""Who calls, and where they belong. Clinked API 2.3."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked.refusals import not_found
from gateway.sandbox.clinked.state import SEED_USER, World
from gateway.sandbox.clinked.subscriptions import package
from gateway.sandbox.kit.values import Record

ADMINISTRATOR = 16
FEATURES = {11: ["announcements", "smartsync"]}
MAIL_DOMAINS = {11: "larkspur.example.com", 12: "tidewater.example.net"}
METADATA = {11: {"region": "north", "tier": "gold"}, 12: {"region": "coast"}}


class UserInfo:
    """Answers /v3/userinfo."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [Route("/v3/userinfo", self.get, methods=["GET"])]

    async def get(self, request: Request) -> Response:
        """Show the user who calls, or the owner of the application that calls."""
        caller = self._world.caller(request)
        user = self._world.users.get(caller) if caller else self._world.user_named(SEED_USER)
        if user is None:
            raise not_found("User", caller or SEED_USER)
        places = [self._place(one, user["id"]) for one in self._accounts(caller)]
        principal = {name: value for name, value in user.items() if name != "realName"}
        return JSONResponse(
            {
                "name": user["username"],
                "principal": principal,
                "authorities": ["ROLE_USER"],
                "accounts": places,
            }
        )

    def _accounts(self, caller: int | None) -> list[Record]:
        # An application reaches every account of its connection, whoever owns it.
        accounts, members = self._world.accounts.values(), self._world.members
        return [one for one in accounts if caller is None or (one["id"], caller) in members]

    def _place(self, account: Record, user: int) -> Record:
        key = account["id"]
        member = self._world.members.get((key, user))
        spaces = self._spaces(key, user)
        return {
            "account": account,
            "subscription": package(key) | {"planDetails": None, "storage": None},
            "permission": member.permission if member else ADMINISTRATOR,
            "memberOfSpaces": len(spaces),
            "adminInSpaces": spaces.count(ADMINISTRATOR),
            "features": FEATURES.get(key, []),
            "mailDomain": MAIL_DOMAINS.get(key),
            "metadata": METADATA.get(key, {}),
        }

    def _spaces(self, account: int, user: int) -> list[int]:
        groups = self._world.groups
        return [
            one.permission
            for one in self._world.memberships.values()
            if one.user == user
            and groups[one.group].account == account
            and not groups[one.group].removed
        ]
