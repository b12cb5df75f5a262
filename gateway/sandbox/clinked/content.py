"""What Clinked's groups hold: files, trash and mail addresses, which depend on each other."""

from starlette.routing import Route

from gateway.sandbox.clinked.files import Files
from gateway.sandbox.clinked.mail_recipients import MailRecipients
from gateway.sandbox.clinked.shelf import Shelf
from gateway.sandbox.clinked.shelf_seed import files, recipients, trash
from gateway.sandbox.clinked.state import World
from gateway.sandbox.clinked.trash import Trash


class Content:
    """Answers for the files, the trash and the mail recipients of /v3/groups/{group}."""

    def __init__(self, world: World) -> None:
        """Answer from this world and one shelf."""
        self._shelf = Shelf()
        world.remember(self._begin)
        parts = (Files, Trash, MailRecipients)
        self._routes = [route for part in parts for route in part(world, self._shelf).routes()]

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return self._routes

    def _begin(self) -> None:
        self._shelf.fill(files(), trash(), recipients())
