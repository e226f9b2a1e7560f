"""What is written into nbgrader's gradebook, and what comes back from it."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

from grader.cli import main
from grader.errors import StoreError, UsageError
from grader.exchange.grades import Points, from_files
from grader.exchange.nbgrader import tables
from grader.exchange.nbgrader.place import find_place, open_place
from grader.exchange.nbgrader.sync import Wanted, write_grades
from grader.gradebook.decisions import (
    Comment,
    Manual,
    Override,
    Waiver,
    history,
)
from tests.exchange.nbgrader_course import RUBRIC, Both, opened, write_both
from tests.exchange.samples import graded, reports_file

#: The cells that nbgrader has of the small course, by what is in them.
PLOT, WHY, CODE = "E1-plot", "E1-why-how", "your-code"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("written") / "course"
    write_both(root)
    return root


@pytest.fixture
def course(written: Path, tmp_path: Path) -> Iterator[Both]:
    made = opened(shutil.copytree(written, tmp_path / "course"))
    yield made
    made.book.close()


def rows(course: Both, query: str) -> list[Any]:
    """What nbgrader's gradebook answers."""
    assert course.place.file is not None
    with sqlite3.connect(course.place.file) as raw:
        return raw.execute(query).fetchall()


def totals(course: Both) -> dict[str, float]:
    """What nbgrader counts for each student, what being late costs taken off."""
    found = rows(
        course,
        "SELECT s.student_id, sum(coalesce(g.manual_score, g.auto_score, 0) + coalesce(g.extra_credit, 0))"
        " FROM grade g JOIN submitted_notebook n ON n.id = g.notebook_id"
        " JOIN submitted_assignment s ON s.id = n.assignment_id GROUP BY 1",
    )
    late = dict(
        rows(
            course,
            "SELECT s.student_id, sum(coalesce(n.late_submission_penalty, 0)) FROM submitted_notebook n"
            " JOIN submitted_assignment s ON s.id = n.assignment_id GROUP BY 1",
        )
    )
    return {student: points - late[student] for student, points in found}


def enter(course: Both, student: str, cell: str, **values: Any) -> None:
    """Enter something for a cell, as formgrader does."""
    of_comment = "manual_comment" in values
    table = tables.comment if of_comment else tables.grade
    kind = "SolutionCell" if of_comment else "GradeCell"
    submitted, inside, base = (
        tables.submitted_assignment,
        tables.submitted_notebook,
        tables.base_cell,
    )
    mine = (
        select(inside.c.id)
        .join(submitted, submitted.c.id == inside.c.assignment_id)
        .where(submitted.c.student_id == student)
    )
    cells = select(base.c.id).where(base.c.name == cell, base.c.type == kind)
    more = {} if of_comment else {"needs_manual_grade": False}
    target = open_place(course.place)
    with target.write() as connection:
        done = connection.execute(
            update(table)
            .where(table.c.notebook_id.in_(mine), table.c.cell_id.in_(cells))
            .values(**values, **more)
        )
        assert done.rowcount == 1
    target.close()


def entry(course: Both, student: str, cell: str) -> tuple[Any, ...]:
    (found,) = rows(
        course,
        "SELECT g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade FROM grade g"
        " JOIN submitted_notebook n ON n.id = g.notebook_id JOIN base_cell c ON c.id = g.cell_id"
        f" JOIN submitted_assignment s ON s.id = n.assignment_id WHERE s.student_id = '{student}'"
        f" AND c.name = '{cell}' AND c.type = 'GradeCell'",
    )
    return tuple(found)


def test_each_function_is_a_cell_and_each_item_of_a_rubric_waits_for_a_person(course: Both) -> None:
    course.sync()
    assert entry(course, "ann", "total") == (0.25, None, None, 0)
    assert entry(course, "ann", "scaled") == (4.0, None, None, 0)
    assert entry(course, "ann", PLOT) == (None, None, None, 1)
    assert rows(course, "SELECT sum(max_score) FROM grade_cells") == [(15.0,)]


def test_the_total_of_each_student_is_what_was_published(course: Both) -> None:
    course.sync()
    assert totals(course) == {"ann": 4.25, "bob": 0.5, "eve": 1.0}


def test_everybody_on_the_roster_is_a_student_there(course: Both) -> None:
    course.sync()
    found = dict(rows(course, "SELECT id, last_name || '/' || first_name FROM student"))
    assert (found["ann"], found["mia"]) == ("Doe, Jr./Ann", "Mia/Mia")


def test_what_nbgrader_knows_of_a_student_is_only_completed(course: Both) -> None:
    course.sync()
    target = open_place(course.place)
    with target.write() as connection:
        changed = update(tables.student).where(tables.student.c.id == "ann")
        connection.execute(changed.values(last_name="Smith", email=None))
    target.close()
    course.sync()
    query = "SELECT last_name, first_name, email FROM student WHERE id = 'ann'"
    assert rows(course, query) == [("Smith", "Ann", "ann@x")]


