"""Five stand-ins that play the platforms over real HTTP on loopback ports."""

from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.server import Sandbox
from gateway.sandbox.stand_in import StandIn
from gateway.sandbox.thread import running_sandbox

__all__ = ["Clock", "Sandbox", "StandIn", "running_sandbox"]
