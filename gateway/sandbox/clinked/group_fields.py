"""What may be written of a Clinked group."""

import re

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.group_settings import notifications, watermark
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.values import Record, items, record, whole

FLAGS = ("blind", "disableComments", "disableEmailComments", "hideMemberDetails")


def written(world: World, body: Record, former: Record) -> Record:
    """Take the fields that are sent; a null clears its field."""
    changes: Record = {
        name: rules.flag(body, name, default=False) for name in FLAGS if name in body
    }
    if "components" in body:
        changes["components"] = components(body["components"])
    if "notificationsConfiguration" in body:
        kept = former["notificationsConfiguration"] or notifications()
        changes["notificationsConfiguration"] = settings(body["notificationsConfiguration"], kept)
    if "watermarkConfiguration" in body:
        kept = former["watermarkConfiguration"]
        changes["watermarkConfiguration"] = (
            settings(body["watermarkConfiguration"], kept) or watermark()
        )
    if "master" in body:
        changes |= master(world, body["master"])
    return changes


def components(value: object) -> list[Record]:
    """Take components, each with its order and configuration."""
    found = [] if value is None else items(value)
    if found is None:
        raise invalid("components must be an array")
    return [component(one, order) for order, one in enumerate(found)]


def component(value: object, order: int) -> Record:
    """Take one component."""
    found = record(value) or {}
    if not isinstance(found.get("name"), str):
        raise invalid("A component must have a name")
    place = whole(found.get("order"))
    return {
        "name": found["name"],
        "order": order if place is None else place,
        "configuration": record(found.get("configuration")) or {},
    }


def settings(value: object, former: Record) -> Record | None:
    """Take several settings, keeping those that are not sent; a null is none at all."""
    if value is None:
        return None
    found = record(value)
    if found is None or not found.keys() <= former.keys():
        raise invalid("The configuration is no object or has unknown settings")
    return former | {name: setting(found, name) for name in found}


def setting(found: Record, name: str) -> str | bool | None:
    """Take one setting, by its name either a text or true or false."""
    if name.startswith(("enable", "disable")):
        return rules.flag(found, name, default=False)
    if name == "transparentWatermark":
        return None if found[name] is None else rules.flag(found, name, default=False)
    return rules.text(found, name)


def master(world: World, value: object) -> Record:
    """Take the group that this one is subordinate to."""
    if value is None:
        return {"master": None, "masterConfigured": False}
    gid = whole(value)
    if gid is None:
        raise invalid("master must be a group id")
    return {"master": world.live_group(gid).id, "masterConfigured": True}


def slug_of(name: str) -> str:
    """Make a slug out of a name."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "group"
