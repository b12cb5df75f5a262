"""An application that is registered with Clinked, or used on a member's device."""

from dataclasses import dataclass

from gateway.sandbox.clinked.shown import brief_user
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.values import Record


@dataclass(slots=True)
class App:
    """An application; `fields` are those that tell neither which it is nor whose."""

    client_id: str
    owner: int
    fields: Record


def app_fields(name: str, **given: object) -> Record:
    """Give an application's own fields, with what is not given left as new ones have it."""
    return {
        "name": name,
        "description": None,
        "platform": "OTHER",
        "deviceType": "Other",
        "deviceModel": None,
        "deviceOs": None,
        "appVersion": None,
        "bundleId": None,
        "lastActivity": None,
        "ip": None,
        "scope": [],
        "redirectURIs": [],
        "grantTypes": [],
        **given,
    }


def app_shown(world: World, app: App) -> Record:
    """Show an application without its secret."""
    owner = brief_user(world, app.owner)
    return {"clientId": app.client_id, "owner": owner, **app.fields}
