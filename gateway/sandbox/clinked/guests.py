"""People who see what is shared with them without being members. Clinked API 4.9."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages, rules
from gateway.sandbox.clinked.people import DAY, START
from gateway.sandbox.clinked.refusals import invalid, not_found
from gateway.sandbox.clinked.state import World, number
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record

DEFAULT_SIZE = 10
NAMES = (
    *("Nora Vance", "Otto Lind", "Petra Sorel", "Ravi Menon", "Selma Brandt", "Tomas Rey"),
    *("Ulla Falk", "Viktor Hale", "Wanda Frost", "Xenia Marsh", "Yusuf Karim", None),
)


@dataclass(slots=True)
class Guest:
    """A guest of an account, with the tokens of what is shared."""

    id: int
    account: int
    name: str | None
    email: str
    created: int
    password_enabled: bool = False
    has_password: bool = False
    shares: list[str] = field(default_factory=list[str])


ORDERS: dict[str, Callable[[Guest], object]] = {
    "id": lambda one: f"{one.id:09d}",
    "name": lambda one: one.name or "",
    "email": attrgetter("email"),
    "dateCreated": attrgetter("created"),
}


class Guests:
    """Answers /v3/accounts/{account}/guests."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept: dict[int, Guest] = {}
        world.remember(self._begin)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        many = "/v3/accounts/{account}/guests"
        one = f"{many}/{{guest}}"
        return [
            Route(many, self.list, methods=["GET"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.update, methods=["PATCH"]),
            Route(one, self.delete, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        """List a page of an account's guests."""
        account = self._world.account(request)["id"]
        found = [one for one in self._kept.values() if one.account == account]
        found = [one for one in found if pages.named(request, (one.name, one.email))]
        found = pages.ordered(request, found, ORDERS)
        return JSONResponse(pages.page(request, found, DEFAULT_SIZE, listed))

    async def get(self, request: Request) -> Response:
        """Show a guest."""
        return JSONResponse(whole(self._guest(request)))

    async def update(self, request: Request) -> Response:
        """Change what is sent; a password is taken and never shown."""
        guest = self._guest(request)
        body = await json_object(request, rules.unreadable())
        rules.flag(body, "deliverResetNotifications", default=False)
        name, email, password = (rules.text(body, one) for one in ("name", "email", "password"))
        if "email" in body and not rules.EMAIL.fullmatch(email or ""):
            raise invalid("email must be an e-mail address")
        guest.password_enabled = rules.flag(body, "passwordEnabled", default=guest.password_enabled)
        guest.name = name if "name" in body else guest.name
        guest.email = email or guest.email
        guest.has_password = bool(password) if "password" in body else guest.has_password
        return JSONResponse(whole(guest))

    async def delete(self, request: Request) -> Response:
        """Delete a guest."""
        del self._kept[self._guest(request).id]
        return Response()

    def _guest(self, request: Request) -> Guest:
        account, key = self._world.account(request)["id"], number(request, "guest")
        found = self._kept.get(key)
        if found is None or found.account != account:
            raise not_found("Guest", key)
        return found

    def _begin(self) -> None:
        self._kept = {one.id: one for one in seeded()}


def seeded() -> Iterator[Guest]:
    """Make a dozen guests of the first account, the last without a name, and one elsewhere."""
    for place, name in enumerate(NAMES, 1):
        yield Guest(
            id=800 + place,
            account=11,
            name=name,
            email=f"visitor{place:02d}@example.com",
            created=START + (500 + place) * DAY,
            password_enabled=place % 2 == 0,
            has_password=place % 4 == 0,
            shares=[f"sandbox-share-{800 + place}-{turn}" for turn in range(place % 3)],
        )
    yield Guest(821, 12, "Zora Pike", "zora@example.net", START + 600 * DAY)


def listed(guest: Guest) -> Record:
    """Show a guest in a list, where what is shared is not told."""
    return {
        "id": guest.id,
        "name": guest.name,
        "email": guest.email,
        "dateCreated": guest.created,
        "passwordEnabled": guest.password_enabled,
        "hasPassword": guest.has_password,
    }


def whole(guest: Guest) -> Record:
    """Show a guest by itself."""
    return listed(guest) | {"shares": guest.shares}