def test_a_second_sync_writes_nothing(course: Both) -> None:
    course.sync()
    assert course.place.file is not None
    before = course.place.file.read_bytes()
    times = {file: file.stat().st_mtime_ns for file in course.place.root.rglob("*.ipynb")}
    made, brought = course.sync()
    assert (made.changes, made.unchanged, made.notebooks, brought) == ([], 3, 0, [])
    assert course.place.file.read_bytes() == before
    assert times == {file: file.stat().st_mtime_ns for file in course.place.root.rglob("*.ipynb")}


def test_only_what_differs_is_written(course: Both) -> None:
    course.sync()
    course.decide(("bob", Override(points=2.0)))
    course.publish()
    made, _ = course.sync()
    assert [
        (each.student, each.before, each.after) for each in made.changes if each.after == "2"
    ] == [("bob", "0.5", "2")]


def test_a_class_is_written_in_statements_that_do_not_grow_with_it(
    course: Both, tmp_path: Path
) -> None:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    counts = []
    event.listen(Engine, "before_cursor_execute", note)
    try:
        for size in (2, 60):
            reports = [graded(f"s{number}", 4.25, manual=RUBRIC) for number in range(size)]
            file = reports_file(tmp_path, *reports)
            grades = from_files(course.course, [file], points=Points.SO_FAR)
            statements.clear()
            write_grades(grades, Wanted(course.place, name=f"class-of-{size}"))
            counts.append(len(statements))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    # The second time the tables are there.
    assert counts[1] <= counts[0]


def test_trying_it_out_writes_nothing(course: Both) -> None:
    before = sorted(course.place.root.rglob("*"))
    made, _ = course.sync(pretend=True)
    assert [each.student for each in made.changes] == ["ann", "bob", "eve"]
    assert sorted(course.place.root.rglob("*")) == before
    course.sync()
    enter(course, "ann", PLOT, manual_score=3.0)
    assert course.place.file is not None
    kept = course.place.file.read_bytes()
    _, brought = course.sync(pretend=True)
    assert brought == ["ann: attempt=1 item='E1: plot' points=3.0"]
    assert course.place.file.read_bytes() == kept
    assert course.grade_of("ann") == 4.25


