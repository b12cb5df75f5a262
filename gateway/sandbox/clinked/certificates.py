"""The certificates by which an account proves itself to an identity provider."""

from datetime import UTC, datetime, timedelta

from gateway.sandbox.clinked.dates import zoned
from gateway.sandbox.kit.values import Record

X509 = 3
LIFETIME = timedelta(days=730)
FIRST = datetime(2024, 12, 15, 9, 30, tzinfo=UTC)
"""When the certificate of the seed was made."""


def certificate(owner: str, made: datetime, serial: int) -> Record:
    """Make a certificate that its owner signs, with a key of its own."""
    start = made.replace(microsecond=0)
    return {
        "version": X509,
        "subject": f"CN=sso.example.com, O={owner}",
        "signatureAlgorithm": "SHA256withRSA",
        "signatureOID": "1.2.840.113549.1.1.11",
        "issuer": f"CN=sso.example.com, O={owner}",
        "notAfter": zoned(start + LIFETIME),
        "notBefore": zoned(start),
        "soonToExpire": False,
        "publicKey": f"sandbox-public-key-{serial}",
    }
