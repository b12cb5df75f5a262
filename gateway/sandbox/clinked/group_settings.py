"""What a group is set to: as a new group has it, and as some groups of the seed have it."""

from gateway.sandbox.kit.values import Record

GIBIBYTE = 1 << 30


def group_fields(slug: str, name: str, now: int) -> Record:
    """Give a group's own fields as a new group has them."""
    kinds = ("files", "pages", "events", "tasks")
    return {
        "name": slug,
        "friendlyName": name,
        "storageConsumed": 0,
        "blind": False,
        "disableChat": False,
        "disableComments": False,
        "disableEmailComments": False,
        "hideMemberDetails": False,
        "dateCreated": now,
        "lastModified": now,
        "mailKey": None,
        "hash": None,
        "branding": branding(),
        "components": [component(kind, order) for order, kind in enumerate(kinds)],
        "master": None,
        "masterConfigured": False,
        "masterConfiguration": None,
        "notificationsConfiguration": None,
        "watermarkConfiguration": watermark(),
    }


def branding() -> Record:
    """Give the branding of a group that has none of its own."""
    return {
        "headerColor": "#f4f1ea",
        "textColor": "#20252b",
        "logo": False,
        "background": False,
        "alignment": "left",
        "backgroundPositionX": 50,
        "backgroundPositionY": 50,
        "hideBackgroundGradient": False,
        "hideLogoBackground": False,
        "hideGroupName": False,
    }


def component(name: str, order: int, **configuration: object) -> Record:
    """Give one part of a group."""
    return {"name": name, "order": order, "configuration": configuration}


def notifications() -> Record:
    """Give the notification settings of a group that has been given some, but not which."""
    return {
        "newContent": None,
        "overdueTasks": None,
        "following": None,
        "disableEmailComments": False,
    }


def watermark() -> Record:
    """Give the watermark settings of a group that has none."""
    return {
        "enableWatermark": False,
        "enableWatermarkIp": False,
        "enableWatermarkEmail": False,
        "enableWatermarkTimestamp": False,
        "enableWatermarkCustomText": False,
        "watermarkCustomText": None,
        "watermarkStyle": None,
        "transparentWatermark": None,
    }


SETTINGS: dict[int, Record] = {
    101: {
        "storageConsumed": 11 * GIBIBYTE,
        "notificationsConfiguration": {
            "newContent": "IMMEDIATE",
            "overdueTasks": "DAILY",
            "following": "NEVER",
            "disableEmailComments": True,
        },
    },
    103: {
        "blind": True,
        "disableChat": True,
        "disableComments": True,
        "disableEmailComments": True,
        "hideMemberDetails": True,
        "branding": branding()
        | {"headerColor": "#0b3d2e", "logo": True, "alignment": "center", "hideGroupName": True},
        "components": [
            component("files", 0, defaultView="list"),
            component("discussions", 1),
            component("tasks", 2),
        ],
        "watermarkConfiguration": watermark()
        | {
            "enableWatermark": True,
            "enableWatermarkIp": True,
            "enableWatermarkCustomText": True,
            "watermarkCustomText": "Draft",
            "watermarkStyle": "DIAGONAL_LARGE",
            "transparentWatermark": True,
        },
    },
    106: {"master": 101, "masterConfigured": True},
    201: {"storageConsumed": 3 * GIBIBYTE},
}
"""What groups of the seed have that a new group has not, by id."""

RESTRICTED: dict[tuple[int, int], list[str]] = {(101, 1001): ["sandbox-clinked-calendar"]}
"""Apps that members of groups may not use there, by group and user."""
