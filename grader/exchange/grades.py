"""What is exported: results of students by assignment, and who the students are to other systems."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from grader.course import Assignment, Course
from grader.errors import UsageError
from grader.exchange.cells import exact, rounded
from grader.feedback.files import read_reports
from grader.models import GradeReport


class Points(StrEnum):
    """Which points an export counts."""

    AUTOMATIC = "automatic"
    ALL = "all"
    #: As ALL, even where a person has not graded every part yet.
    SO_FAR = "so far"


@dataclass(frozen=True)
class Person:
    """A student as other systems know them."""

    #: As in reports and in the folder of submissions.
    student: str
    name: str = ""
    email: str = ""
    section: str = ""
    #: Other identifiers by the system's own word for them: "ID", "SIS Login ID", "Username" …
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def last_and_first(self) -> tuple[str, str]:
        """The name as systems have it that know two parts of it; all of it is the last one where no comma tells."""
        last, comma, first = self.name.rpartition(",")
        return (last.strip(), first.strip()) if comma else (self.name.strip(), "")

    @property
    def known_as(self) -> Iterable[str]:
        """Everything that stands for this student and no other."""
        return filter(None, (self.student, self.email, *self.ids.values()))


@dataclass(frozen=True)
class Result:
    """What one student got for one assignment."""

    student: str
    #: Exact; None where there is no score to tell, and `remark` says why.
    score: Decimal | None
    max_score: Decimal
    remark: str = ""
    report: GradeReport | None = None
    #: Of the score, what people gave by hand, by item, and what being late took off.
    by_hand: Mapping[str, Decimal] = field(default_factory=dict)
    late: Decimal = Decimal(0)
    #: When it was handed in (ISO 8601), where that is known.
    submitted: str = ""


@dataclass(frozen=True)
class Sheet:
    """The results of one assignment, by student."""

    assignment: str
    title: str
    max_score: Decimal
    results: Mapping[str, Result]
    #: The assignment as authored, for what students may see; None where the course does not have it.
    source: Assignment | None = None
    #: When it is due (ISO 8601), or nothing.
    due: str = ""

    def score(self, student: str, places: int) -> Decimal | None:
        """A student's score as it leaves, or None where there is none to tell."""
        result = self.results.get(student)
        return None if result is None or result.score is None else rounded(result.score, places)


@dataclass(frozen=True)
class Grades:
    """Everything that an export may draw on."""

    sheets: tuple[Sheet, ...]
    people: Mapping[str, Person] = field(default_factory=dict)
    language: str = "en"

    @cached_property
    def students(self) -> tuple[str, ...]:
        """Everybody who has a result or is on the roster, in order."""
        found = {student for sheet in self.sheets for student in sheet.results}
        return tuple(sorted(found | set(self.people)))

    def person(self, student: str) -> Person:
        """Who a student is; no more than the id where no roster tells."""
        return self.people.get(student) or Person(student)

    def student(self, *ids: str) -> str | None:
        """The student whom the first of these identifiers stands for that stands for anybody."""
        return next((self._ids[key] for key in map(_key, ids) if key in self._ids), None)

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        known: dict[str, str] = {}
        doubtful = set()
        for student in self.students:
            for text in set(map(_key, self.person(student).known_as)):
                if known.setdefault(text, student) != student:
                    doubtful.add(text)
        return {text: student for text, student in known.items() if text not in doubtful}


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip()).casefold()


def from_files(
    course: Course,
    files: Iterable[Path],
    *,
    people: Mapping[str, Person] | None = None,
    points: Points = Points.AUTOMATIC,
    missing_as_zero: bool = False,
) -> Grades:
    """The results in files of reports, as `grader grade --json` writes them. Raises UsageError."""
    sheets: list[Sheet] = []
    for file in files:
        read = read_reports(file)
        if any(sheet.assignment == read.assignment for sheet in sheets):
            raise UsageError(f"two of these files hold reports of {read.assignment}")
        results = [_result(report, points, missing_as_zero) for report in read.reports]
        listed = read.assignment in course.names
        source = course.assignment(read.assignment) if listed else None
        sheets.append(
            Sheet(
                read.assignment,
                source.manifest.title if source else read.assignment,
                max((result.max_score for result in results), default=Decimal(0)),
                {result.student: result for result in results},
                source,
                due_of(course, read.assignment),
            )
        )
    return Grades(tuple(sheets), people or {}, course.manifest.language)


def due_of(course: Course, assignment: str) -> str:
    """When an assignment is due (ISO 8601), or nothing."""
    entries = (entry for entry in course.manifest.assignments if entry.name == assignment)
    due = next((entry.due for entry in entries), None)
    return "" if due is None else due.isoformat()


def _result(report: GradeReport, points: Points, missing_as_zero: bool) -> Result:
    score: Decimal | None = exact(report.score)
    max_score = exact(report.max_score)
    remark = ""
    by_hand = {item.item: exact(item.points) for item in report.manual if item.points is not None}
    if points is not Points.AUTOMATIC:
        max_score += sum(exact(item.max_points) for item in report.manual)
    if report.state == "needs_review":
        score, remark = None, "needs review"
    elif report.state == "missing":
        score, remark = Decimal(0) if missing_as_zero else None, "nothing handed in"
    elif points is not Points.AUTOMATIC:
        if points is Points.ALL and len(by_hand) < len(report.manual):
            score, remark = None, "a part is still to be graded by a person"
        else:
            score = exact(report.score) + sum(by_hand.values())
    return Result(
        report.student,
        score,
        max_score,
        remark,
        report,
        by_hand,
        submitted=report.submitted or "",
    )
