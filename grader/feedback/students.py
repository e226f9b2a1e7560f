"""Makes the reports of many students for one reader: reads, composes, writes."""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import Course
from grader.errors import UsageError
from grader.feedback.catalogue import Catalogue, catalogue
from grader.feedback.compose import About, Reading, view
from grader.feedback.files import file_name, hidden_sources, write_private
from grader.feedback.html import html
from grader.feedback.markdown import markdown
from grader.feedback.view import Sentence, View
from grader.models import GradeReport, ReportFile
from grader.readers import Audience, Format, Phase

if TYPE_CHECKING:
    from rich.console import Console

#: Says whose is which of the files whose names nobody can guess.
NAMES = "names.json"


def as_json(view: View) -> str:
    """The report as JSON in ASCII: no terminal or page that shows it can be steered by it."""
    return json.dumps(view.model_dump(by_alias=True), indent=1) + "\n"


_WRITERS = {
    Format.HTML: (".html", html),
    Format.MARKDOWN: (".md", markdown),
    Format.JSON: (".json", as_json),
}


@dataclass(frozen=True)
class Told:
    """Reports of one assignment, and what besides them concerns a student."""

    reports: ReportFile
    #: What people said, by student.
    comments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Grades and their maximum, by student.
    grades: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def views(
    course: Course,
    told: Told,
    *,
    audience: Audience,
    phase: Phase,
    attempt: int | None = None,
    students: Collection[str] = (),
    language: str | None = None,
) -> Iterator[View]:
    """What this reader sees of each of these reports. Raises UsageError for a student who has none."""
    reports = told.reports
    unknown = sorted(set(students) - {report.student for report in reports.reports})
    if unknown:
        raise UsageError(f"there is no report of {', '.join(map(repr, unknown))}")
    assignment = course.assignment(reports.assignment)
    about = About(
        assignment.name,
        assignment.manifest.title,
        tuple(assignment.functions),
        hidden_sources(assignment),
        course.manifest.language,
        assignment.manifest.parts,
    )
    reading = Reading(audience, phase, assignment.manifest.feedback, attempt)
    words = catalogue(language or course.manifest.language)
    chosen = (r for r in reports.reports if not students or r.student in students)
    costly = course.manifest.late.costs(course.entry(assignment.name).due)

    def composed(report: GradeReport) -> View:
        untimed = costly and report.submitted is None and report.state != "missing"
        return _with_people(view(report, about, reading, words), told, words, untimed=untimed)

    return map(composed, chosen)


def _with_people(shown: View, told: Told, words: Catalogue, *, untimed: bool) -> View:
    """A view with what people decided and said besides; `untimed` where being late would cost points if it was."""
    notices = list(shown.notices)
    if untimed:
        said = words.say("state.untimed")
        notices.append(Sentence(text=said, id="state.untimed"))
    points, most = told.grades.get(shown.student, (shown.score, shown.max_score))
    # Where a result is kept back, so is every total.
    if (
        shown.score is not None
        and points is not None
        and (points, most) != (shown.score, shown.max_score)
    ):
        said = words.say("state.grade", points=points, max=most)
        notices.append(Sentence(text=said, id="state.grade"))
    notices += [
        Sentence(text=words.say("state.comment", text=text), id="state.comment")
        for text in told.comments.get(shown.student, ())
    ]
    return shown.model_copy(update={"notices": tuple(notices)})


def print_reports(console: "Console", shown: Iterable[View], form: Format | None) -> None:
    """Print reports: any number in a terminal, one as anything else. Raises UsageError."""
    from grader.feedback.report import print_view

    if form in (None, Format.TERMINAL):
        for number, one in enumerate(shown):
            if number:
                console.rule()
            print_view(console, one)
        return
    reports = list(shown)
    if len(reports) > 1:
        raise UsageError(f"several reports as {form} need a folder: --out DIR (or --student NAME)")
    for one in reports:
        console.file.write(_WRITERS[form][1](one))


def write_reports(
    shown: Iterable[View], form: Format | None, folder: Path, secret: bytes | None = None
) -> int:
    """Write a file for each report, readable by its owner alone; how many. Raises UsageError, StoreError.

    With a secret nobody else can guess the names, which stay the same from one time to the next; `names.json` then says
    whose is which.
    """
    if form is Format.TERMINAL:
        raise UsageError("files are written as html, markdown or json")
    suffix, write = _WRITERS[form or Format.HTML]
    names: dict[str, str] = {}
    for one in shown:
        if secret is None:
            name = file_name(one.student, {known.lower() for known in names.values()})
        else:
            whose = json.dumps(["feedback", one.assignment, one.student])
            name = hmac.new(secret, whose.encode(), hashlib.sha256).hexdigest()[:32]
        names[one.student] = name
        write_private(folder / (name + suffix), write(one))
    if secret is not None:
        listed = {student: name + suffix for student, name in names.items()}
        write_private(folder / NAMES, json.dumps(listed, indent=1) + "\n")
    return len(names)
