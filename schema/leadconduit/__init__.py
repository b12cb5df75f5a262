"""LeadConduit: entities, their history, and the invitations that make some of them."""

from schema.leadconduit import entities, entity_changes, invites

__all__ = ["entities", "entity_changes", "invites"]
