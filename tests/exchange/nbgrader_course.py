"""A graded course for nbgrader: functions and an experiment, a comma in a name, a hostile submission."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from grader.course import Course
from grader.exchange.nbgrader import tables
from grader.exchange.nbgrader.place import Place, find_place, open_place
from grader.exchange.nbgrader.sync import Synced, Wanted, from_formgrader, to_nbgrader
from grader.gradebook import publishing
from grader.gradebook.connection import Gradebook
from grader.gradebook.decisions import Body, Decision, Student, decide
from grader.gradebook.keeping import Keeping
from grader.gradebook.ledger import Ledger
from grader.gradebook.roster import import_students
from grader.gradebook.schema import open_gradebook
from grader.models import GradeReport, ManualItem, Submission
from tests.exchange.samples import graded
from tests.feedback.samples import HOSTILE, hostile_report
from tests.gradebook.samples import BUNDLE, context, seed_of
from tests.gradebook.samples import graded as announced
from tests.small_course import REFERENCE, write_course

ROOT = Path(__file__).parents[2]
NAME = "small-graded"
#: The cells that nbgrader has of the small course, by what is in them.
PLOT, WHY, CODE = "E1-plot", "E1-why-how", "your-code"
EXPERIMENT = """
[[experiments]]
id = "E1"
title = "Slopes"
points = 10
rubric = [
    { item = "plot", points = 4, criteria = "axes are labelled" },
    { item = "why & how", points = 6, criteria = "explains" },
]
"""
RUBRIC = (
    ManualItem(item="E1: plot", max_points=4),
    ManualItem(item="E1: why & how", max_points=6),
)
PEOPLE = {
    "ann": Student(name="Doe, Jr., Ann", email="ann@x"),
    "bob": Student(name="Roe, Bob", email="bob@x"),
    "eve": Student(name=f"Low, {HOSTILE[:60]}"),
    "mia": Student(name="Mia, Mia"),
}


def notebook(text: str) -> bytes:
    """A notebook with one cell of the experiment."""
    cell = {
        "cell_type": "markdown",
        "metadata": {"nbgrader": {"grade_id": "E1-answer"}},
        "source": text,
    }
    return json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5}).encode()


@dataclass(frozen=True)
class Both:
    """A course of ours, whose folder is nbgrader's course, too."""

    course: Course
    book: Gradebook
    place: Place

    def grade(self, *made: GradeReport, code: str = REFERENCE) -> None:
        """Pretend to grade: keep these reports, each of a submission of its own."""
        given = {each.student: each for each in made}
        submissions = [
            Submission(
                student,
                {"small": f"{code}# {student}\n".encode()},
                submitted="2030-05-01T10:00:00+00:00",
                source="timestamp.txt",
                notebook=notebook(HOSTILE if student == "eve" else "It is *steep*."),
            )
            for student in given
        ]
        with Keeping(self.book, context(), BUNDLE, seed_of, lambda _graded: None) as keeping:
            for each in keeping.unfinished(submissions):
                text = json.dumps(given[each.student].model_dump()).replace("\\ud83d", "")
                keeping.keep(announced(GradeReport.model_validate_json(text)))

    def publish(self) -> None:
        """Tell the students what they have."""
        with self.book.write() as connection:
            shown = publishing.preview(Ledger(connection, self.course), "small")
            publishing.publish(connection, self.course, "small", shown, "for a test")

    def decide(self, *made: tuple[str, Body]) -> None:
        """Decide about students' grades."""
        with self.book.write() as connection:
            decide(connection, [Decision(body, "why", "small", whose) for whose, body in made])

    def grade_of(self, student: str) -> float:
        """What a student has now, published or not."""
        with self.book.read() as connection:
            return Ledger(connection, self.course).grade(student, "small").points

    def sync(self, **how: Any) -> tuple[Synced, list[str]]:
        """Bring both in step; what was written, and what came back or did not."""
        wanted = Wanted(self.place, **how)
        brought = from_formgrader(self.course, self.book, "small", wanted)
        made = to_nbgrader(self.course, self.book, "small", wanted)
        return made, [f"{each.student}: {each.body}" for each in brought.made] + brought.notes


def opened(root: Path) -> Both:
    """The course in a folder."""
    course = Course.find(root)
    return Both(course, open_gradebook(course.gradebook), find_place(root))


def write_both(root: Path) -> None:
    """Write a course with four students, of whom three handed in, published."""
    write_course(root)
    for folder in ("source", "assignments"):
        file = root / folder / "small" / "assignment.toml"
        file.write_text(file.read_text() + EXPERIMENT)
    file = root / "course.toml"
    own = 'gradebook = "sqlite:///ours.db"\n\n[['
    file.write_text(file.read_text().replace("\n[[", own, 1))
    made = opened(root)
    with made.book.write() as connection:
        import_students(connection, PEOPLE, "for a test")
    hostile = hostile_report()
    outcomes = tuple(each.model_copy(update={"function": "total"}) for each in hostile.outcomes)
    hostile = hostile.model_copy(
        update={
            "student": "eve",
            "manual": RUBRIC,
            "submitted": None,
            "attempt": None,
            "outcomes": outcomes,
        }
    )
    made.grade(
        graded("ann", 4.25, manual=RUBRIC, provisional=True),
        graded("bob", 0.5, manual=RUBRIC, provisional=True),
        hostile,
    )
    made.publish()
    made.book.close()


def rows(course: Both, query: str) -> list[Any]:
    """What nbgrader's gradebook answers."""
    assert course.place.file is not None
    with closing(sqlite3.connect(course.place.file)) as raw, raw:
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
    """What nbgrader has of a cell: automatic and manual score, extra credit, whether a person must look."""
    (found,) = rows(
        course,
        "SELECT g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade FROM grade g"
        " JOIN submitted_notebook n ON n.id = g.notebook_id JOIN base_cell c ON c.id = g.cell_id"
        f" JOIN submitted_assignment s ON s.id = n.assignment_id WHERE s.student_id = '{student}'"
        f" AND c.name = '{cell}' AND c.type = 'GradeCell'",
    )
    return tuple(found)


def environment(home: Path) -> dict[str, str]:
    """What nbgrader needs of the environment, and nothing of the person who runs the tests."""
    home.mkdir(exist_ok=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {
        "HOME": str(home),
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "JUPYTER_PLATFORM_DIRS": "1",
    }


def nbgrader(root: Path, *steps: str | list[str]) -> list[Any]:
    """What came of each of these steps, in one process: to import nbgrader takes longer than most of them."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.exchange.nbgrader_steps"],
        cwd=root,
        env=environment(root.parent / "home"),
        input=json.dumps([step.split() if isinstance(step, str) else step for step in steps]),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found
