"""Without a file of reports, students are shown what was published, and what people said and decided."""

import json
from pathlib import Path

import pytest

from grader.course import Course
from grader.gradebook.schema import open_gradebook
from tests.called import Call, caller
from tests.gradebook.samples import grade, handed_in
from tests.small_course import write_course

pytestmark = pytest.mark.needs("staff")


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs a command line in a small course whose gradebook has two reports, neither of which is published."""
    write_course(tmp_path)
    book = open_gradebook(Course.find(tmp_path).gradebook)
    grade(book, handed_in("ann"))
    grade(book, handed_in("bob"), points=[None, 2.0])
    book.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return caller(monkeypatch, capsys)


def test_what_was_not_published_is_not_shown(run: Call) -> None:
    code, _, err = run("feedback")
    assert code == 2
    assert "no grade is published" in err
    code, _, err = run("feedback", "--assignment", "small")
    assert code == 2
    assert "no grade of small is published" in err


def test_what_was_published_is_shown(run: Call) -> None:
    run("publish", "small", "--yes")
    code, out, _ = run("feedback", "--out", "pages", "--format", "markdown")
    assert (code, out) == (0, "1 report in pages\n")
    page = Path("pages/ann.md").read_text()
    assert "total" in page
    assert "Your grade" not in page


def test_a_draft_shows_what_nobody_was_told_and_what_a_person_must_look_at(run: Call) -> None:
    assert run("feedback", "--draft", "--out", "pages")[1] == "2 reports in pages\n"


def test_a_student_reads_the_comments_and_the_grade_that_people_decided(run: Call) -> None:
    run("override", "ann", "small", "3.5", "--reason", "oral")
    run("comment", "ann", "small", "See <b>me</b> about `total`.")
    run("publish", "small", "--yes")
    _, out, _ = run("feedback", "-s", "ann", "--format", "html")
    assert "Your teachers say: See &lt;b&gt;me&lt;/b&gt; about <code>total</code>." in out
    assert "Your grade is 3.5 of 4" in out


def test_a_student_reads_that_nobody_knows_when_it_was_handed_in(run: Call) -> None:
    run("publish", "small", "--yes")
    assert "Nobody knows when" not in run("feedback", "-s", "ann")[1]
    course = Path("course.toml")
    rules = '[late]\nrule = "per_day"\n\n[[assignments]]\ndue = 2030-05-01T18:00:00+02:00\n'
    course.write_text(course.read_text().replace("[[assignments]]\n", rules))
    assert "Nobody knows when this was handed in" in run("feedback", "-s", "ann")[1]
    assert "so not late: ann\n" in run("publish", "small")[1]


def test_a_grade_is_not_told_where_results_are_kept_back(run: Call) -> None:
    manifest = Path("source/small/assignment.toml")
    manifest.write_text(manifest.read_text() + '\n[[feedback]]\nlevel = "nothing"\n')
    run("override", "ann", "small", "3.5", "--reason", "oral")
    run("publish", "small", "--yes")
    assert "Your grade" not in run("feedback", "-s", "ann")[1]


def test_staff_see_the_class_as_it_stands_before_anything_is_published(run: Call) -> None:
    code, out, _ = run("class-report", "--json", "class.json")
    assert (code, out) == (0, "Report: class.json\n")
    seen = json.loads(Path("class.json").read_text())
    assert [each["student"] for each in seen["review"]] == ["bob"]
    code, _, err = run("class-report", "--from", "reports.json", "--assignment", "small")
    assert code == 2
    assert "--from takes the place of the gradebook" in err


def test_a_file_takes_the_place_of_the_gradebook(run: Call) -> None:
    code, _, err = run("feedback", "--from", "reports.json", "--draft")
    assert code == 2
    assert "--from takes the place of the gradebook" in err
