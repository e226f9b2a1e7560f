"""`grader similar`, from a folder and from the gradebook."""

import sys
from pathlib import Path

import pytest

from grader.gradebook.decisions import Decision, Team, decide
from grader.gradebook.schema import open_gradebook
from tests.called import Call, caller
from tests.gradebook.samples import grade, handed_in
from tests.similar.samples import disguised, program
from tests.small_course import write_course

pytestmark = pytest.mark.needs("staff")
TEXTS = {"ann": program(1), "bob": program(2), "cem": program(3), "eve": disguised(program(1))}


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs a command line in a small course."""
    write_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    return caller(monkeypatch, capsys)


def test_a_folder_is_compared_and_the_page_is_for_its_owner_alone(
    run: Call, tmp_path: Path
) -> None:
    for student, text in TEXTS.items():
        (tmp_path / "in" / student).mkdir(parents=True)
        (tmp_path / "in" / student / "small.py").write_text(text)
    (tmp_path / "in" / "nothing").mkdir()
    code, out, _ = run("similar", "small", "in")
    assert (code, out.splitlines()) == (
        0,
        [
            "4 submissions compared, 1 pair to look at",
            " 100%  ann  |  eve",
            "small-similar.html: for staff alone, with names and code",
        ],
    )
    page = tmp_path / "small-similar.html"
    assert "my_total" in page.read_text("utf-8")
    if sys.platform != "win32":
        assert page.stat().st_mode & 0o077 == 0


def test_a_course_that_is_not_built_is_told(run: Call, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.py").write_text(program(1))
    (tmp_path / "assignments" / "small" / "small.py").unlink()
    code, _, err = run("similar", "small", "in")
    assert code == 2
    assert "grader build" in err


def test_the_gradebook_gives_the_attempts_that_count_and_a_teams_once(
    run: Call, tmp_path: Path
) -> None:
    book = open_gradebook(tmp_path / "gradebook.db")
    with book.write() as connection:
        decide(connection, [Decision(Team(members=("bob", "cem")), "", "", "red")])
    earlier = handed_in("ann", program(9))
    grade(book, earlier, handed_in("red", program(2)), handed_in("eve", TEXTS["eve"]))
    grade(book, handed_in("ann", TEXTS["ann"]))
    book.close()
    code, out, _ = run("similar", "small", "--out", "page.html")
    assert code == 0
    assert out.splitlines()[:2] == [
        "3 submissions compared, 1 pair to look at",
        " 100%  ann  |  eve",
    ]
