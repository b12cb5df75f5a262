"""What an operation costs in calls, told in its answer where its caller asks for it."""

from typing import Any, cast

from strawberry.extensions import SchemaExtension

from resolvers.context import Context
from resolvers.platform import Platform
from schema.cost.count import NOTHING, Estimate
from schema.cost.estimate import estimate


class CostReport(SchemaExtension):
    """Puts `cost` among the extensions of an answer: what was estimated, and what was made."""

    def get_results(self) -> dict[str, Any]:
        """Tell it, also of a document that was refused."""
        context = cast("Context | None", self.execution_context.context)
        if context is None or not context.wants_cost:
            return {}
        made, estimated = context.made, self._estimated(context)
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

    def _estimated(self, context: Context) -> Estimate:
        running = self.execution_context
        if running.result is None or running.graphql_document is None:
            # It was refused, and would have cost nothing to begin with.
            return NOTHING
        return estimate(
            cast("Any", running.schema).core,
            running.graphql_document,
            running.variables,
            running.operation_name,
            {one.name: one.platform for one in context.session.connections.all()},
        )
