"""A real Chromium without a window, for what people look at. Without it these tests are skipped, and say why."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="no Chromium here; install it: apt install chromium")

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--in-process-gpu", "--no-zygote"]
"""Nobody looks at it: it needs no process of its own for drawing."""

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        yield opened
        opened.close()


class Watched:
    """A page, and all that its console and its scripts complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._listening: list[tuple[Any, Callable[[Any], object]]] = []
        self.on("console", self._note)
        self.on("pageerror", lambda error: self.complaints.append(str(error)))

    def on(self, event: Any, listener: Callable[[Any], object]) -> None:
        """Listen to the page until this test ends."""
        self.page.on(event, listener)
        self._listening.append((event, listener))

    def leave(self) -> None:
        """Leave the page as a test finds it: empty, with nobody listening."""
        for event, listener in self._listening:
            self.page.remove_listener(event, listener)
        self.page.goto("about:blank")
        self.page.emulate_media(media="null", color_scheme="null")
        self.page.context.clear_cookies()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def serious(self) -> list[str]:
        """Return what axe-core finds serious or critical: rule and first place."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{item['id']}: {item['nodes'][0]['html']}"
            for item in found
            if item["impact"] in ("serious", "critical")
        ]


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Callable[[], Page]:
    """What gives the page that tests share, for opening one takes long; one that broke is replaced."""
    opened: list[Page] = []

    def give() -> Page:
        if not opened or opened[-1].is_closed():
            opened.append(browser.new_context().new_page())
        return opened[-1]

    return give


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def watched(tab: Callable[[], Page], request: pytest.FixtureRequest) -> Iterator[Watched]:
    page = tab()
    page.set_viewport_size(request.param)
    watched = Watched(page)
    yield watched
    try:
        watched.leave()
    except BaseException:
        page.close()
        raise
