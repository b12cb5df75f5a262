"""Clinked: client portals, one file for each chapter of its API. Clinked API v3."""

from schema.clinked import accounts, connection, group_changes

__all__ = ["accounts", "connection", "group_changes"]
