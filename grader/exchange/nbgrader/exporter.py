"""Writes the grades that nbgrader has, its own and ours, in any format of ours: a plug-in for `nbgrader export`.

nbgrader export --exporter grader.exchange.nbgrader.exporter.Exporter --Exporter.format=canvas --to canvas.csv
"""

import sys
from collections.abc import Collection
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.plugins import ExportPlugin
from sqlalchemy import func
from traitlets import Integer, Unicode

from grader.errors import GraderError
from grader.exchange import registry
from grader.exchange.cells import exact
from grader.exchange.export import Request, export, write
from grader.exchange.grades import Grades, Person, Result, Sheet


class Exporter(ExportPlugin):  # type: ignore[misc]  # nbgrader has no types
    """Exports grades in the formats of `grader export`."""

    format = Unicode("nbgrader", help="The format, as for grader export --to.").tag(config=True)
    into = Unicode("", help="A file that the other system exported, to be edited.").tag(config=True)
    column = Unicode("", help="The column of the assignment in that file.").tag(config=True)
    places = Integer(2, help="Digits behind the point.").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write the file, or the folder, or say in a sentence why not."""
        into = Path(self.into) if self.into else None
        try:
            form = registry.find(self.format)
            grades = read_grades(gradebook, self.assignment, self.student)
            request = Request(datetime.now(UTC), into, self.column or None, self.places)
            made = export(form, grades, request)
            written = write(made, form, Path(self.to or form.file))
        except GraderError as error:
            sys.stderr.write(f"grader: {error}\n")
            sys.exit(error.exit_code)
        for note in made.notes:
            self.log.info("%s", note)
        self.log.info("Exported grades to %s", written[0] if written else self.to or form.file)


def read_grades(
    gradebook: Gradebook, assignments: Collection[Any] = (), students: Collection[Any] = ()
) -> Grades:
    """The grades in nbgrader's gradebook; of these assignments and students, or of all."""
    names, whom = set(map(str, assignments)), set(map(str, students))
    people = {
        each["id"]: Person(
            each["id"],
            ", ".join(filter(None, (each["last_name"], each["first_name"]))),
            each["email"] or "",
            ids={"ID": each["lms_user_id"]} if each["lms_user_id"] else {},
        )
        for each in gradebook.student_dicts()
        if not whom or each["id"] in whom
    }
    # In one query, where nbgrader would ask for each submission.
    penalty = func.coalesce(func.sum(SubmittedNotebook.late_submission_penalty), 0.0)
    penalties = dict(
        gradebook.db.query(SubmittedAssignment.id, penalty)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .group_by(SubmittedAssignment.id)
        .all()
    )
    sheets = [
        Sheet(
            assignment.name,
            assignment.name,
            exact(assignment.max_score),
            {
                each["student"]: _result(each, penalties)
                for each in gradebook.submission_dicts(assignment.name)
                if each["student"] in people
            },
            due="" if assignment.duedate is None else assignment.duedate.isoformat(),
        )
        for assignment in gradebook.assignments
        if not names or assignment.name in names
    ]
    return Grades(tuple(sheets), people)


def _result(submission: dict[str, Any], penalties: dict[str, float]) -> Result:
    raw = exact(float(submission["score"]))
    late = min(exact(float(penalties.get(submission["id"], 0.0))), max(raw, Decimal(0)))
    when = submission["timestamp"]
    return Result(
        submission["student"],
        raw - late,
        exact(float(submission["max_score"])),
        late=late,
        submitted="" if when is None else when.isoformat(),
    )
