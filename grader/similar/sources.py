"""Where the submissions come from that are compared: a folder, or the attempts that count in the gradebook."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from grader.bundles import unpack
from grader.course import Assignment, Course
from grader.exchange.folders import read_submissions, survey

if TYPE_CHECKING:
    from sqlalchemy import Connection

Files = dict[str, bytes]


def from_folder(assignment: Assignment, folder: Path) -> Iterator[tuple[str, Files]]:
    """The students in a folder of submissions who handed in anything. Raises UsageError."""
    for submission in read_submissions(survey(folder), assignment):
        if submission.files:
            yield submission.student, dict(submission.files)


def from_gradebook(
    connection: "Connection", course: Course, assignment: Assignment
) -> Iterator[tuple[str, Files]]:
    """The attempts that count, each once, whoever shares it; a team goes by its name. Raises StoreError."""
    from grader.gradebook import objects
    from grader.gradebook.ledger import Ledger

    ledger = Ledger(connection, course)
    seen = set()
    for student in ledger.students(assignment.name):
        attempt = ledger.attempt(student, assignment.name)
        if attempt is None or attempt.student in seen:
            continue
        seen.add(attempt.student)
        files = unpack(objects.get(connection, attempt.digest))
        # Under no name stands what kept it from being read.
        files.pop("", None)
        if files:
            yield attempt.student, files
