"""Who asks the gateway: API keys and tokens, and the callers that they stand for."""

from gateway.callers.directory import Callers

__all__ = ["Callers"]
