"""What an operation costs in calls, told in its answer where its caller asks for it."""

from typing import Any

from resolvers.context import Context
from resolvers.platform import Platform
from schema.cost.count import Estimate


def report(context: Context, estimated: Estimate) -> dict[str, Any]:
    """Tell what was estimated and what was made, as an answer's extensions."""
    made = context.made
    by_platform = {
        platform.name: {
            "estimated": estimated.by_platform.get(platform, 0),
            "made": made[platform],
        }
        for platform in Platform
        if estimated.by_platform.get(platform) or made[platform]
    }
    told = {"estimated": estimated.total, "made": made.total(), "byPlatform": by_platform}
    return {"cost": told}
