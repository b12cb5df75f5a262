"""Codat: companies, their connections, and their groups. Platform API 3."""

from schema.codat import companies, company_changes, groups, memberships, products

__all__ = ["companies", "company_changes", "groups", "memberships", "products"]
