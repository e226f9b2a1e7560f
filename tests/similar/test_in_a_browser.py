"""The page of pairs in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from grader.similar.page import find, html
from tests.feedback.browser import headless, opened
from tests.feedback.samples import HOSTILE
from tests.similar.samples import disguised, program
from tests.similar.test_page import hostile_page
from tests.small_course import write_course

pytestmark = [pytest.mark.needs("chromium", "staff"), pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with headless() as browser:
        yield browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    assignment = write_course(folder / "course")
    texts = {"ann": program(1), "שלום": disguised(program(1)), "bob": program(2)}
    listed = [(name, {"small": text.encode()}) for name, text in texts.items()]
    made = {
        "plain": html(assignment, find(assignment, listed), "de"),
        "hostile": hostile_page(assignment, HOSTILE),
    }
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


def test_axe_finds_nothing_against_wcag_2_1_aa(browser: Browser, pages: dict[str, Path]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    with opened(browser, pages["plain"], bypass_csp=True) as page:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
            assert found.response["violations"] == [], found.generate_report()


def test_a_hostile_submission_runs_loads_and_opens_nothing(
    browser: Browser, pages: dict[str, Path]
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        page.on("console", lambda message: asked.append(message.text))
        page.goto(pages["hostile"].as_uri())
        assert asked == [pages["hostile"].as_uri()]
        assert page.locator("script, iframe, object, img, form, base, link").count() == 0
        assert page.title().startswith("A small assignment")


def test_the_number_of_a_passage_leads_to_the_other_side(
    browser: Browser, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["plain"]) as page:
        page.locator("#a1-1").click()
        assert page.locator(":target").get_attribute("id") == "b1-1"


def test_a_telephone_shows_one_side_after_the_other(
    browser: Browser, pages: dict[str, Path]
) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(pages["plain"].as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
