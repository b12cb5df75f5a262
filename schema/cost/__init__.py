"""What an operation costs, in calls at the platforms."""

from schema.cost.count import Estimate
from schema.cost.estimate import estimate

__all__ = ["Estimate", "estimate"]
