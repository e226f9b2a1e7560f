"""The real nbgrader on a gradebook that we wrote: its methods, its commands, and formgrader in a browser."""

import csv
import statistics
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.exchange.nbgrader_course import (
    NAME,
    Both,
    environment,
    nbgrader,
    opened,
    write_both,
)
from tests.feedback.browser import headless
from tests.lab.served import TOKEN, served

pytestmark = [pytest.mark.needs("nbgrader"), pytest.mark.slow]

SCORES = {"ann": 4.25, "bob": 0.5, "eve": 1.0}
EXPORTER = "grader.exchange.nbgrader.exporter.Exporter"
STEPS: dict[str, str | list[str]] = {
    "schema": "schema -",
    "reads": f"reads {NAME}",
    "students": "db student list",
    "export": "export --to theirs.csv",
    "exporter": f"export --exporter {EXPORTER} --to ours.csv",
    "canvas": f"export --exporter {EXPORTER} --Exporter.format=canvas --to canvas.csv",
    "no format": f"export --exporter {EXPORTER} --Exporter.format=fax",
    "feedback": f"generate_feedback {NAME}",
    "generate": f"generate_assignment {NAME} --force",
    "autograde": f"autograde {NAME}",
    "after": f"reads {NAME}",
    "writes": f"writes {NAME}",
    "upgrade": "db upgrade",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """A course whose results are in nbgrader."""
    root = tmp_path_factory.mktemp("nbgrader") / "course"
    write_both(root)
    made = opened(root)
    made.sync()
    yield made
    made.book.close()


@pytest.fixture(scope="module")
def done(course: Both) -> dict[str, Any]:
    """What nbgrader made of it."""
    return dict(zip(STEPS, nbgrader(course.place.root, *STEPS.values()), strict=True))


def test_the_tables_are_nbgraders(done: dict[str, Any]) -> None:
    from grader.exchange.nbgrader.tables import SCHEMA

    assert done["schema"]["ours"] == done["schema"]["theirs"]
    assert done["schema"]["revision"] == [[SCHEMA]]


def test_no_reading_method_of_the_gradebook_is_left_out(done: dict[str, Any]) -> None:
    assert done["reads"]["never asked"] == []


def test_every_total_that_nbgrader_counts_is_ours(done: dict[str, Any]) -> None:
    reads = done["reads"]
    for found in (reads["submissions"], reads["submission_dicts"]):
        assert {who: each["score"] for who, each in found.items()} == SCORES
        assert {each["max_score"] for each in found.values()} == {15}
        assert {each["written_score"] for each in found.values()} == {0}
        assert all(each["needs_manual_grade"] for each in found.values())
    for found in (reads["students"], reads["student_dicts"], reads["find_student"]):
        assert {who: each["score"] for who, each in found.items()} == {**SCORES, "mia": 0}
    assert reads["find_submission"]["score"] == SCORES["ann"]
    assert [each["score"] for each in reads["of_student"]["ann"]] == [SCORES["ann"]]
    assert reads["of_student"]["mia"] == []
    mean = statistics.mean(SCORES.values())
    assert reads["averages"] == {
        "score": pytest.approx(mean),
        "code_score": pytest.approx(mean),
        "written_score": 0,
        "task_score": 0,
    }
    assert reads["assignments"] == [NAME]
    assert (reads["assignment"]["max_score"], reads["assignment"]["num_submissions"]) == (15, 3)


def test_every_part_that_nbgrader_knows_is_ours(done: dict[str, Any]) -> None:
    module, by_hand = (done["reads"]["notebooks"][name] for name in ("small", "by-hand"))
    scores = {
        cell: (one["auto_score"], one["max_score"], one["needs_manual_grade"])
        for notebook in (module, by_hand)
        for cell, both in notebook["grades"].items()
        for one in both
    }
    assert scores == {
        "total": (0.25, 1, False),
        "scaled": (4, 4, False),
        "E1-plot": (None, 4, True),
        "E1-why-how": (None, 6, True),
    }
    for found in (module["submissions"], module["dicts"]):
        assert {who: each["score"] for who, each in found.items()} == SCORES
        assert {each["max_score"] for each in found.values()} == {5}
    assert module["submitted"]["score"] == SCORES["ann"]
    assert module["itself"]["max_code_score"] == 5
    assert by_hand["itself"]["max_written_score"] == 10
    assert {cell: both[0]["max_score"] for cell, both in module["cells"].items()} == {
        "total": 1,
        "scaled": 4,
    }
    assert [cell["name"] for cell in module["solutions"]] == ["your-code"]
    assert set(by_hand["comments"]) == {"E1-plot", "E1-why-how"}


def test_its_own_export_has_our_scores_and_ours_has_them_quoted(
    course: Both, done: dict[str, Any]
) -> None:
    assert done["export"][0] == done["exporter"][0] == done["students"][0] == 0
    theirs = (course.place.root / "theirs.csv").read_text().splitlines()
    assert theirs[1].endswith(",4.25,0.0,4.25,15.0")
    with (course.place.root / "ours.csv").open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {who: float(row["score"]) for who, row in rows.items()} == {**SCORES, "mia": 0}
    assert {row["max_score"] for row in rows.values()} == {"15.00"}


def test_the_comma_name(course: Both, done: dict[str, Any]) -> None:
    assert "ann (Doe, Jr., Ann)" in done["students"][1]
    with (course.place.root / "theirs.csv").open(newline="") as file:
        # nbgrader's own table: the name moves every later cell.
        assert None in next(csv.DictReader(file))
    with (course.place.root / "ours.csv").open(newline="") as file:
        ann = next(csv.DictReader(file))
    assert (ann["last_name"], ann["first_name"], ann["email"]) == ("Doe, Jr.", "Ann", "ann@x")


def test_any_format_of_ours_is_written_from_nbgraders_gradebook(
    course: Both, done: dict[str, Any]
) -> None:
    text = (course.place.root / "canvas.csv").read_text()
    assert '"Doe, Jr., Ann","","","ann","",4.25' in text
    assert done["no format"][0] == 2
    assert "grader: no format 'fax'" in done["no format"][1]


def test_feedback_shows_what_the_student_is_told(course: Both, done: dict[str, Any]) -> None:
    assert done["feedback"][0] == 0
    folder = course.place.root / "feedback" / "ann" / NAME
    assert "(Score: 4.25 / 5.0)" in (folder / "small.html").read_text()
    assert "(Score: 0.0 / 10.0)" in (folder / "by-hand.html").read_text()
    assert "It is *steep*." in (folder / "by-hand.html").read_text()


def test_nothing_of_a_submission_is_html_in_feedback(course: Both, done: dict[str, Any]) -> None:
    pages = sorted((course.place.root / "feedback" / "eve" / NAME).glob("*.html"))
    assert [page.name for page in pages] == ["by-hand.html", "small.html"]
    for page in pages:
        text = page.read_text()
        assert "pwned" in text
        for active in ("<script>document", "<img src=x", 'href="javascript', "<!-- ]]"):
            assert active not in text


def test_the_shared_name_trap(course: Both, done: dict[str, Any]) -> None:
    for step in ("generate", "autograde"):
        assert done[step][0] != 0
        assert "No notebooks were matched" in done[step][1]
    assert done["after"]["submission_dicts"] == done["reads"]["submission_dicts"]


def test_nbgrader_writes_on_and_upgrades_what_we_wrote(course: Both, done: dict[str, Any]) -> None:
    assert done["writes"] is True
    assert done["upgrade"][0] == 0, done["upgrade"][1]
    made, brought = course.sync()
    assert brought == ["ann: attempt=1 item='total' points=0.75"]
    assert made.unchanged == 3


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Both, Page, str]]:
    """A course, a browser, and the address of formgrader on that course."""
    root = tmp_path_factory.mktemp("formgrader") / "course"
    write_both(root)
    made = opened(root)
    made.sync()
    home = environment(root.parent / "home")
    with served("jupyter_server", root, home) as address, headless() as browser:
        page = browser.new_page(extra_http_headers={"Authorization": f"token {TOKEN}"})
        page.set_default_timeout(120_000)
        yield made, page, f"{address}/formgrader"
    made.book.close()


