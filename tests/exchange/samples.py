"""Grades to export, and files as other systems export them."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from grader.course import Course
from grader.exchange import registry
from grader.exchange.export import Export, Request, export
from grader.exchange.grades import Grades, Person, Points, from_files
from grader.models import GradeReport, ReportFile
from tests.feedback.samples import hostile_report, outcome, report
from tests.small_course import write_course

AT = datetime(2030, 5, 1, 12, 30, 15, 250000, tzinfo=UTC)


def graded(student: str, score: float, **fields: Any) -> GradeReport:
    """A report of the small course with this score out of 5."""
    scaled = min(score, 4.0)
    made = (
        outcome("total", 1, points=score - scaled),
        outcome("scaled", 1, max_points=4.0, points=scaled),
    )
    return report(*made, **{"student": student, **fields})


def small_class() -> list[GradeReport]:
    """Three students with scores, one who handed nothing in, one whom a person must look at."""
    return [
        graded("ann", 4.25),
        graded("bob", 0.0),
        graded("zoë", 5.0),
        graded("mia", 0.0, state="missing", outcomes=()),
        graded("roy", 0.0, state="needs_review"),
    ]


def reports_file(folder: Path, *reports: GradeReport) -> Path:
    """A file of reports of the small course."""
    file = folder / "reports.json"
    made = ReportFile(assignment="small", reports=reports)
    file.write_text(made.model_dump_json(by_alias=True))
    return file


def grades(
    folder: Path,
    *reports: GradeReport,
    people: tuple[Person, ...] = (),
    points: Points = Points.AUTOMATIC,
    missing_as_zero: bool = False,
) -> Grades:
    """What is exported of these reports."""
    if not (folder / "course.toml").exists():
        write_course(folder)
    return from_files(
        Course.find(folder),
        [reports_file(folder, *(reports or small_class()))],
        people={person.student: person for person in people},
        points=points,
        missing_as_zero=missing_as_zero,
    )


def hostile_grades(folder: Path) -> Grades:
    """Grades of students whose names and work are hostile, beside one who is not."""
    people = (
        Person("ann", '=HYPERLINK("http://127.0.0.1","x")', "@SUM(1)", "+1"),
        Person("-1+1", "\t=1+1", "a\nb,c;d@e", '"quoted"', {"ID": "=cmd|' /C calc'!A0"}),
    )
    others = graded("-1+1", 1.0), graded("a\0b", 2.0), graded("../x", 3.0)
    return grades(folder, graded("ann", 4.25), hostile(), *others, people=people)


def hostile() -> GradeReport:
    """A hostile report, as far as a file can hold it."""
    text = json.dumps(hostile_report().model_dump()).replace("\\ud83d", "")
    return GradeReport.model_validate_json(text)


def made(name: str, grades: Grades, into: bytes | str | None = None, **fields: Any) -> Export:
    """An export in a format, into a file that another system exported if one is given."""
    file = None
    if into is not None:
        file = Path(fields.pop("folder")) / "exported.csv"
        file.write_bytes(into if isinstance(into, bytes) else into.encode())
    return export(registry.find(name), grades, Request(AT, file, **fields))


def only(made: Export) -> bytes:
    """The content of the one file of an export."""
    (data,) = made.files.values()
    return data


def told(made: Export) -> list[tuple[str, str, str]]:
    """Whose score becomes what, from what."""
    return [(change.student, change.before, change.after) for change in made.changes]


def scores(grades: Grades) -> dict[str, Decimal]:
    """The scores that there are."""
    (sheet,) = grades.sheets
    return {s: r.score for s, r in sheet.results.items() if r.score is not None}
