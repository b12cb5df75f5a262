"""Codat: companies and their groups. Platform API 3."""

from schema.codat import companies, groups

__all__ = ["companies", "groups"]
