"""Whose tasks or events are asked for, in the query instead of the path."""

from starlette.requests import Request

from gateway.sandbox.clinked import pages
from gateway.sandbox.clinked.refusals import invalid, not_found
from gateway.sandbox.clinked.state import World


def account(world: World, request: Request) -> int:
    """Find the account that the query names, or refuse."""
    if "account" not in request.query_params:
        raise invalid("account must not be empty")
    key = pages.number(request, "account", 0)
    if key not in world.accounts:
        raise not_found("Account", key)
    return key


def user(world: World, request: Request) -> int:
    """Find the user that the query names, or refuse."""
    username = request.query_params["user"]
    found = world.user_named(username)
    if found is None:
        raise not_found("User", username)
    return found["id"]
