"""The pages in a real browser: readable for everybody, and never steered by a submission."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from grader.feedback.classpage import class_html
from grader.feedback.classroom import class_view
from grader.feedback.html import html
from grader.models import GradeReport, ReportFile
from tests.feedback.browser import Scheme, headless, opened
from tests.feedback.samples import finding, hostile_report, outcome, picture, report, seen

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.slow]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
#: Everything that a page can show, of harmless texts.
CURVE = {"kind": "curve", "got": ((3.0, 2.0, None),), "expected": ((3.0, 2.5, 2.0),)}


def harmless() -> GradeReport:
    """Every state of a function and every part of a message."""
    thrown = {
        "known": "TypeError",
        "line": 3,
        "frames": [{"file": "a.py", "line": 3, "function": "f", "text": "x"}],
    }
    return report(
        outcome("softmax", 1, verdict="failed", findings=(finding(picture=picture()),)),
        outcome("softmax", 2, group="edge", output="printed"),
        outcome("sigmoid", 1, verdict="raised", error=thrown, message="TypeError: no"),
        outcome(
            "accuracy", 1, verdict="failed", compared=True, message="no", picture=picture(**CURVE)
        ),
        outcome("recall", 1, verdict="failed", consequential_of="accuracy"),
        outcome("precision", 1, verdict="blocked", blocked_by="stub"),
        outcome("log_loss", 1),
        outcome("fbeta", 1, verdict="fault"),
        state="needs_review",
        student="שלום Ann",
    )


def a_class(hostile: bool) -> str:
    reports = [
        harmless().model_copy(update={"student": f"s{n}", "score": n / 4}) for n in range(10)
    ]
    if hostile:
        reports.append(hostile_report())
    graded = [one.model_copy(update={"state": "graded"}) for one in reports]
    return class_html(
        class_view(ReportFile(assignment="small", reports=(*graded, reports[0]))), "en"
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with headless() as browser:
        yield browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "student": html(seen(harmless(), "student", "before-due")),
        "german": html(seen(harmless(), "student", "after-release", language="de")),
        "staff": html(seen(harmless(), "staff")),
        "class": a_class(hostile=False),
        "hostile student": html(seen(hostile_report(), "student", "after-release")),
        "hostile staff": html(seen(hostile_report(), "staff")),
        "hostile class": a_class(hostile=True),
    }
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("name", ["german", "staff", "class"])
def test_axe_finds_nothing_against_wcag_2_1_aa(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    with opened(browser, pages[name], bypass_csp=True) as page:
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            only = {"type": "tag", "values": tags}
            if scheme == "dark":
                # All that differs.
                only = {"type": "rule", "values": ["color-contrast"]}
            found = Axe().run(page, options={"runOnly": only})
            assert found.response["violations"] == [], found.generate_report()
            assert found.response["passes"]


#: The tree of a page: elements with what makes them act or look as they do, without texts.
TREE = """() => {
  const walk = node => {
    const own = [...node.attributes].filter(a => !['aria-label', 'id', 'style'].includes(a.name));
    const said = own.map(a => a.name + '=' + a.value).join(' ');
    return '<' + node.localName + ' ' + said + '>' + [...node.children].map(walk).join('') + '</>';
  };
  return walk(document.documentElement);
}"""


@pytest.mark.parametrize("audience", ["student", "staff"])
def test_a_hostile_submission_changes_nothing_but_its_own_text(
    browser: Browser, tmp_path: Path, audience: str
) -> None:
    trees = []
    for name, one in (("hostile", hostile_report()), ("calm", hostile_report("calm"))):
        file = tmp_path / f"{name}.html"
        file.write_text(html(seen(one, audience, "after-release")), encoding="utf-8")
        with opened(browser, file) as page:
            trees.append(page.evaluate(TREE))
    assert trees[0] == trees[1]


@pytest.mark.parametrize("name", ["hostile student", "hostile staff", "hostile class"])
def test_nothing_runs_loads_or_opens(browser: Browser, pages: dict[str, Path], name: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        page.on("console", lambda message: asked.append(message.text))
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.goto(pages[name].as_uri())
        assert asked == [pages[name].as_uri()] * 2
        assert page.locator("script, iframe, object, img, form, base, link").count() == 0
        assert page.locator("h1").count() == page.locator("main").count() == 1
        assert page.title().endswith("the class") or page.title().startswith("Feedback on")


@pytest.mark.parametrize("name", ["student", "class", "hostile student"])
def test_no_page_is_wider_than_a_telephone(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(pages[name].as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [360, 1280], ids=["telephone", "desk"])
def test_the_points_of_each_function_are_seen_without_scrolling(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    # Long names, longer states and the note on points that wait: as wide as a row gets.
    name = "binary_cross_entropy_with_logits"
    gated = outcome(name, 2, group="edge").model_copy(update={"points": 0.0})
    others = [outcome(name, n, group=g) for n, g in ((3, "property"), (4, "contract"))]
    made = seen(report(outcome(name, verdict="failed"), gated, *others), language="de")
    (tmp_path / "page.html").write_text(html(made), encoding="utf-8")
    with browser.new_context(viewport={"width": width, "height": 740}) as context:
        page = context.new_page()
        page.goto((tmp_path / "page.html").as_uri())
        hidden = "e => e.scrollWidth - e.clientWidth"
        assert page.locator("[aria-labelledby=functions].scroll").evaluate(hidden) == 0


def test_dark_and_light_differ(browser: Browser, pages: dict[str, Path]) -> None:
    colours = set()
    for scheme in SCHEMES:
        with opened(browser, pages["student"], scheme) as page:
            colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2


def test_what_is_folded_away_is_printed(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["staff"]) as page:
        page.emulate_media(media="print")
        assert page.locator("details pre").first.is_visible()


def test_a_right_to_left_name_does_not_reorder_what_is_beside_it(
    browser: Browser, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["class"]) as page:
        assert page.locator("bdi").count() > 0
    with opened(browser, pages["student"]) as page:
        assert page.locator("h1 > bdi").inner_text() == "שלום Ann"
