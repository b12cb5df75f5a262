"""What the Link Apps remember."""

from dataclasses import dataclass, field

from starlette.requests import Request

from gateway.sandbox.conduit.seed import (
    LINK_APPS,
    NAMES,
    PAGE_CLOSED,
    SEED_TOKEN_EXPIRY,
    integrations,
)
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.values import Record

TOKEN_SECONDS = 600


@dataclass(slots=True)
class Company:
    """A company of one Link App."""

    id: str
    name: str
    created_at: str
    page_enabled: bool
    token: str
    expires_at: int
    connections: list[Record] = field(default_factory=list[Record])

    def shown(self, *, connections: bool) -> Record:
        """Show it as the API does."""
        page = f"https://link.conduit.example/{self.id}" if self.page_enabled else None
        shown: Record = {
            "id": self.id,
            "name": self.name,
            "created_at": self.created_at,
            "link_page": {"url": page, "enabled": self.page_enabled},
            "api_token": {"token": self.token, "expires_at": self.expires_at},
        }
        return {**shown, "connections": self.connections} if connections else shown


class LinkApps:
    """The companies of every Link App, and the minting of their tokens."""

    def __init__(self, clock: Clock) -> None:
        """Start from the seed."""
        self.clock = clock
        self._minted = 0
        self._apps: dict[str, dict[str, Company]] = {}
        self.reset()

    def reset(self) -> None:
        """Go back to the seed."""
        self._minted = 0
        self._apps = {LINK_APPS[name]: seeded(name) for name in LINK_APPS}

    def expire_tokens(self) -> None:
        """Let every company token issued so far run out now."""
        now = int(self.clock.wall())
        for companies in self._apps.values():
            for company in companies.values():
                company.expires_at = min(company.expires_at, now)

    def companies(self, request: Request) -> dict[str, Company] | None:
        """Find the companies of the caller's Link App, by id in upper case."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return self._apps.get(token) if scheme.lower() == "bearer" else None

    def mint(self, company: Company) -> Company:
        """Give the company a new token that lasts ten minutes."""
        self._minted += 1
        company.token = f"sandbox-conduit-company-{company.id[:16]}-{self._minted:06d}"
        company.expires_at = int(self.clock.wall()) + TOKEN_SECONDS
        return company


def seeded(app: str) -> dict[str, Company]:
    """Make one Link App's companies of the seed."""
    return {
        cid: Company(
            id=cid,
            name=name,
            created_at=f"2026-01-{number:02d}T08:15:00Z",
            page_enabled=cid not in PAGE_CLOSED,
            token=f"sandbox-conduit-company-{cid}-000000",
            expires_at=SEED_TOKEN_EXPIRY,
            connections=integrations(cid, number),
        )
        for number, (cid, name) in enumerate(NAMES[app].items(), start=1)
    }
