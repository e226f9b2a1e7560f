"""Brings nbgrader's gradebook and ours in step: what people gave in formgrader comes here, our results go there."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, inspect

from grader.bundles import unpack
from grader.course import Course
from grader.errors import StoreError, UsageError
from grader.exchange.export import Change, held_back
from grader.exchange.grades import Grades, Sheet
from grader.exchange.nbgrader import reports
from grader.exchange.nbgrader.parts import Layout, layout, parts_of
from grader.exchange.nbgrader.place import Place, can_be_folder, open_place, prepare
from grader.exchange.nbgrader.pull import Brought, bring, entries, keep
from grader.exchange.nbgrader.push import push
from grader.exchange.nbgrader.reports import Work, attempt_in
from grader.exchange.published import from_gradebook
from grader.exchange.shown import viewer
from grader.feedback.catalogue import catalogue
from grader.gradebook import objects
from grader.gradebook.comments import comments
from grader.gradebook.connection import Gradebook
from grader.gradebook.ledger import Ledger
from grader.models import GradeReport
from grader.readers import Phase


@dataclass(frozen=True)
class Wanted:
    """How the two are brought in step."""

    place: Place
    #: What nbgrader calls the assignment; by default it is ours with an ending.
    name: str | None = None
    draft: bool = False
    #: As of when students see what the notebooks show.
    phase: Phase = Phase.BEFORE_DUE
    pretend: bool = False

    def name_of(self, assignment: str) -> str:
        """What nbgrader calls an assignment."""
        return self.name or f"{assignment}-graded"


@dataclass
class Synced:
    """What became of one assignment."""

    assignment: str
    name: str
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    notebooks: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Aside:
    """What our gradebook knows of an assignment besides the grades."""

    work: Callable[[GradeReport], Work] = lambda report: Work(report.attempt)
    #: Our comments, by student and item.
    comments: Mapping[tuple[str, str], str] = field(default_factory=dict)


def from_formgrader(course: Course, book: Gradebook, assignment: str, wanted: Wanted) -> Brought:
    """Take over what people gave in formgrader. Raises StoreError, UsageError."""
    place, name = wanted.place, wanted.name_of(assignment)
    if place.file is not None and not place.file.exists():
        return Brought()
    target = open_place(place)
    try:
        with target.read() as theirs:
            if not inspect(theirs).has_table("alembic_version"):
                return Brought()
            prepare(theirs, target.name)
            parts = list(parts_of(course.assignment(assignment)))
            found = list(entries(theirs, name, parts))
    finally:
        target.close()
    seen = _Attempts(place, name, parts[0].notebook)
    with book.read() if wanted.pretend else book.write() as ours:
        brought = bring(ours, Ledger(ours, course), assignment, found, seen)
        if not wanted.pretend:
            keep(ours, brought)
    return brought


def to_nbgrader(course: Course, book: Gradebook, assignment: str, wanted: Wanted) -> Synced:
    """Write the grades that students were told, or would be told now. Raises StoreError, UsageError."""
    with book.read() as ours:
        grades = from_gradebook(ours, course, [assignment], draft=wanted.draft)
        ledger = Ledger(ours, course)

        def work(report: GradeReport) -> Work:
            return _work(ours, ledger, assignment, report)

        attempts = {
            student: None if result.report is None else result.report.attempt
            for student, result in grades.sheets[0].results.items()
        }
        said = comments(ours, ledger, assignment, attempts)
        return write_grades(grades, wanted, _Aside(work, said))


def _work(connection: Connection, ledger: Ledger, assignment: str, report: GradeReport) -> Work:
    row = ledger.handed_in(report.student, assignment, report.attempt)
    if row is None:
        return Work(report.attempt)
    try:
        files = unpack(objects.get(connection, row.digest))
        notebook = None if row.notebook is None else objects.get(connection, row.notebook)
    except (StoreError, ValueError):
        # Erased, or damaged, which is for `grader db check` to tell.
        return Work(report.attempt)
    return Work(report.attempt, files, notebook)


class _Attempts:
    """Which attempt formgrader shows of a student."""

    def __init__(self, place: Place, name: str, notebook: str) -> None:
        self._place = place
        self._name = name
        self._file = f"{notebook}.ipynb"

    def __call__(self, student: str) -> int | None:
        if not can_be_folder(student):
            return None
        return attempt_in(self._place.autograded_of(self._name, student) / self._file)


def write_grades(grades: Grades, wanted: Wanted, aside: _Aside | None = None) -> Synced:
    """Write the grades of one assignment; nothing at all where something fails. Raises StoreError, UsageError."""
    aside = aside or _Aside()
    (sheet,) = grades.sheets
    made = Synced(sheet.assignment, wanted.name_of(sheet.assignment))
    _check_name(wanted.place, made.name, sheet)
    sheet = _filed(sheet, made.notes)
    plan = layout(sheet)
    attempts = _Attempts(wanted.place, made.name, plan.notebooks[0])

    def other_work(student: str) -> bool:
        report = sheet.results[student].report
        return report is not None and attempts(student) not in (None, report.attempt)

    target = open_place(wanted.place, pretend=wanted.pretend)
    try:
        with _writing(target, wanted) as theirs:
            prepare(theirs, target.name)
            pushed = push(
                theirs,
                made.name,
                wanted.place.course_id,
                sheet,
                plan,
                grades.person,
                aside.comments,
                other_work,
            )
            made.changes, made.unchanged = pushed.changes, pushed.unchanged
            if not wanted.pretend:
                made.notebooks = _write_notebooks(grades, sheet, plan, wanted, aside)
    finally:
        target.close()
    made.notes += held_back([sheet])
    return made


@contextmanager
def _writing(target: Gradebook, wanted: Wanted) -> Iterator[Connection]:
    """A transaction of which nothing stays where it is only pretended."""
    with target.write() as connection:
        yield connection
        if wanted.pretend:
            connection.rollback()


def _check_name(place: Place, name: str, sheet: Sheet) -> None:
    if not can_be_folder(name) or "+" in name:
        raise UsageError(f"{name!r} cannot be the name of an assignment in nbgrader")
    if name == sheet.assignment or next(place.source_of(name).glob("*.ipynb"), None) is not None:
        raise UsageError(
            f"{name} is an assignment of nbgrader's own, which would delete or zero our grades there:"
            " choose another name with --name"
        )


def _filed(sheet: Sheet, notes: list[str]) -> Sheet:
    """The results of those whom nbgrader can have folders for."""
    odd = [student for student in sheet.results if not can_be_folder(student)]
    if odd:
        notes.append(f"{len(odd)} left out, whose names cannot be folders: {', '.join(odd[:5])}")
    return replace(sheet, results={k: v for k, v in sheet.results.items() if k not in set(odd)})


def _write_notebooks(
    grades: Grades, sheet: Sheet, plan: Layout, wanted: Wanted, aside: _Aside
) -> int:
    place, name = wanted.place, wanted.name_of(sheet.assignment)
    see, words = viewer(grades, sheet, wanted.phase), catalogue(grades.language)
    written = 0
    try:
        place.source_of(name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot make {place.source_of(name)}: {error.strerror}") from error
    for student in plan.points:
        result = sheet.results[student]
        work = Work() if result.report is None else aside.work(result.report)
        files = reports.notebooks(plan, work, see(result), words)
        written += reports.write(place.autograded_of(name, student), files, shared=place.shared)
    return written
