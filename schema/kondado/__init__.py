"""Kondado: invitations to set up a source or a destination, and the catalogue of both."""

from schema.kondado import catalogue, invites

__all__ = ["catalogue", "invites"]
