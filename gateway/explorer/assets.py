"""What was built of the page: its HTML, and the files that it loads from `/graphiql/`."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from gateway.explorer.answer import HEADERS

FOLDER = Path(__file__).parent / "static"
PAGE = "index.html"
# Named here, since what a machine says of a file's type depends on what is installed on it.
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
# A file's name has a hash of what is in it.
_FOR_EVER = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
_NOT_BUILT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Manifold</title></head>
<body>
<h1>GraphiQL was not built</h1>
<p>It takes Node.js 20 or newer with npm. With them on the PATH, <code>make graphiql</code> in the
checkout builds it; then start the gateway again. The graph itself is at
<code>POST /graphql</code>.</p>
</body>
</html>
"""


class Assets:
    """Serves the files that were there when it was made, and no others."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._page = folder / PAGE
        self._files = {path.name: path for path in folder.glob("*") if path.suffix in _TYPES}

    def page(self) -> str:
        """Give the page, or one that says how to build it."""
        return self._page.read_text() if self._page.is_file() else _NOT_BUILT

    def file(self, request: Request) -> Response:
        """Answer with the file that a path names."""
        path = self._files.get(request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, headers=_FOR_EVER, media_type=_TYPES[path.suffix])
