"""A real browser for the pages, with or without their own rules for what may be loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.needs import chromium

Scheme = Literal["light", "dark"]


@contextmanager
def headless() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(
    browser: Browser, file: Path, scheme: Scheme = "light", *, bypass_csp: bool = False
) -> Iterator[Page]:
    """A page in a window of its own."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=bypass_csp)
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        yield page
    finally:
        context.close()
