"""Clinked: client portals, one file for each chapter of its API. Clinked API v3."""

from schema.clinked import accounts, connection

__all__ = ["accounts", "connection"]
