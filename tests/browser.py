"""A real browser for tests: Debian's Chromium, driven by playwright.

    from tests.browser import browser, page  # the fixtures, imported where they are used

It is stopped with each module, since playwright's loop would be in the way of other tests' `asyncio.run`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

__all__ = ("CHROMIUM", "browser", "page", "phone", "save")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; tests that need it are skipped where there is none (`apt-get install chromium`)."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or name one in CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page at desktop size; the test fails where anything was refused by the page's own policy."""
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    yield _watched(context)
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page at phone size, with touch."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    yield _watched(context)
    context.close()


def save(page: Page, name: str, *, full: bool = False) -> None:
    """Write a screenshot into the folder named in `SCREENSHOTS`, where one is."""
    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=full)


def _watched(context: BrowserContext) -> Page:
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    return page
