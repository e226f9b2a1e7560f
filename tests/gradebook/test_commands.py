"""The commands by which staff decide about grades, each as a person would type it."""

import json
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli import main
from grader.gradebook.schema import open_gradebook
from grader.models import Graded
from grader.orders import Batch
from tests.called import caller
from tests.gradebook.samples import grade, handed_in
from tests.small_course import write_course

Run = Callable[..., tuple[int, str]]

EXAMPLES = [
    "publish",
    "waive",
    "explain-grade",
    "totals",
    "extend",
    "override",
    "choose",
    "comment",
    "appeal open",
    "appeal close",
    "appeal list",
    "roster import",
    "roster teams",
    "privacy erase",
    "privacy export",
    "verify",
    "replay",
    "manual next",
    "manual set",
    "manual comment",
    "manual list",
    "manual export",
    "manual import",
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line in a small course with three graded students; its exit code and what it said."""
    write_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("GRADER_USER", "tina")
    book = open_gradebook(tmp_path / "gradebook.db")
    grade(book, handed_in("ann"), handed_in("bob"), points=[2.0, 0.0])
    grade(book, handed_in("=eve\x1b[31m"), points=[None, 2.0])
    book.close()

    call = caller(monkeypatch, capsys)

    def run(*words: str) -> tuple[int, str]:
        code, out, err = call(*words)
        return code, out + err

    return run


@pytest.mark.parametrize("command", EXAMPLES)
def test_every_command_explains_itself_with_an_example(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["grader", *command.split(), "--help"])
    monkeypatch.setenv("COLUMNS", "120")
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert f"Example: grader {command}" in capsys.readouterr().out


def test_points_that_are_more_than_there_are_may_be_a_slip_and_are_told(run: Run) -> None:
    _, said = run("override", "ann", "small", "55", "--reason", "oral")
    assert "note: that is more than there is to be had" in said


def test_publishing_shows_first_and_asks(run: Run) -> None:
    code, out = run("publish", "small")
    assert code == 1
    assert out.startswith("2 for the first time\nann: 2 of 4\nbob: 2 of 4\n")
    assert "withheld, to be reviewed first: =eve\\x1b[31m" in out
    assert "nothing was changed" in out
    code, out = run("publish", "small", "--yes")
    assert out.endswith("published\n")
    run("override", "ann", "small", "3.5", "--reason", "oral")
    code, out = run("publish", "small")
    assert "ann: 2 → 3.5 (+1.5)\n    set to 3.5 by hand (tina, " in out
    assert "1 grade to publish, 1 as they were published" in out


def test_publishing_tells_a_maximum_that_changes_although_the_points_stay(run: Run) -> None:
    run("publish", "small", "--yes")
    run("waive", "small", "test_1", "--reason", "its bound was wrong", "--drop", "--yes")
    _, out = run("publish", "small")
    assert out.startswith("ann: 2 of 4 → 2 of 2\n    test_total.py::test_1 leaves the maximum, ")
    assert "the same points" not in out


def test_publishing_says_which_tests_came_out_otherwise(run: Run, tmp_path: Path) -> None:
    run("publish", "small", "--yes")
    book = open_gradebook(tmp_path / "gradebook.db")
    grade(book, handed_in("ann"), points=[2.0, 2.0], suite="new")
    book.close()
    _, out = run("publish", "small")
    assert "\n    test_total.py::test_1: failed, 0 of 2 → passed, 2 of 2\n" in out


def test_whoever_was_graded_with_another_suite_is_told_before_anything_is_published(
    run: Run, tmp_path: Path
) -> None:
    def preview_after(suite: str) -> str:
        book = open_gradebook(tmp_path / "gradebook.db")
        grade(book, handed_in("ann", f"x = '{suite}'\n"), suite=suite)
        with book.write() as connection:
            connection.exec_driver_sql(
                f"UPDATE reports SET bundle = '{suite}' WHERE id = (SELECT max(id) FROM reports)"
            )
        book.close()
        return run("publish", "small")[1]

    # A bundle holds more than what a score depends on.
    assert "another suite" not in preview_after("suite")
    told = "graded with another suite than what was graded last: =eve\\x1b[31m, bob\n"
    told += "    to grade these too: grader grade small --stored\n"
    assert told in preview_after("new")


def test_who_is_on_no_roster_is_told_before_anything_is_published(run: Run, tmp_path: Path) -> None:
    assert "not on the roster" not in run("publish", "small")[1]
    (tmp_path / "students.csv").write_text("id\nann\nzoe\n")
    run("roster", "import", "students.csv")
    _, out = run("publish", "small")
    assert "zoe: 0 of 5, nothing handed in\nnot on the roster: bob\n" in out


def test_who_is_on_no_roster_is_told_when_they_are_graded(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "students.csv").write_text("id\nann\nzoe\n")
    run("roster", "import", "students.csv")
    batch = Batch("base")
    for student in ("ann", "anne"):
        batch.add(Graded(student, "graded", 1.0, 1.0, None, 0.0, ""))
    monkeypatch.setattr("grader.batch.grade_folder", lambda *_: batch)
    assert run("grade", "small", ".")[1].endswith("note: not on the roster: anne\n")


def test_a_waiver_shows_first_and_asks(run: Run) -> None:
    words = ("waive", "small", "test_1", "--reason", "its bound was wrong")
    code, out = run(*words)
    assert code == 0
    assert "ann: 2/4 → 4/4\nbob: 2/4 → 4/4\n" in out
    assert "test_total.py::test_1: 2 grades change" in out
    assert "2/4" in run("explain-grade", "ann", "small")[1].replace(" of ", "/")
    run(*words, "--drop", "--yes")
    assert "grade: 2 of 2" in run("explain-grade", "ann", "small")[1]
    assert "it counts as graded again" in run(*words, "--undo", "--yes")[1]
    assert "grade: 2 of 4" in run("explain-grade", "ann", "small")[1]
    assert run(*words, "--undo", "--drop")[0] == 2


def test_a_grade_is_explained_line_by_line(run: Run) -> None:
    run("comment", "ann", "small", "nice")
    run("extend", "ann", "small", "2030-05-01T18:00:00+02:00", "--reason", "ill")
    code, out = run("explain-grade", "ann", "small")
    assert code == 0
    lines = out.splitlines()
    assert lines[:3] == ["attempt 1 counts, the only one", "hidden tests: 2 of 4", "grade: 2 of 4"]
    assert lines[3].startswith("comment: nice (tina, ")
    assert lines[4] == "not published"
    assert run("explain-grade", "nobody", "small")[0] == 2


@pytest.mark.parametrize(
    "words",
    [
        ("override", "ann", "small", "many", "--reason", "x"),
        ("override", "ann", "small", "inf", "--reason", "x"),
        ("override", "ann", "large", "1", "--reason", "x"),
        ("override", "ann", "small", "1"),
        ("extend", "ann", "small", "tomorrow", "--reason", "x"),
        ("override", "ann", "small", "1", "--reason", " "),
        ("waive", "small", "test_1", "--reason", ""),
        ("privacy", "erase", "ann", "--reason", " ", "--yes"),
    ],
)
def test_a_decision_that_is_none_is_a_usage_error(run: Run, words: tuple[str, ...]) -> None:
    code, out = run(*words)
    assert code == 2
    assert "Traceback" not in out


def test_a_decision_about_somebody_unknown_is_kept_and_told(run: Run) -> None:
    words = ("small", "2030-05-01T18:00:00+02:00", "--reason", "ill")
    assert run("extend", "anne", *words)[1].endswith("knows no student or team 'anne' yet\n")
    assert "note" not in run("extend", "ann", *words)[1]


def test_an_appeal_stays_open_until_it_is_closed(run: Run) -> None:
    words = ("ann", "small", "--test", "test_1", "--reason", "my loop is right")
    assert "the appeal about test_total.py::test_1 is open\n" in run("appeal", "open", *words)[1]
    _, out = run("appeal", "list")
    assert out.startswith("ann, small (test_total.py::test_1): tina, ")
    assert out.endswith(": my loop is right\n1 open\n")
    assert "test_1 is open (tina, " in run("explain-grade", "ann", "small")[1]
    run("appeal", "close", "ann", "small", "--reason", "waived")
    assert run("appeal", "list") == (0, "0 open\n")
    _, out = run("explain-grade", "ann", "small")
    assert "an appeal about test_total.py::test_1 was closed (tina, " in out


def test_appeals_of_one_student_do_not_hide_each_other(run: Run) -> None:
    for words in (["--test", "test_0"], ["--test", "test_1"], []):
        run("appeal", "open", "ann", "small", "--reason", "again", *words)
    assert run("appeal", "list")[1].endswith("3 open\n")
    run("appeal", "close", "ann", "small", "--reason", "right", "--test", "test_0")
    assert run("appeal", "list")[1].endswith("2 open\n")
    run("appeal", "close", "ann", "small", "--reason", "settled")
    assert run("appeal", "list")[1] == "0 open\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("open", "anne", "small"), "knows no student 'anne'"),
        (("open", "ann", "small", "--test", "test_7"), "no single test is called 'test_7'"),
        (("close", "ann", "small"), "no appeal of 'ann' in small is open"),
    ],
)
def test_an_appeal_about_nothing_is_refused(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out = run("appeal", *words, "--reason", "a slip")
    assert code == 2
    assert said in out
    assert run("appeal", "list")[1] == "0 open\n"


def test_a_due_date_that_comes_earlier_may_be_a_slip_and_is_told(run: Run, tmp_path: Path) -> None:
    course = tmp_path / "course.toml"
    due = "due = 2030-05-01T18:00:00+02:00"
    course.write_text(course.read_text().replace('name = "small"\n', f'name = "small"\n{due}\n'))
    when = "2029-05-08T18:00:00+02:00"
    assert "note: that is earlier" in run("extend", "ann", "small", when, "--reason", "ill")[1]
    when = "2030-05-08T18:00:00+02:00"
    assert "note" not in run("extend", "ann", "small", when, "--reason", "ill")[1]


def test_an_attempt_is_chosen_by_its_number(run: Run, tmp_path: Path) -> None:
    book = open_gradebook(tmp_path / "gradebook.db")
    grade(book, handed_in("ann", "x = 2\n"), points=[0.0, 0.0])
    book.close()
    _, out = run("choose", "ann", "small", "1", "--reason", "the second was empty")
    assert out.startswith("attempt 1 was chosen (tina, ")
    assert out.endswith("grade: 2 of 4\n")
    assert run("choose", "ann", "small", "0", "--reason", "no")[1].endswith("grade: 0 of 4\n")


def test_rosters_and_teams_come_from_tables(run: Run, tmp_path: Path) -> None:
    (tmp_path / "students.csv").write_text("id,name\nann,Ann\ncem,Cem\n")
    (tmp_path / "teams.csv").write_text("team,student\nbob,cem\n")
    assert run("roster", "import", "students.csv") == (0, "2 new, 0 changed, 0 as before\n")
    assert run("roster", "teams", "teams.csv") == (0, "1 new or changed, 0 as before\n")
    assert "this student is not on the roster" in run("explain-grade", "=eve\x1b[31m", "small")[1]
    code, out = run("totals", "--draft")
    assert code == 0
    assert out.splitlines() == [
        "student,small,total,dropped",
        "'=eve\x1b[31m,2,50.00,",
        "ann,2,50.00,",
        "cem,2,50.00,",
    ]


def test_a_member_reads_what_was_decided_about_the_team(run: Run, tmp_path: Path) -> None:
    (tmp_path / "teams.csv").write_text("team,student\nbob,cem\n")
    run("roster", "teams", "teams.csv")
    run("comment", "bob", "small", "nice")
    run("appeal", "open", "bob", "small", "--reason", "we are right")
    _, out = run("explain-grade", "cem", "small")
    assert "comment: nice (tina, " in out
    assert "an appeal is open (tina, " in out
    assert run("explain-grade", "bob", "small")[0] == 0


def test_nobody_is_told_0_because_nothing_was_graded(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").unlink()
    (tmp_path / "students.csv").write_text("id\nann\n")
    run("roster", "import", "students.csv")
    code, out = run("publish", "small", "--yes")
    assert code == 2
    assert "nothing of small was graded: grader grade small FOLDER" in out


def test_nothing_is_waived_where_grades_changed_since_a_person_looked(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def agreed(_yes: bool) -> bool:
        run("override", "ann", "small", "1", "--reason", "meanwhile")
        return True

    monkeypatch.setattr("grader.cli.publish._agreed", agreed)
    code, out = run("waive", "small", "test_1", "--reason", "its bound was wrong")
    assert code == 2
    assert "nothing is waived: look again" in out
    monkeypatch.undo()


def test_totals_and_exports_are_of_what_was_published_unless_a_draft_is_wanted(run: Run) -> None:
    for words in (["totals"], ["export", "--to", "csv"]):
        code, out = run(*words)
        assert code == 2
        assert "no grade is published yet: grader publish ASSIGNMENT, " in out
    assert "\nann,2,50.00,\n" in run("totals", "--draft")[1]
    assert run("export", "--to", "csv", "--draft")[0] == 0
    run("publish", "small", "--yes")
    run("override", "ann", "small", "4", "--reason", "oral")
    _, out = run("totals")
    assert "\nann,2,50.00,\n" in out
    assert "\n'=eve\x1b[31m,,,\n" in out
    assert out.endswith("note: no total where a grade is not published: =eve\\x1b[31m\n")
    assert "\nann,4,100.00,\n" in run("totals", "--draft")[1]


def test_a_student_is_erased_for_good(run: Run) -> None:
    assert run("privacy", "erase", "ann", "--reason", "asked", "--yes") == (
        0,
        "1 attempt, 0 decisions, 1 report erased\n",
    )
    assert run("db", "check")[0] == 0
    assert run("explain-grade", "ann", "small")[0] == 2


def test_everything_of_a_student_comes_in_one_zip_that_nobody_else_may_read(
    run: Run, tmp_path: Path
) -> None:
    run("comment", "ann", "small", "nice")
    assert run("privacy", "export", "ann") == (
        0,
        "1 attempts, 1 reports, 1 decisions, 0 teams in ann.zip\n",
    )
    file = tmp_path / "ann.zip"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        record = json.loads(archive.read("record.json"))
        assert archive.read("files/small/1/small.py") == b"x = 1\n"
    assert record["attempts"][0]["number"] == 1
    assert record["reports"][0]["report"]["outcomes"][0]["verdict"] == "passed"
    assert record["decisions"][0]["body"]["text"] == "nice"
    assert "bob" not in json.dumps(record)
    run("privacy", "erase", "ann", "--reason", "asked", "--yes")
    assert run("privacy", "export", "ann")[0] == 2
