"""The domains that SendGrid knows in every Clinked's seed."""

from gateway.sandbox.clinked.domain_authentication import dns
from gateway.sandbox.clinked.people import DAY, START
from gateway.sandbox.kit.values import Record

KEY = "sandbox-sendgrid-key-7a20"
HOST = "news.larkspur.example.com"


def domains(account: int) -> list[Record]:
    """Give the domains of an account of the seed."""
    return {11: larkspur(), 12: tidewater()}.get(account, [])


def larkspur() -> list[Record]:
    """Give one domain in use, and one of which little is known."""
    known: Record = {
        "default": True,
        "username": "larkspur-mail",
        "subdomain": "news",
        "ips": ["192.0.2.10", "192.0.2.11"],
        "valid": True,
        "dns": {"mail_cname": dns(HOST, "u1101.mail.example.org", valid=True)},
        "last_validation_attempt_at": START + 500 * DAY,
    }
    return [domain(4101, "larkspur.example.com") | known, domain(4102, "larkspur.example.org")]


def tidewater() -> list[Record]:
    """Give a domain of the old kind, whose check failed."""
    known: Record = {
        "username": "tidewater-mail",
        "subdomain": "post",
        "custom_spf": True,
        "legacy": True,
        "automatic_security": False,
        "last_validation_attempt_at": START + 520 * DAY,
    }
    return [domain(4201, "tidewater.example.net") | known]


def domain(key: int, name: str) -> Record:
    """Make a domain that nobody looked at yet."""
    return {
        "default": False,
        "id": key,
        "username": None,
        "subdomain": None,
        "domain": name,
        "user_id": key + 50_000,
        "ips": [],
        "custom_spf": False,
        "legacy": False,
        "automatic_security": True,
        "valid": False,
        "dns": {},
        "last_validation_attempt_at": None,
    }
