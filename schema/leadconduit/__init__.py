"""LeadConduit: entities, and the invitations that make some of them."""

from schema.leadconduit import entities, invites

__all__ = ["entities", "invites"]
