"""Without a file of reports, what students were told is exported, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from grader.course import Course
from grader.errors import UsageError
from grader.exchange.published import differing, from_gradebook
from grader.gradebook import publishing
from grader.gradebook.connection import Gradebook
from grader.gradebook.decisions import Student
from grader.gradebook.ledger import Ledger
from grader.gradebook.roster import import_students
from grader.gradebook.schema import open_gradebook
from tests.exchange.samples import made, told
from tests.gradebook.samples import grade, handed_in
from tests.small_course import write_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    write_course(tmp_path)
    return Course.find(tmp_path)


@pytest.fixture
def book(course: Course) -> Iterator[Gradebook]:
    opened = open_gradebook(course.gradebook)
    grade(opened, handed_in("ann"))
    with opened.write() as connection:
        people = {"ann": Student(name="Doe, Ann", ids={"SIS User ID": "s01"}), "mia": Student()}
        import_students(connection, people, "for a test")
    yield opened
    opened.close()


def publish(book: Gradebook, course: Course) -> None:
    with book.write() as connection:
        shown = publishing.preview(Ledger(connection, course), "small")
        publishing.publish(connection, course, "small", shown, "for a test")


def test_what_is_published_is_exported_with_the_roster(book: Gradebook, course: Course) -> None:
    publish(book, course)
    with book.read() as connection:
        grades = from_gradebook(connection, course, ())
    assert ("ann", "", "1.00") in told(made("canvas", grades))
    assert grades.person("ann").ids == {"SIS User ID": "s01"}


def test_a_grade_that_nobody_was_told_does_not_leave(book: Gradebook, course: Course) -> None:
    with book.read() as connection, pytest.raises(UsageError, match="grader publish"):
        from_gradebook(connection, course, ["small"])


def test_scores_that_are_not_what_was_published_are_named(book: Gradebook, course: Course) -> None:
    publish(book, course)
    with book.read() as connection:
        grades = from_gradebook(connection, course, ())
        assert differing(connection, course, grades) == []
        (sheet,) = grades.sheets
        results = {"ann": replace(sheet.results["ann"], score=Decimal("0.75"))}
        other = replace(grades, sheets=(replace(sheet, results=results),))
        assert differing(connection, course, other) == ["ann"]
