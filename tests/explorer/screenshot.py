"""Makes the picture of GraphiQL: `python -m tests.explorer.screenshot docs/graphiql.png`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import expect

from tests.explorer.browser import browsing, opened
from tests.sandbox_process import sandbox_process


def shoot(path: Path) -> None:
    """Run the first example beside the docs, and take a picture of it."""
    with (
        TemporaryDirectory() as folder,
        sandbox_process(Path(folder)) as gateway,
        browsing() as window,
        opened(window, gateway.url) as explorer,
    ):
        explorer.show_docs("Query", "companies")
        explorer.run()
        expect(explorer.answer).to_contain_text("Larkspur Architects")
        # The tooltip of the button goes, and the caret with it.
        explorer.page.get_by_text("Manifold", exact=True).hover()
        expect(explorer.page.get_by_role("tooltip")).to_have_count(0)
        explorer.page.screenshot(path=path, animations="disabled", caret="hide")


if __name__ == "__main__":
    shoot(Path(sys.argv[1]))
