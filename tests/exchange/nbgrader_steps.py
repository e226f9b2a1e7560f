"""Run by the tests as a program: commands of nbgrader, and all that its gradebook can be asked, one after another."""

import contextlib
import io
import json
import sys
from typing import Any

from nbgrader import api
from nbgrader.apps import NbGraderApp
from traitlets.config import SingletonConfigurable

from grader.exchange.nbgrader import tables

WRITES = ("add_", "check_", "close", "grant_", "remove_", "update_or_create_")
READS = {name for name in dir(api.Gradebook) if not name.startswith(("_", *WRITES))}


class Noting:
    """A gradebook, and what it was asked."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.asked.add(name)
        return getattr(self.book, name)


def forget(kind: Any) -> None:
    """Let each command find the process as the first one did."""
    kind._instance = None
    for each in kind.__subclasses__():
        forget(each)


def command(words: list[str]) -> tuple[int, str]:
    """The exit code of a command, and what it printed."""
    out = io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            NbGraderApp.launch_instance(words)
        except SystemExit as ended:
            code = int(ended.code or 0)
    forget(SingletonConfigurable)
    return code, out.getvalue()


def reads(name: str) -> dict[str, Any]:
    """What every reading method of the gradebook answers about an assignment."""
    with api.Gradebook("sqlite:///gradebook.db") as opened:
        book = Noting(opened)
        assignment = book.find_assignment(name)
        found = {
            "students": {each.id: each.to_dict() for each in book.students},
            "student_dicts": {each["id"]: each for each in book.student_dicts()},
            "find_student": {
                each.id: book.find_student(each.id).to_dict() for each in book.students
            },
            "assignments": [each.name for each in book.assignments],
            "assignment": assignment.to_dict(),
            "averages": averages(book, "assignment", name),
            "submissions": {
                each.student.id: each.to_dict() for each in book.assignment_submissions(name)
            },
            "submission_dicts": {each["student"]: each for each in book.submission_dicts(name)},
            "notebooks": {
                each.name: notebook(book, each.name, name) for each in assignment.notebooks
            },
            "of_student": {
                each: [one.to_dict() for one in book.student_submissions(each)]
                for each in ("ann", "mia")
            },
            "find_submission": book.find_submission(name, "ann").to_dict(),
        }
        found["never asked"] = sorted(READS - book.asked)
    return found


def averages(book: Noting, of: str, *names: str) -> dict[str, float]:
    """The mean scores of an assignment, or of a notebook."""
    kinds = ("score", "code_score", "written_score", "task_score")
    return {kind: getattr(book, f"average_{of}_{kind}")(*names) for kind in kinds}


def notebook(book: Noting, name: str, assignment: str) -> dict[str, Any]:
    """What is to be known of one notebook."""
    made = book.find_notebook(name, assignment)
    submitted = book.find_submission_notebook(name, assignment, "ann")
    grades = {
        cell.name: book.find_grade(cell.name, name, assignment, "ann") for cell in made.grade_cells
    }
    comments = {
        cell.name: book.find_comment(cell.name, name, assignment, "ann")
        for cell in made.solution_cells
    }
    return {
        "itself": made.to_dict(),
        "averages": averages(book, "notebook", name, assignment),
        "submissions": {
            each.student.id: each.to_dict() for each in book.notebook_submissions(name, assignment)
        },
        "dicts": {
            each["student"]: each for each in book.notebook_submission_dicts(name, assignment)
        },
        "submitted": book.find_submission_notebook_by_id(submitted.id).to_dict(),
        "cells": {
            cell.name: [
                book.find_grade_cell(cell.name, name, assignment).to_dict(),
                book.find_graded_cell(cell.name, name, assignment).to_dict(),
            ]
            for cell in made.grade_cells
        },
        "solutions": [
            book.find_solution_cell(cell.name, name, assignment).to_dict()
            for cell in made.solution_cells
        ],
        "others": [
            missing(book.find_task_cell, "x", name, assignment),
            missing(book.find_source_cell, "x", name, assignment),
        ],
        "grades": {
            cell: [grade.to_dict(), book.find_grade_by_id(grade.id).to_dict()]
            for cell, grade in grades.items()
        },
        "comments": {
            cell: [comment.to_dict(), book.find_comment_by_id(comment.id).to_dict()]
            for cell, comment in comments.items()
        },
    }


def missing(find: Any, *names: str) -> bool:
    """Whether there is no such thing."""
    try:
        find(*names)
    except api.MissingEntry:
        return True
    return False


def writes(name: str) -> bool:
    """Write as nbgrader does, and as formgrader does."""
    with api.Gradebook("sqlite:///gradebook.db") as book:
        book.update_or_create_student("new", last_name="New")
        book.update_or_create_submission(name, "new")
        book.find_grade("total", "small", name, "ann").manual_score = 0.75
        book.db.commit()
    return True


def schema(_: str) -> dict[str, list[list[str]]]:
    """The columns of nbgrader's tables and of ours, and the revision that alembic would make."""
    both = {"theirs": api.Base.metadata, "ours": tables.METADATA}
    found = {
        whose: [
            [
                f"{table}.{column.name} {column.type!r} {column.nullable} {column.primary_key}"
                f" {sorted(str(key.column) for key in column.foreign_keys)}"
                for column in sorted(made.columns, key=lambda column: column.name)
            ]
            for table, made in sorted(metadata.tables.items())
        ]
        for whose, metadata in both.items()
    }
    return {**found, "revision": [[api.get_alembic_version()]]}


OWN = {"reads": reads, "schema": schema, "writes": writes}

if __name__ == "__main__":
    steps = json.load(sys.stdin)
    results = [OWN[step[0]](step[1]) if step[0] in OWN else command(step) for step in steps]
    json.dump(results, sys.stdout, default=str)
