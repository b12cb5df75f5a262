"""GraphiQL in a real browser."""

import os
import re
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    expect,
    sync_playwright,
)
from playwright.sync_api import Request as Asked

from gateway.explorer.assets import FOLDER, PAGE
from gateway.explorer.operations import Example
from tests.lacking import lacking

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
SIZE = (1400, 900)
# How long the browser is waited for, on a machine that does much else.
PATIENCE_MS = 30_000


@dataclass(frozen=True)
class Explorer:
    """GraphiQL, opened, with everything that went wrong in it."""

    page: Page
    troubles: list[str] = field(default_factory=list[str])

    @property
    def query(self) -> Locator:
        """Where operations are written."""
        return self.page.locator(".graphiql-query-editor .monaco-editor")

    @property
    def answer(self) -> Locator:
        """Where answers are shown."""
        return self.page.locator(".graphiql-response .monaco-editor")

    @property
    def docs(self) -> Locator:
        """The docs, where they are shown."""
        return self.page.locator(".graphiql-doc-explorer")

    def tab(self, name: str) -> None:
        """Go to the tab of an example."""
        self.page.get_by_title(name, exact=True).click()

    def run(self) -> None:
        """Run the operation of the tab."""
        self.page.get_by_label("Execute query").click()

    def click_line(self, text: str) -> None:
        """Put the caret at the end of the first line of the operation that has a text."""
        self.query.locator(".view-line", has_text=text).first.click()
        self.page.keyboard.press("End")

    def show_docs(self, *path: str) -> None:
        """Show the docs of a field, by its type and its name."""
        self.page.get_by_label("Show Documentation Explorer").click()
        for name in path:
            self.docs.get_by_role("link", name=name, exact=True).first.click()


def title(example: Example) -> str:
    """Give the name of an example's operation, which is that of its tab."""
    (found,) = re.findall(r"^(?:query|mutation) (\w+)", example.query, re.MULTILINE)
    return found


def chromium() -> str:
    """Give the path of a browser; without one the test is skipped, or fails in CI."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return found or lacking(f"{' or '.join(PROGRAMS)} is not on the PATH")


def need_page() -> None:
    """Skip the test where the page was not built, or fail it in CI."""
    if not (FOLDER / PAGE).is_file():
        lacking("GraphiQL was not built: make graphiql")


@contextmanager
def browsing() -> Generator[BrowserContext]:
    """Run a browser, and give a window of its own."""
    need_page()
    # Chromium has no sandbox for root.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    path = chromium()
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield _window(browser)
        browser.close()


def _window(browser: Browser) -> BrowserContext:
    width, height = SIZE
    window = browser.new_context(viewport={"width": width, "height": height})
    window.set_default_timeout(PATIENCE_MS)
    return window


@contextmanager
def opened(window: BrowserContext, url: str) -> Generator[Explorer]:
    """Open GraphiQL as somebody who was never there, and watch what goes wrong."""
    explorer = Explorer(window.new_page())
    _watch(explorer, url)
    # Not when a page is left: it writes down its tabs a while after they change.
    explorer.page.add_init_script("localStorage.clear()")
    explorer.page.goto(f"{url}/")
    explorer.query.locator(".view-line").first.wait_for()
    yield explorer
    explorer.page.close()


def _watch(explorer: Explorer, url: str) -> None:
    page, troubles = explorer.page, explorer.troubles

    def console(message: ConsoleMessage) -> None:
        # What the browser refuses by the page's policy is such an error too.
        if message.type in {"error", "warning"}:
            troubles.append(message.text)

    def asked(request: Asked) -> None:
        address = urlsplit(request.url)
        if address.scheme != "data" and address.netloc != urlsplit(url).netloc:
            troubles.append(f"asks {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", asked)
    page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