def test_where_a_notebook_cannot_be_written_the_gradebook_stays_as_it_was(
    course: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr("grader.exchange.nbgrader.reports.write_private", full)
    with pytest.raises(StoreError, match="full"):
        course.sync()
    assert rows(course, "SELECT count(*) FROM sqlite_master") == [(0,)]


def test_what_being_late_costs_is_nbgraders_penalty(course: Both) -> None:
    toml = course.course.root / "course.toml"
    due = '[late]\nrule = "per_day"\n\n[[assignments]]\ndue = 2030-04-30T12:00:00+00:00'
    toml.write_text(toml.read_text().replace("[[assignments]]", due))
    late = Both(type(course.course).find(course.course.root), course.book, course.place)
    late.publish()
    late.sync()
    assert totals(late)["ann"] == pytest.approx(3.83)
    assert "after-grading" not in {name for (name,) in rows(late, "SELECT name FROM base_cell")}
    assert sum(entry(late, "ann", cell)[0] for cell in ("total", "scaled")) == 4.25
    assert rows(late, "SELECT duedate FROM assignment") == [("2030-04-30 12:00:00.000000",)]


@pytest.mark.parametrize(
    ("whose", "body", "total"),
    [
        ("ann", Override(points=9.5), 9.5),
        ("mia", Override(points=3.0), 3.0),
        ("", Waiver(test="test_total.py::test_number_1", gives="points"), 5.0),
    ],
)
def test_what_was_decided_after_grading_is_a_cell_of_its_own(
    course: Both, whose: str, body: Any, total: float
) -> None:
    course.decide((whose, body))
    course.publish()
    course.sync()
    assert totals(course)[whose or "ann"] == total


def test_a_draft_is_what_would_be_published(course: Both) -> None:
    course.decide(("ann", Override(points=9.5)))
    course.sync()
    assert totals(course)["ann"] == 4.25
    course.sync(draft=True)
    assert totals(course)["ann"] == 9.5


def test_points_given_in_formgrader_come_back_with_who_took_them_over(course: Both) -> None:
    course.sync()
    enter(course, "ann", PLOT, manual_score=3.0)
    enter(course, "ann", "total", manual_score=0.75, extra_credit=0.5)
    enter(course, "ann", CODE, manual_comment="well done")
    enter(course, "ann", WHY, manual_comment="why so?")
    course.sync()
    assert course.grade_of("ann") == 0.75 + 4 + 3 + 0.5
    with course.book.read() as connection:
        manual = {each.body.item: each for each in history(connection, [Manual])}
        comments = {each.body.item: each.body.text for each in history(connection, [Comment])}
    assert {item: each.body.points for item, each in manual.items()} == {
        "E1: plot": 3.0,
        "total": 0.75,
        "extra credit": 0.5,
    }
    assert comments == {"": "well done", "E1: why & how": "why so?"}
    assert manual["total"].why.startswith("given in formgrader, entry ")
    assert manual["total"].who


def test_what_came_back_counts_the_same_in_both_before_and_after_it_is_published(
    course: Both,
) -> None:
    course.sync()
    enter(course, "ann", PLOT, manual_score=3.0)
    enter(course, "ann", "total", manual_score=0.75, extra_credit=0.5)
    for publishes in (False, True, False):
        if publishes:
            course.publish()
        course.sync()
        assert totals(course)["ann"] == course.grade_of("ann") == 8.25
        assert entry(course, "ann", PLOT)[1:] == (3.0, None, 0)
    made, brought = course.sync()
    assert (made.changes, brought) == ([], [])


def test_what_is_taken_back_in_formgrader_is_taken_back_here(course: Both) -> None:
    course.sync()
    enter(course, "ann", "total", manual_score=0.75)
    course.sync()
    enter(course, "ann", "total", manual_score=None)
    course.sync()
    assert course.grade_of("ann") == 4.25


def test_a_new_gradebook_of_nbgraders_takes_nothing_back(course: Both) -> None:
    course.sync()
    enter(course, "ann", "total", manual_score=0.75)
    course.sync()
    course.publish()
    assert course.place.file is not None
    course.place.file.unlink()
    for _ in range(2):
        assert course.sync()[1] == []
    assert totals(course)["ann"] == course.grade_of("ann") == 4.75


def test_a_manual_score_is_never_written_to_and_is_looked_at_again_when_the_result_changes(
    course: Both,
) -> None:
    course.sync()
    enter(course, "ann", "scaled", manual_score=2.0)
    course.sync()
    course.grade(graded("ann", 5.0, manual=RUBRIC), code="# another attempt\n")
    course.publish()
    made, brought = course.sync()
    assert entry(course, "ann", "scaled") == (4.0, 2.0, None, 1)
    assert brought == []
    # Of the new attempt nobody said so, until somebody looks at it.
    assert course.grade_of("ann") == 5.0
    enter(course, "ann", "scaled", manual_score=2.0)
    course.sync()
    assert course.grade_of("ann") == 3.0
    assert made.unchanged == 2


@pytest.mark.parametrize(
    ("score", "reason"),
    [(4.5, "the most is 4"), (-1.0, "no number"), (float("inf"), "no number")],
)
def test_points_that_cannot_be_are_not_taken(course: Both, score: float, reason: str) -> None:
    course.sync()
    enter(course, "ann", PLOT, manual_score=score)
    _, (note,) = course.sync()
    assert note.startswith("ann, E1: plot: ")
    assert reason in note
    assert course.grade_of("ann") == 4.25


def test_points_that_were_changed_here_and_there_are_left_to_people(course: Both) -> None:
    course.sync()
    enter(course, "ann", PLOT, manual_score=3.0)
    course.sync()
    course.decide(("ann", Manual(attempt=1, item="E1: plot", points=4.0)))
    _, (note,) = course.sync()
    assert note == (
        "ann, E1: plot: 3 there and 4 here: formgrader shows its own until it is changed there"
    )
    enter(course, "ann", PLOT, manual_score=2.0)
    _, (note,) = course.sync()
    assert note == "ann, E1: plot: 2 there and 4 here: decide, and enter it in both"
    assert course.grade_of("ann") == 8.25


def test_points_and_remarks_that_were_given_here_are_shown_there(course: Both) -> None:
    course.decide(
        ("ann", Manual(attempt=1, item="E1: plot", points=4.0)),
        ("ann", Comment(text="steep", item="E1: plot")),
        ("ann", Comment(text="fine")),
    )
    course.publish()
    course.sync()
    assert entry(course, "ann", PLOT) == (4.0, None, None, 0)
    said = rows(course, "SELECT auto_comment FROM comment WHERE auto_comment IS NOT NULL")
    assert sorted(said) == [("fine",), ("steep",)]


def test_a_student_whose_name_is_no_folder_is_left_out_and_told(course: Both) -> None:
    course.grade(graded("../../x", 1.0), graded("a*", 1.0), graded(".x", 1.0))
    course.publish()
    made, _ = course.sync()
    assert "3 left out, whose names cannot be folders: ../../x, .x, a*" in made.notes
    assert not (course.place.root.parent / "x").exists()
    assert "../../x" not in totals(course)


def test_the_name_of_an_assignment_of_nbgraders_own_is_refused(course: Both) -> None:
    course.sync()
    target = open_place(course.place)
    with target.write() as connection:
        connection.execute(update(tables.notebook).values(kernelspec="{}"))
    target.close()
    with pytest.raises(UsageError, match="would delete or zero our grades"):
        course.sync()
    (course.place.source_of("other")).mkdir()
    (course.place.source_of("other") / "x.ipynb").write_text("{}")
    for name in ("other", "small"):
        with pytest.raises(UsageError, match="choose another name with --name"):
            course.sync(name=name)


def test_a_name_that_nbgrader_cannot_have_is_refused(course: Both) -> None:
    for name in ("../x", "a+b", " x", "a/b", "x*"):
        with pytest.raises(UsageError, match="cannot be the name"):
            course.sync(name=name)


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("167914646830", "nbgrader db upgrade"),
        ("0123456789ab", "does not know"),
        ("1", "the grader's own gradebook"),
    ],
)
def test_a_gradebook_of_another_schema_is_refused_in_a_sentence(
    course: Both, version: str, said: str
) -> None:
    course.sync()
    assert course.place.file is not None
    with sqlite3.connect(course.place.file) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", [version])
    with pytest.raises(StoreError, match=said):
        course.sync()


