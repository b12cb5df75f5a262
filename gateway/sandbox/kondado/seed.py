"""The connectors and pipelines in every Kondado's catalogue."""

from gateway.sandbox.kit.values import Record

SOURCES = {
    101: "Bright Ledger",
    104: "Cartwheel Shop",
    109: "Dialtone Calls",
    113: "Envoy Mail",
    118: "Foxglove CRM",
    122: "Granary Sheets",
    127: "Harbor Helpdesk",
    130: "Inkwell Forms",
    136: "Jetstream Ads",
    141: "Kettle Payroll",
    147: "Lantern Surveys",
    152: "Mosaic Social",
}
"""Names of the source types by id."""

DESTINATIONS = {
    201: "Northwind Warehouse",
    205: "Oakbase SQL",
    208: "Pebble Lake",
    212: "Quarry Storage",
    219: "Ridgeline Sheets",
}
"""Names of the destination types by id."""

PIPELINES = ("Accounts", "Campaigns", "Contacts", "Invoices", "Orders", "Tickets")


def kind(number: int, name: str) -> Record:
    """Describe one connector of the catalogue."""
    slug = name.lower().replace(" ", "-")
    help_url = "https://help.kondado.example"
    return {
        "id": number,
        "createdAt": f"2025-03-{number % 27 + 1:02d}T10:00:00.000Z",
        "updatedAt": f"2026-04-{number % 29 + 1:02d}T16:45:30.250Z",
        "parent_collection_name": name,
        "parent_collection_image": f"https://images.kondado.example/{slug}.png",
        "_links": {
            "src": {"tutorial": f"{help_url}/sources/{slug}"},
            "dest": {"tutorial": f"{help_url}/destinations/{slug}"},
        },
    }


def pipelines(source: int) -> list[Record]:
    """Describe the pipelines that a source type offers."""
    return [
        {
            "id": source * 10 + place,
            "createdAt": f"2025-05-{place + 1:02d}T12:00:00.000Z",
            "updatedAt": f"2026-05-{place + 1:02d}T12:00:00.000Z",
            "parent_pipeline_name": name,
            "is_billable": place % 4 != 0,
        }
        for place, name in enumerate(PIPELINES[: 2 + source % 5])
    ]