@pytest.mark.needs("chromium")
def test_formgrader_shows_our_scores(page: tuple[Both, Page, str]) -> None:
    _, shown, address = page
    shown.goto(f"{address}/manage_submissions/{NAME}")
    for who, score in (("ann", "4.25 / 15"), ("bob", "0.5 / 15"), ("eve", "1 / 15")):
        row = shown.locator("tr", has_text=score)
        row.wait_for()
        assert who in row.inner_text().split()
    shown.goto(f"{address}/gradebook/{NAME}/small")
    shown.get_by_role("link", name="Submission #1").wait_for()
    assert shown.get_by_text(" / 5").count() >= 3


@pytest.mark.needs("chromium")
def test_formgrader_shows_a_hostile_submission_as_text(page: tuple[Both, Page, str]) -> None:
    _, shown, address = page
    for name in ("small", "by-hand"):
        shown.goto(f"{address}/manage_students/eve/{NAME}")
        shown.get_by_role("link", name=name, exact=True).click()
        shown.locator(".nbgrader_cell").last.wait_for()
        assert "<script>document.body.innerHTML='pwned'</script>" in shown.inner_text("body")
        assert shown.inner_text("body") != "pwned"
        assert shown.title() != "pwned"


@pytest.mark.needs("chromium")
def test_a_score_that_is_typed_into_formgrader_comes_back(page: tuple[Both, Page, str]) -> None:
    course, shown, address = page
    shown.goto(f"{address}/manage_students/ann/{NAME}")
    shown.get_by_role("link", name="by-hand", exact=True).click()
    field = shown.locator("#E1-plot")
    field.wait_for()
    # What is typed before the page has asked for the grades is sent nowhere.
    shown.wait_for_load_state("networkidle")
    with shown.expect_response(lambda answer: answer.request.method == "PUT"):
        field.fill("3.5")
        field.press("Tab")
    _, brought = course.sync()
    assert brought == ["ann: attempt=1 item='E1: plot' points=3.5"]
    assert course.grade_of("ann") == 7.75
