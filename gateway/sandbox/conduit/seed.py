"""The Link Apps and companies that every Conduit starts with."""

from gateway.sandbox.kit.values import Record

LINK_APPS = {
    "conduit-north": "sandbox-conduit-token-north-5b0e93d1",
    "conduit-south": "sandbox-conduit-token-south-c47a2f86",
}
"""Link App tokens by connection name."""

SEED_TOKEN_EXPIRY = 1_767_225_600
"""The seed's company tokens ran out on 1 January 2026."""

NAMES = {
    "conduit-north": {
        "1": "Fjordlight Bakery",
        "2": "Hallan Optics",
        "3": "Birkeland Freight",
        "AURORA7": "Aurora Seven Hotels",
        "NORDKAPP": "Nordkapp Outfitters",
        "SKI2024": "Stenmark Ski School",
        "TYR": "Tyr Security",
        "ZINC30": "Zinc Thirty Studio",
    },
    "conduit-south": {
        "1": "Palmera Surf Hire",
        "2": "Casa Verde Dental",
        "COSTA": "Costa Larga Vineyards",
        "MIRADOR9": "Mirador Nine Homes",
        "SOL": "Sol y Sal Catering",
    },
}
"""Company names by Link App and id."""

PAGE_CLOSED = frozenset({"2", "TYR", "SOL"})
"""Ids of companies whose page is switched off."""


def integrations(cid: str, number: int) -> list[Record]:
    """Give the data sources that a company of the seed has connected."""
    if number % 3 == 0:
        return []
    credential: Record = {
        "id": 500 + number,
        "name": f"{cid} ads login",
        "created_at": "2026-02-11T09:30:00Z",
        "accounts": [
            {
                "id": 9000 + number,
                "name": f"{cid} main account",
                "native_id": f"act-{number:04d}",
                "is_error": number % 4 == 0,
            }
        ],
    }
    return [{"id": "sample_ads", "name": "Sample Ads", "credentials": [credential]}]
