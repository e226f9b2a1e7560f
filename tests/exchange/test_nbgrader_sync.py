"""What is written into nbgrader's gradebook: totals, parts, notebooks; and what keeps it from being written."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, update

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
)
from tests.called import caller
from tests.exchange.nbgrader_course import PLOT, RUBRIC, Both, enter, entry, rows, totals
from tests.exchange.samples import graded, reports_file
from tests.gradebook import server


def test_each_function_is_a_cell_and_each_item_of_a_rubric_waits_for_a_person(synced: Both) -> None:
    synced.sync()
    assert entry(synced, "ann", "total") == (0.25, None, None, 0)
    assert entry(synced, "ann", "scaled") == (4.0, None, None, 0)
    assert entry(synced, "ann", PLOT) == (None, None, None, 1)
    assert rows(synced, "SELECT sum(max_score) FROM grade_cells") == [(15.0,)]


def test_the_total_of_each_student_is_what_was_published(synced: Both) -> None:
    synced.sync()
    assert totals(synced) == {"ann": 4.25, "bob": 0.5, "eve": 1.0}


def test_everybody_on_the_roster_is_a_student_there(synced: Both) -> None:
    synced.sync()
    found = dict(rows(synced, "SELECT id, last_name || '/' || first_name FROM student"))
    assert (found["ann"], found["mia"]) == ("Doe, Jr./Ann", "Mia/Mia")


def test_what_nbgrader_knows_of_a_student_is_only_completed(synced: Both) -> None:
    synced.sync()
    target = open_place(synced.place)
    with target.write() as connection:
        changed = update(tables.student).where(tables.student.c.id == "ann")
        connection.execute(changed.values(last_name="Smith", email=None))
    target.close()
    synced.sync()
    query = "SELECT last_name, first_name, email FROM student WHERE id = 'ann'"
    assert rows(synced, query) == [("Smith", "Ann", "ann@x")]


def test_a_second_sync_writes_nothing(synced: Both) -> None:
    synced.sync()
    assert synced.place.file is not None
    before = synced.place.file.read_bytes()
    times = {file: file.stat().st_mtime_ns for file in synced.place.root.rglob("*.ipynb")}
    made, brought = synced.sync()
    assert (made.changes, made.unchanged, made.notebooks, brought) == ([], 3, 0, [])
    assert synced.place.file.read_bytes() == before
    assert times == {file: file.stat().st_mtime_ns for file in synced.place.root.rglob("*.ipynb")}


def test_only_what_differs_is_written(synced: Both) -> None:
    synced.sync()
    synced.decide(("bob", Override(points=2.0)))
    synced.publish()
    made, _ = synced.sync()
    assert [
        (each.student, each.before, each.after) for each in made.changes if each.after == "2"
    ] == [("bob", "0.5", "2")]


def test_a_class_is_written_in_statements_that_do_not_grow_with_it(
    synced: Both, tmp_path: Path
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
            grades = from_files(synced.course, [file], points=Points.SO_FAR)
            statements.clear()
            write_grades(grades, Wanted(synced.place, name=f"class-of-{size}"))
            counts.append(len(statements))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    # The second time the tables are there.
    assert counts[1] <= counts[0]


def test_trying_it_out_writes_nothing(synced: Both) -> None:
    before = sorted(synced.place.root.rglob("*"))
    made, _ = synced.sync(pretend=True)
    assert [each.student for each in made.changes] == ["ann", "bob", "eve"]
    assert sorted(synced.place.root.rglob("*")) == before
    synced.sync()
    enter(synced, "ann", PLOT, manual_score=3.0)
    assert synced.place.file is not None
    kept = synced.place.file.read_bytes()
    _, brought = synced.sync(pretend=True)
    assert brought == ["ann: attempt=1 item='E1: plot' points=3.0"]
    assert synced.place.file.read_bytes() == kept
    assert synced.grade_of("ann") == 4.25


def test_where_a_notebook_cannot_be_written_the_gradebook_stays_as_it_was(
    synced: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr("grader.exchange.nbgrader.reports.write_private", full)
    with pytest.raises(StoreError, match="full"):
        synced.sync()
    assert rows(synced, "SELECT count(*) FROM sqlite_master") == [(0,)]


def test_what_being_late_costs_is_nbgraders_penalty(synced: Both) -> None:
    toml = synced.course.root / "course.toml"
    due = '[late]\nrule = "per_day"\n\n[[assignments]]\ndue = 2030-04-30T12:00:00+00:00'
    toml.write_text(toml.read_text().replace("[[assignments]]", due))
    late = Both(type(synced.course).find(synced.course.root), synced.book, synced.place)
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
    synced: Both, whose: str, body: Any, total: float
) -> None:
    synced.decide((whose, body))
    synced.publish()
    synced.sync()
    assert totals(synced)[whose or "ann"] == total


def test_a_draft_is_what_would_be_published(synced: Both) -> None:
    synced.decide(("ann", Override(points=9.5)))
    synced.sync()
    assert totals(synced)["ann"] == 4.25
    synced.sync(draft=True)
    assert totals(synced)["ann"] == 9.5


def test_points_and_comments_that_were_given_here_are_shown_there(synced: Both) -> None:
    synced.decide(
        ("ann", Manual(attempt=1, item="E1: plot", points=4.0)),
        ("ann", Comment(text="steep", item="E1: plot")),
        ("ann", Comment(text="fine")),
    )
    synced.publish()
    synced.sync()
    assert entry(synced, "ann", PLOT) == (4.0, None, None, 0)
    said = rows(synced, "SELECT auto_comment FROM comment WHERE auto_comment IS NOT NULL")
    assert sorted(said) == [("fine",), ("steep",)]


def test_a_student_whose_name_is_no_folder_is_left_out_and_told(synced: Both) -> None:
    synced.grade(graded("../../x", 1.0), graded("a*", 1.0), graded(".x", 1.0))
    synced.publish()
    made, _ = synced.sync()
    assert "3 left out, whose names cannot be folders: ../../x, .x, a*" in made.notes
    assert not (synced.place.root.parent / "x").exists()
    assert "../../x" not in totals(synced)


def test_the_name_of_an_assignment_of_nbgraders_own_is_refused(synced: Both) -> None:
    synced.sync()
    target = open_place(synced.place)
    with target.write() as connection:
        connection.execute(update(tables.notebook).values(kernelspec="{}"))
    target.close()
    with pytest.raises(UsageError, match="would delete or zero our grades"):
        synced.sync()
    (synced.place.source_of("other")).mkdir()
    (synced.place.source_of("other") / "x.ipynb").write_text("{}")
    for name in ("other", "small"):
        with pytest.raises(UsageError, match="choose another name with --name"):
            synced.sync(name=name)


def test_a_name_that_nbgrader_cannot_have_is_refused(synced: Both) -> None:
    for name in ("../x", "a+b", " x", "a/b", "x*"):
        with pytest.raises(UsageError, match="cannot be the name"):
            synced.sync(name=name)


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("167914646830", "nbgrader db upgrade"),
        ("0123456789ab", "does not know"),
        ("1", "the grader's own gradebook"),
    ],
)
def test_a_gradebook_of_another_schema_is_refused_in_a_sentence(
    synced: Both, version: str, said: str
) -> None:
    synced.sync()
    assert synced.place.file is not None
    with closing(sqlite3.connect(synced.place.file)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", [version])
    with pytest.raises(StoreError, match=said):
        synced.sync()


def test_a_gradebook_that_nbgrader_made_without_alembic_is_completed(synced: Both) -> None:
    synced.sync()
    assert synced.place.file is not None
    with closing(sqlite3.connect(synced.place.file)) as raw, raw:
        raw.execute("DROP TABLE alembic_version")
    synced.sync()
    assert rows(synced, "SELECT version_num FROM alembic_version") == [(tables.SCHEMA,)]
    with closing(sqlite3.connect(synced.place.file)) as raw, raw:
        raw.execute("DROP TABLE alembic_version")
        raw.execute("ALTER TABLE grade DROP COLUMN extra_credit")
    with pytest.raises(StoreError, match="cut short"):
        synced.sync()


def test_a_database_of_something_else_is_refused_in_a_sentence(synced: Both) -> None:
    assert synced.place.file is not None
    with closing(sqlite3.connect(synced.place.file)) as raw, raw:
        raw.execute("CREATE TABLE t (x)")
    with pytest.raises(StoreError, match="no gradebook of nbgrader"):
        synced.sync()
    synced.place.file.write_bytes(b"no database" * 200)
    with pytest.raises(StoreError):
        synced.sync()


def without_scaled(synced: Both) -> None:
    for folder in ("source", "assignments"):
        file = synced.course.root / folder / "small" / "assignment.toml"
        before, rest = file.read_text().split('[[functions]]\nname = "scaled"')
        file.write_text(before + rest[rest.index("[limits]") :])


def test_a_function_that_is_gone_is_gone_there(synced: Both) -> None:
    synced.sync()
    without_scaled(synced)
    synced.sync()
    assert "scaled" not in {name for (name,) in rows(synced, "SELECT name FROM base_cell")}
    assert totals(synced)["ann"] == 4.25


def test_a_function_that_is_gone_and_was_graded_by_people_stays(synced: Both) -> None:
    synced.sync()
    enter(synced, "ann", "scaled", manual_score=2.0)
    without_scaled(synced)
    with pytest.raises(UsageError, match="no scaled any more, and somebody graded it"):
        synced.sync()


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
    synced: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(synced.course.root)
    monkeypatch.setenv("COLUMNS", "120")
    call = caller(monkeypatch, capsys)

    def run(*words: str) -> str:
        code, out, err = call("sync", "nbgrader", *words)
        return f"{code}\n{out}{err}"

    said = run()
    assert "small is small-graded in nbgrader" in said
    assert "3 changes" in said
    assert "6 notebooks written" in said
    enter(synced, "ann", PLOT, manual_score=3.0)
    assert "taken over from formgrader: 1; students are told by: grader publish small" in run()
    assert run("--dry-run").endswith("0 notebooks written\nnothing is written\n")
    assert run("--draft", "--from", "x.json").startswith("2\n")
    reports = reports_file(synced.course.root, graded("new", 5.0, manual=RUBRIC))
    assert "1 change\n" in run("--from", str(reports))
    assert totals(synced)["new"] == 5.0


@pytest.mark.needs("postgresql")
@pytest.mark.slow
def test_nbgraders_gradebook_may_be_in_postgresql(synced: Both) -> None:
    with server.running() as url:
        place = replace(synced.place, url=url.replace("postgresql:", "postgresql+psycopg:"))
        there = replace(synced, place=place)
        first, second = there.sync()[0], there.sync()[0]
        enter(there, "ann", PLOT, manual_score=3.0)
        assert there.sync()[1] == ["ann: attempt=1 item='E1: plot' points=3.0"]
    assert [each.after for each in first.changes] == ["4.25", "0.5", "1"]
    assert (second.changes, second.unchanged) == ([], 3)
