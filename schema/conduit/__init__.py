"""Conduit Link: the companies of a Link App. Conduit Link API."""

from schema.conduit import companies, company_changes

__all__ = ["companies", "company_changes"]