def test_a_gradebook_that_nbgrader_made_without_alembic_is_completed(course: Both) -> None:
    course.sync()
    assert course.place.file is not None
    with sqlite3.connect(course.place.file) as raw:
        raw.execute("DROP TABLE alembic_version")
    course.sync()
    assert rows(course, "SELECT version_num FROM alembic_version") == [(tables.SCHEMA,)]
    with sqlite3.connect(course.place.file) as raw:
        raw.execute("DROP TABLE alembic_version")
        raw.execute("ALTER TABLE grade DROP COLUMN extra_credit")
    with pytest.raises(StoreError, match="cut short"):
        course.sync()


def test_a_database_of_something_else_is_refused_in_a_sentence(course: Both) -> None:
    assert course.place.file is not None
    with sqlite3.connect(course.place.file) as raw:
        raw.execute("CREATE TABLE t (x)")
    with pytest.raises(StoreError, match="no gradebook of nbgrader"):
        course.sync()
    course.place.file.write_bytes(b"no database" * 200)
    with pytest.raises(StoreError):
        course.sync()


def without_scaled(course: Both) -> None:
    for folder in ("source", "assignments"):
        file = course.course.root / folder / "small" / "assignment.toml"
        before, rest = file.read_text().split('[[functions]]\nname = "scaled"')
        file.write_text(before + rest[rest.index("[limits]") :])


def test_a_function_that_is_gone_is_gone_there(course: Both) -> None:
    course.sync()
    without_scaled(course)
    course.sync()
    assert "scaled" not in {name for (name,) in rows(course, "SELECT name FROM base_cell")}
    assert totals(course)["ann"] == 4.25


def test_a_function_that_is_gone_and_was_graded_by_people_stays(course: Both) -> None:
    course.sync()
    enter(course, "ann", "scaled", manual_score=2.0)
    without_scaled(course)
    with pytest.raises(UsageError, match="no scaled any more, and somebody graded it"):
        course.sync()


def test_the_folders_of_a_course_are_found_as_nbgrader_is_configured(tmp_path: Path) -> None:
    pytest.importorskip("traitlets")
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.db_url = 'sqlite:///own.db'\n"
        "c.CourseDirectory.course_id = 'ml101'\nc.CourseDirectory.autograded_directory = 'auto'\n"
        "c.CourseDirectory.directory_structure = '{student_id}/{nbgrader_step}/{assignment_id}'\n"
    )
    place = find_place(tmp_path)
    assert place.file == tmp_path / "own.db"
    assert place.course_id == "ml101"
    assert place.autograded_of("a", "ann") == tmp_path / "ann" / "auto" / "a"
    (tmp_path / "nbgrader_config.py").write_text("1 / 0\n")
    with pytest.raises(UsageError, match="division by zero"):
        find_place(tmp_path)


def test_the_command_says_what_changes_and_what_came_back(
    course: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(course.course.root)
    monkeypatch.setenv("COLUMNS", "120")

    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["grader", "sync", "nbgrader", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return f"{ended.value.code}\n{said.out}{said.err}"

    said = run()
    assert "small is small-graded in nbgrader" in said
    assert "3 changes" in said
    assert "6 notebooks written" in said
    enter(course, "ann", PLOT, manual_score=3.0)
    assert "1 entries of formgrader are here; students are told by: grader publish small" in run()
    assert run("--dry-run").endswith("0 notebooks written\nnothing is written\n")
    assert run("--draft", "--from", "x.json").startswith("2\n")
    reports = reports_file(course.course.root, graded("new", 5.0, manual=RUBRIC))
    assert "1 changes" in run("--from", str(reports))
    assert totals(course)["new"] == 5.0
