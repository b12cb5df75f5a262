"""The history of an entity, one entry for each change."""

from gateway.sandbox.kit.values import Record

USER: Record = {
    "id": "65f0a11c05e0000000000001",
    "api_key": "sandbox-leadconduit-user-key-90ab31",
    "first_name": "Robin",
    "last_name": "Ashby",
    "email": "robin.ashby@example.com",
}
"""Who made every change."""


def entry(eid: str, action: str, before: Record, after: Record, at: str) -> Record:
    """Describe one change; nobody made the entities that are built in."""
    maker = {} if after["standard"] else {"user": USER}
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {
        "id": eid,
        "type": "entity",
        "action": action,
        "current_revision": after,
        "delta_from_last_revision": {name: [before.get(name), after.get(name)] for name in changed},
        "changes": [change(name, before, after) for name in changed],
        "created_at": at,
        **maker,
    }


def change(name: str, before: Record, after: Record) -> Record:
    """Describe the change of one field."""
    action = "added" if name not in before else "changed" if name in after else "removed"
    told: Record = {"action": action, "target": name, "delta_path": name}
    if name in before:
        told["previous"] = {"value": before[name]}
    if name in after:
        told["current"] = {"value": after[name]}
    return told
