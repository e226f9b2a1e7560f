"""Grades of a whole course: who is in it, what was decided, what students were told."""

import itertools
import re
from datetime import datetime
from pathlib import Path

import pytest

from grader.course import Course
from grader.errors import StoreError, UsageError
from grader.gradebook import audit, maintenance, publishing
from grader.gradebook.comments import comments
from grader.gradebook.connection import Gradebook
from grader.gradebook.decisions import (
    Body,
    Choice,
    Comment,
    Decision,
    Extension,
    Manual,
    Override,
    Student,
    Team,
    Waiver,
    decide,
    history,
)
from grader.gradebook.erasure import erase
from grader.gradebook.ledger import Ledger, read_report
from grader.gradebook.personal import gather
from grader.gradebook.roster import import_students, import_teams
from grader.gradebook.schema import open_gradebook
from grader.gradebook.waivers import resolve, supposed
from grader.models import Submission
from tests.gradebook.samples import grade, handed_in
from tests.small_course import write_course

TWO = """\
schema = 1
name = "Small course"
drop_lowest = 1
[late]
rule = "bank"
percent = 10
days = 2
[[assignments]]
name = "small"
due = 2030-05-01T18:00:00+02:00
weight = 3
[[assignments]]
name = "second"
due = 2030-06-01T18:00:00+02:00
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    write_course(tmp_path / "course")
    return Course.find(tmp_path / "course")


@pytest.fixture
def two(tmp_path: Path) -> Course:
    """A course of two assignments with late days."""
    root = tmp_path / "course"
    write_course(root)
    (root / "course.toml").write_text(TWO)
    second = root / "source" / "second" / "assignment.toml"
    second.parent.mkdir()
    first = root / "source" / "small" / "assignment.toml"
    second.write_text(first.read_text().replace('"small"', '"second"'))
    return Course.find(root)


def decides(book: Gradebook, *bodies: tuple[str, Body], assignment: str = "small") -> None:
    with book.write() as connection:
        decide(connection, [Decision(body, "why", assignment, whose) for whose, body in bodies])


def points(book: Gradebook, course: Course, assignment: str = "small") -> dict[str, float]:
    with book.read() as connection:
        return {
            student: each.points for student, each in Ledger(connection, course).grades(assignment)
        }


def published(book: Gradebook, course: Course, why: str = "") -> publishing.Preview:
    with book.write() as connection:
        shown = publishing.preview(Ledger(connection, course), "small")
        publishing.publish(connection, course, "small", shown, why)
    return shown


@pytest.mark.parametrize("rule", ["last", "best"])
def test_of_several_attempts_those_may_count_that_the_rule_or_a_person_may_choose(
    book: Gradebook, course: Course, rule: str
) -> None:
    file = course.root / "course.toml"
    file.write_text(file.read_text().rstrip() + f'\nattempts = "{rule}"\n')
    with book.write() as connection:
        import_students(connection, {"cem": Student()}, "import")
        import_teams(connection, {"team": Team(members=("bob", "eve"))}, "small", "import")
    for text in ("x = 1\n", "x = 2\n"):
        grade(book, *(handed_in(name, text) for name in ("ann", "dan", "team")))
    decides(book, ("dan", Choice(attempt=1)))
    with book.read() as connection:
        rows = Ledger(connection, Course.find(course.root)).may_count("small")
    found = [(row.number, row.student) for row in rows]
    newest = [(2, "ann"), (2, "team")]
    everything = [(1, "ann"), (1, "dan"), (1, "team"), (2, "ann"), (2, "dan"), (2, "team")]
    assert found == (everything if rule == "best" else [(1, "dan"), *newest])


def test_everybody_on_the_roster_and_everybody_who_handed_in_has_a_grade(
    book: Gradebook, course: Course
) -> None:
    with book.write() as connection:
        import_students(connection, {"ann": Student(name="Ann"), "cem": Student()}, "import")
    grade(book, handed_in("ann"), handed_in("bob"))
    assert points(book, course) == {"ann": 1, "bob": 1, "cem": 0}
    with book.read() as connection:
        assert set(Ledger(connection, course).roster) == {"ann", "cem"}


def test_a_roster_is_imported_as_often_as_one_likes(book: Gradebook) -> None:
    with book.write() as connection:
        assert import_students(connection, {"ann": Student(), "bob": Student()}, "") == (2, 0)
        changed = {"ann": Student(ids={"canvas": "17"}), "bob": Student()}
        assert import_students(connection, changed, "") == (0, 1)
        assert import_teams(connection, {"red": Team(members=("ann", "bob"))}, "", "") == 1
        assert import_teams(connection, {"red": Team(members=("ann", "bob"))}, "", "") == 0
        assert len(history(connection, [Student])) == 3


def test_a_team_hands_in_for_its_members(book: Gradebook, course: Course) -> None:
    decides(book, ("red", Team(members=("ann", "bob"))), assignment="")
    grade(book, handed_in("red"), points=[2.0])
    grade(book, handed_in("ann", "x = 3\n"), points=[0.0])
    decides(book, ("bob", Override(points=1.5)))
    # The team's submission goes before one of a member's own.
    assert points(book, course) == {"ann": 2, "bob": 1.5}
    with book.read() as connection:
        assert Ledger(connection, course).grade("ann", "small").lines[0].endswith("the team red")


def test_a_comment_on_a_teams_work_is_for_each_member(book: Gradebook, course: Course) -> None:
    decides(book, ("red", Team(members=("ann", "bob"))), assignment="")
    grade(book, handed_in("red"), points=[2.0])
    said = (("red", Comment(text="both")), ("bob", Comment(text="bob")), ("red", Comment(text="")))
    decides(book, *said[:2])
    with book.read() as connection:
        told = comments(connection, Ledger(connection, course), "small", {"ann": 1, "bob": 1})
    assert (told["ann", ""], told["bob", ""]) == ("both", "bob")
    # What was taken back is told to nobody.
    decides(book, said[2])
    with book.read() as connection:
        told = comments(connection, Ledger(connection, course), "small", {"ann": 1, "bob": 1})
    assert told == {("bob", ""): "bob"}


def test_a_choice_for_a_member_is_one_of_the_teams_attempts(
    book: Gradebook, course: Course
) -> None:
    decides(book, ("red", Team(members=("ann", "bob"))), assignment="")
    grade(book, handed_in("red", "x = 1\n"), points=[2.0])
    grade(book, handed_in("red", "x = 2\n"), points=[0.0])
    decides(book, ("ann", Choice(attempt=1)))
    assert points(book, course) == {"ann": 2, "bob": 0}


def test_nothing_is_published_that_changed_since_a_person_looked(
    book: Gradebook, course: Course
) -> None:
    grade(book, handed_in("ann"), points=[2.0])
    with book.read() as connection:
        shown = publishing.preview(Ledger(connection, course), "small")
    decides(book, ("ann", Override(points=1.5)))
    with (
        pytest.raises(UsageError, match="changed while you were looking"),
        book.write() as connection,
    ):
        publishing.publish(connection, course, "small", shown, "")
    with book.read() as connection:
        assert not Ledger(connection, course).published("small")


def test_late_days_are_spent_in_the_order_of_due_dates(book: Gradebook, two: Course) -> None:
    grade(book, handed_in("ann", submitted="2030-05-03T12:00:00+02:00"), points=[2.0] * 5)
    late = handed_in("ann", submitted="2030-06-03T12:00:00+02:00")
    grade(book, late, points=[2.0] * 5, assignment="second")
    assert points(book, two) == {"ann": 10}
    assert points(book, two, "second") == {"ann": 8}
    decides(book, ("ann", Extension(due=datetime.fromisoformat("2030-05-03T18:00:00+02:00"))))
    assert points(book, two, "second") == {"ann": 10}


def test_the_total_leaves_out_what_is_not_graded_and_what_is_dropped(
    book: Gradebook, two: Course
) -> None:
    grade(book, handed_in("ann"), points=[2.0, 0.0])
    grade(book, handed_in("ann"), points=[2.0, 1.0], assignment="second")
    with book.read() as connection:
        ledger = Ledger(connection, two)
        grades = {name: ledger.grade("ann", name) for name in two.names}
        assert float(ledger.total({"small": grades["small"]}).share) == 0.5
        total = ledger.total(grades)
    assert (float(total.share), total.dropped) == (0.75, ("small",))


def test_students_are_told_what_was_published_until_it_is_published_again(
    book: Gradebook, course: Course
) -> None:
    grade(book, handed_in("ann"), handed_in("bob"))
    grade(book, handed_in("eve"), points=[None])
    shown = published(book, course)
    assert [move.student for move in shown.moves] == ["ann", "bob"]
    assert shown.withheld == ["eve"]
    # A suite that was put right.
    grade(book, handed_in("ann"), handed_in("bob"), points=[2.0, 0.0], suite="new")
    with book.read() as connection:
        ledger = Ledger(connection, course)
        again = publishing.preview(ledger, "small")
        assert {each.points for each in ledger.published("small").values()} == {1}
        told = list(publishing.standing_reports(connection, course, "small"))
        draft = list(publishing.standing_reports(connection, course, "small", draft=True))
    assert [(move.student, move.difference) for move in again.moves] == [("ann", 1), ("bob", 1)]
    assert again.moves[0].why == (
        "hidden tests: 2 of 4",
        "grade: 2 of 4",
        "test_total.py::test_0: passed, 1 of 2 → passed, 2 of 2",
    )
    assert [(made.student, made.attempt, made.score) for made in told] == [
        ("ann", 1, 1),
        ("bob", 1, 1),
    ]
    assert [made.score for made in draft] == [2, 2, 0]
    published(book, course)
    with book.read() as connection:
        last = publishing.preview(Ledger(connection, course), "small")
    assert (last.moves, last.unchanged) == ([], 2)


def test_points_given_to_a_function_by_hand_count_for_that_attempt_alone(
    book: Gradebook, course: Course
) -> None:
    grade(book, handed_in("ann"), points=[1.0, 0.0])
    decides(book, ("ann", Manual(attempt=1, item="total", points=3.5)))
    assert points(book, course) == {"ann": 3.5}
    grade(book, handed_in("ann", "x = 2\n"), points=[2.0, 0.0])
    assert points(book, course) == {"ann": 2}


def test_points_given_by_hand_are_told_when_they_are_published(
    book: Gradebook, course: Course
) -> None:
    grade(book, handed_in("ann"), points=[1.0, 0.0])
    published(book, course)
    decides(book, ("ann", Manual(attempt=1, item="total", points=3.5)))
    with book.read() as connection:
        assert Ledger(connection, course).published("small")["ann"].manual == {}
    published(book, course)
    with book.read() as connection:
        assert Ledger(connection, course).published("small")["ann"].manual == {"total": 3.5}


def test_a_waiver_is_seen_before_it_is_made(book: Gradebook, course: Course) -> None:
    grade(book, handed_in("ann"), points=[2.0, 0.0])
    grade(book, handed_in("bob"), points=[0.0, 0.0])
    with book.read() as connection:
        before = Ledger(connection, course)
        name = resolve(before.tests("small"), "test_0")
        body = Waiver(test=name, gives="points")
        after = Ledger(connection, course, supposed(body, "small", "wrong"))
        found = publishing.effects(before, after, "small")
    assert name == "test_total.py::test_0"
    assert [(each.student, each.before.points, each.after.points) for each in found] == [
        ("bob", 0, 2)
    ]
    assert points(book, course) == {"ann": 2, "bob": 0}
    decides(book, ("", body))
    assert points(book, course) == {"ann": 2, "bob": 2}
    decides(book, ("", Waiver(test=name, gives="as graded")))
    assert points(book, course) == {"ann": 2, "bob": 0}


def test_a_test_leaves_the_maximum_of_those_too_who_handed_nothing_in(
    book: Gradebook, course: Course
) -> None:
    grade(book, handed_in("ann"), points=[1.0, 0.0])
    with book.write() as connection:
        import_students(connection, {"zoe": Student()}, "imported")
    decides(book, ("", Waiver(test="test_total.py::test_0", gives="nothing")))
    with book.read() as connection:
        ledger = Ledger(connection, course)
        assert ledger.grade("zoe", "small").max_points == ledger.facts("ann", "small").max_score
        assert (
            ledger.facts("zoe", "small").max_score
            == sum(function.points for function in course.assignment("small").manifest.functions)
            - 2
        )


def test_a_test_that_is_none_is_told_with_those_like_it() -> None:
    tests = {"a.py::test_x": 1.0, "b.py::test_x": 1.0, "b.py::test_long": 1.0}
    assert resolve(tests, "b.py::test_x") == "b.py::test_x"
    with pytest.raises(UsageError, match=r"a\.py::test_x, b\.py::test_x"):
        resolve(tests, "test_x")
    with pytest.raises(UsageError, match=r"there are: b\.py::test_long"):
        resolve(tests, "long")


def test_an_erased_student_leaves_a_valid_log_and_no_trace(book: Gradebook, course: Course) -> None:
    everyone = [handed_in(name, f"# {name}\n") for name in ("ann", "bob")]
    grade(book, *everyone)
    decides(book, ("ann", Comment(text="well done, Ann")), ("bob", Comment(text="well done, Bob")))
    decides(book, ("red", Team(members=("ann", "bob"))), assignment="")
    published(book, course)
    counts = erase(book, "ann", "asked for it")
    assert counts == {"attempts": 1, "decisions": 3, "reports": 1}
    assert maintenance.check(book) == []
    with book.read() as connection:
        assert points(book, course) == {"bob": 1}
        (team,) = history(connection, [Team])[-1:]
        assert team.body.members == ("bob",)
        kept = connection.exec_driver_sql(
            "SELECT count(*) FROM objects WHERE kind = 'submission'"
        ).scalar()
    assert kept == 1
    if book.file is not None:
        for file in book.file.parent.glob("gradebook.db*"):
            assert b"well done, Ann" not in file.read_bytes()
    with pytest.raises(UsageError, match="no student 'ann'"):
        erase(book, "ann", "again")
    # What nobody erased is still missed.
    with book.write() as connection:
        connection.exec_driver_sql("DELETE FROM reports")
    assert maintenance.check(book) == ["reports 2 was removed"]


def test_an_erased_team_keeps_nobody_from_reading_what_was_published(
    book: Gradebook, course: Course
) -> None:
    with book.write() as connection:
        import_teams(connection, {"red": Team(members=("ann",))}, "small", "imported")
    grade(book, handed_in("red"), handed_in("bob"))
    published(book, course)
    erase(book, "red", "asked")
    with book.read() as connection:
        told = publishing.standing_reports(connection, course, "small")
        assert [report.student for report in told] == ["bob"]
        assert publishing.preview(Ledger(connection, course), "small").unchanged == 1


def test_what_is_asked_for_and_not_there_is_told(book: Gradebook) -> None:
    with book.read() as connection, pytest.raises(UsageError, match="no report 7"):
        read_report(connection, 7)
    with book.write() as connection, pytest.raises(UsageError, match="null character"):
        decide(connection, [Decision(Comment(text="a"), "b\0", "small", "ann")])
    decides(book, ("ann", Comment(text="a")))
    with book.write() as connection:
        connection.exec_driver_sql("UPDATE decisions SET body = '{}'")
    with book.read() as connection, pytest.raises(StoreError, match="decision 1 cannot be read"):
        history(connection, [Comment])


def test_what_another_program_keeps_from_being_erased_is_told(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.gradebook.connection._PATIENCE", 0.1)
    book, reader = open_gradebook(course.gradebook), open_gradebook(course.gradebook)
    grade(book, handed_in("ann"))
    with reader.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM reports").scalar()
        with pytest.raises(StoreError, match="'ann' is erased, but lies on in the log"):
            erase(book, "ann", "asked for it")
    with pytest.raises(UsageError, match="knows no student"):
        erase(book, "ann", "asked for it")
    reader.close()
    book.close()


def test_what_is_gathered_of_a_student_names_no_team_mate_and_no_place_outside(
    book: Gradebook,
) -> None:
    hostile = {"../../x": b"a = 1\n", "é\n": b"b = 1\n", "e_": b"c = 1\n"}
    grade(book, Submission("ann", hostile), handed_in("bob"))
    decides(book, ("red", Team(members=("ann", "bob"))), assignment="")
    with book.read() as connection:
        found = gather(connection, "ann")
    assert "bob" not in str(found.record)
    assert [each["team"] for each in found.record["teams"]] == ["red"]
    assert sorted(found.files.values()) == sorted(hostile.values())
    assert all(re.fullmatch(r"files/small/1/\w[\w.-]*", path) for path in found.files)


def test_a_clock_that_was_set_back_changes_nothing(
    book: Gradebook, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = itertools.count(2030, -1)
    monkeypatch.setattr(audit, "now", lambda: f"{next(years)}-05-01T12:00:00+00:00")
    grade(book, handed_in("ann", "x = 1\n"), points=[2.0, 2.0])
    grade(book, handed_in("ann", "x = 2\n"), points=[0.0, 2.0])
    assert points(book, course) == {"ann": 2}
    decides(book, ("ann", Override(points=1.0)))
    decides(book, ("ann", Override(points=3.0)))
    assert points(book, course) == {"ann": 3}
    assert maintenance.check(book) == []
