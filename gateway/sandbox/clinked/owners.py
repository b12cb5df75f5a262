"""What hangs on an account or on a group, under the same paths below either."""

from starlette.requests import Request

from gateway.sandbox.clinked.state import World

Owner = tuple[str, int]
"""Whether it is an account or a group, and its id."""

OWNERS = ("/v3/accounts/{account}", "/v3/groups/{group}")


def owner(world: World, request: Request) -> Owner:
    """Find the account or the group that the path names, or refuse."""
    if "group" in request.path_params:
        return "group", world.group(request).id
    return "account", world.account(request)["id"]
