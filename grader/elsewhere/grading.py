"""Grades one submission on a machine of others, and writes what was reached after every test: a kill leaves that."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.batch import grade
from grader.bundles import bundle
from grader.course import Assignment, Course
from grader.doctor import require_confinement
from grader.elsewhere.installing import installed
from grader.errors import ConfinementError
from grader.exchange.folders import read_submission
from grader.feedback.catalogue import catalogue
from grader.feedback.compose import About, Reading, view
from grader.feedback.view import View
from grader.models import Graded, GradeReport
from grader.orders import Plan
from grader.readers import Audience, Phase
from grader.wholefile import appearing

#: The files of a report: what it makes of it and of what the student may see, by the files that hold it.
Form = Callable[[GradeReport, View], Mapping[Path, str]]
_NAME = "assignment.txt"
_COURSE = "course"


def payload(course: Course, assignment: Assignment) -> dict[str, bytes]:
    """What grades an assignment elsewhere, as files of one folder: the course, and what pip takes."""
    toml = (
        f"schema = 1\nname = {_quoted(course.manifest.name)}\n"
        f"language = {_quoted(course.manifest.language)}\n\n"
        f"[[assignments]]\nname = {_quoted(assignment.name)}\n"
    )
    files = {f"{_COURSE}/{name}": data for name, data in bundle(assignment).items()}
    files[_NAME] = f"{assignment.name}\n".encode()
    files[f"{_COURSE}/course.toml"] = toml.encode()
    return files | installed(course, assignment, files)


def _quoted(text: str) -> str:
    """A text as TOML has it: what JSON would write as halves of a character stands there as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def grade_one(payload: Path, submission: Path, student: str, form: Form) -> str:
    """Grade what lies in a folder; the level of confinement, and why no better. `form` is sent to another process."""
    course = Course.find(payload / _COURSE)
    assignment = course.assignment((payload / _NAME).read_text("utf-8").strip())
    manifest = assignment.manifest
    functions = tuple(assignment.functions)
    about = About(assignment.name, manifest.title, functions, parts=manifest.parts)
    reading = Reading(Audience.STUDENT, Phase.BEFORE_DUE, manifest.feedback)
    written = _Written(form, about, reading, course.manifest.language)
    lacking = ""
    try:
        require_confinement()
    except ConfinementError as error:
        lacking = f": {error}"
    found: list[Graded] = []
    plan = Plan(assignment, None, not lacking, reached=written)
    grade(plan, [read_submission(student, submission, assignment)], found.append, jobs=1)
    report = GradeReport.model_validate_json(found[0].text)
    written(report)
    return report.isolation + lacking


@dataclass(frozen=True)
class _Written:
    """Writes a report, finished or not; each file appears whole."""

    form: Form
    about: About
    reading: Reading
    language: str

    def __call__(self, report: GradeReport) -> None:
        shown = view(report, self.about, self.reading, catalogue(self.language))
        for file, text in self.form(report, shown).items():
            write(file, text)


def write(file: Path, text: str) -> None:
    """Put a text in the place of a file, readable by the machine's own programs. Raises StoreError."""
    with appearing(file, 0o644) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
