"""Grades many submissions: hands them to processes, collects reports, and lets no single one stop the rest.

A folder is looked through first, so that what is wrong with all of it is told before anything is graded.
Submissions are then read one by one; those of which the gradebook has a report that still holds are passed over
(`Keeping`), the others go to processes here or on a cluster, each of which grades with a desk of its own (`desk`).
A finished report is durable before it is announced, so whatever stops a batch, the same command goes on. The file of
reports is written at the end, with everybody in it, and takes its place whole.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import grading
from grader.bundles import bundle, digest, lay_out, pack, unpack
from grader.course import Assignment, Course
from grader.desk import lost, seed_of, serve_bounded
from grader.doctor import require_confinement
from grader.errors import CourseError, UsageError
from grader.exchange.folders import read_submissions, survey
from grader.executors import Lost, Processes
from grader.models import BY_STAFF, Graded, Submission
from grader.orders import Again, Batch, Plan, Request, Watcher
from grader.reportfile import report_file_writer
from grader.suite.place import hidden_place
from grader.wholefile import require_place

if TYPE_CHECKING:
    from sqlalchemy import Row

    from grader.gradebook.connection import Gradebook


@dataclass(frozen=True)
class Shipment:
    """What a machine elsewhere needs to grade: the bundle and the versions that it must have."""

    files: bytes
    confined: bool
    python: str
    numpy: str
    grading_version: int

    @classmethod
    def of(cls, plan: Plan) -> "Shipment":
        """What this plan needs."""
        here = grading.environment()
        files = pack(bundle(plan.assignment))
        return cls(files, plan.confined, here.python, here.numpy, here.grading_version)


def unload(shipment: Shipment, folder: Path) -> Plan:
    """The plan on a machine elsewhere. Raises ConfinementError and CourseError when that must not grade."""
    here = grading.environment()
    for name in ("python", "numpy", "grading_version"):
        wanted, found = getattr(shipment, name), getattr(here, name)
        if str(wanted).split(".")[:2] != str(found).split(".")[:2]:
            raise CourseError(f"it has {name.replace('_', ' ')} {found}, not {wanted}")
    if shipment.confined:
        require_confinement()
    # The secret stays at home: submissions bring their seeds.
    return Plan(lay_out(unpack(shipment.files), folder), None, shipment.confined)


def grade(
    plan: Plan,
    submissions: Iterable[Submission],
    announce: Callable[[Graded], None],
    *,
    jobs: int,
    cluster: str | None = None,
) -> None:
    """Grade submissions in `jobs` processes, or on a cluster; `announce` gets each report as it is finished."""

    def emit(result: Graded | Lost[Submission]) -> None:
        announce(lost(plan, result) if isinstance(result, Lost) else result)

    patience = max(plan.assignment.manifest.limits.submission * 4, 30.0)
    if cluster is None:
        Processes[Submission](serve_bounded, plan, jobs, patience=patience).run(submissions, emit)
        return
    from grader.cluster import Cluster

    seeded = (replace(each, seed=seed_of(plan, each)) for each in submissions)
    order = serve_bounded, unload, Shipment.of(plan)
    Cluster[Submission](cluster, *order, patience=patience).run(seeded, emit)


def grade_folder(
    course: Course,
    assignment: Assignment,
    request: Request,
    watcher: Watcher,
    book: "Gradebook | None" = None,
) -> Batch:
    """Grade the submissions in a folder that need it, keep the reports in the gradebook if there is one, and write
    those of all submissions. Raises what a person must repair before grading can begin.
    """
    hidden_place(assignment)
    if request.folder is None:
        raise UsageError("no folder of submissions is named")
    if request.json_file is not None:
        # Not after hours of grading.
        require_place(request.json_file)
    intake = survey(request.folder).restricted_to(request.only)
    plan, batch = _begin(course, assignment, request)
    watcher.start(len(intake.entries), (*intake.ignored, *request.times_of_nobody(intake.entries)))
    with report_file_writer() as writer, _forcing(book, assignment, request, batch) as since:

        def announce(graded: Graded) -> None:
            writer.add(graded.student, graded.text)
            batch.add(graded)
            watcher.advance(graded)

        read = read_submissions(intake, assignment, notebooks=book is not None)
        submissions = map(partial(_timed, request.times), read)
        jobs = min(request.jobs, len(intake.entries))
        how = replace(request, jobs=jobs)
        if book is None:
            _grade_unkept(plan, submissions, announce, how)
        else:
            batch.unchanged = _grade_kept(plan, submissions, announce, book, how, since)
        if request.json_file is not None:
            writer.write(request.json_file, assignment.name)
    return batch


def grade_stored(
    course: Course, assignment: Assignment, request: Request, watcher: Watcher, book: "Gradebook"
) -> Batch:
    """Grade stored attempts, those that count or may, with the suite of now. Raises what a person must repair."""
    from grader.gradebook.ledger import Ledger

    hidden_place(assignment)
    with book.read() as connection:
        rows = Ledger(connection, course).may_count(assignment.name)
    only = {unicodedata.normalize("NFC", student) for student in request.only}
    unknown = sorted(only - {row.student for row in rows})
    if unknown or not rows:
        whose = f" of {', '.join(unknown)}" if unknown else ""
        raise UsageError(f"the gradebook has no attempt{whose} in {assignment.name}")
    rows = [row for row in rows if not only or row.student in only]
    plan, batch = _begin(course, assignment, request)
    watcher.start(len(rows), ())
    with _forcing(book, assignment, request, batch) as since:
        # A batch knows each student once.
        for number, group in groupby(rows, key=lambda row: int(row.number)):
            some = list(group)

            def announce(graded: Graded, number: int = number) -> None:
                batch.add(replace(graded, student=f"{graded.student}, attempt {number}"))
                watcher.advance(graded)

            how = replace(request, jobs=min(request.jobs, len(some)))
            stored = _stored(book, some)
            batch.unchanged += _grade_kept(plan, stored, announce, book, how, since)
    return batch


def _stored(book: "Gradebook", rows: Iterable["Row[Any]"]) -> Iterator[Submission]:
    """What was handed in, read when asked for."""
    from grader.gradebook.attempts import handed_in

    for row in rows:
        with book.read() as connection:
            found = handed_in(connection, row.student, row.digest)
        yield replace(found, attempt=row.number, submitted=row.submitted)


def _begin(course: Course, assignment: Assignment, request: Request) -> tuple[Plan, Batch]:
    """What processes need to know, and the batch that is to come. Raises ConfinementError."""
    if request.confined and request.cluster is None:
        require_confinement()
    plan = Plan(assignment, course.secret(), request.confined)
    return plan, Batch("base" if request.confined else "none")


@contextmanager
def _forcing(
    book: "Gradebook | None", assignment: Assignment, request: Request, batch: Batch
) -> Iterator[int | None]:
    """Note in the gradebook that everything is graded again; gives the newest report of when that was begun.

    Of single students nothing is noted.
    """
    if book is None or request.again is not Again.ALL or request.only:
        yield None
        return
    from grader.gradebook.forced import forcing

    place = "" if request.folder is None else str(request.folder.resolve())
    with forcing(book, assignment.name, place) as order:
        batch.begun = order.told
        yield order.body.after


def _timed(times: Mapping[str, datetime], submission: Submission) -> Submission:
    """The submission with the time that a person gave."""
    when = times.get(submission.student, times.get(""))
    if when is None:
        return submission
    return replace(submission, submitted=when.isoformat(), source=BY_STAFF)


def _grade_unkept(
    plan: Plan,
    submissions: Iterable[Submission],
    announce: Callable[[Graded], None],
    request: Request,
) -> None:
    """Grade everything; what was handed in has no number then, but its time."""
    waiting: dict[str, Submission] = {}
    noted = (waiting.setdefault(each.student, each) for each in submissions)

    def timed(graded: Graded) -> None:
        announce(graded.handed_in(None, waiting.pop(graded.student).submitted))

    grade(plan, noted, timed, jobs=request.jobs, cluster=request.cluster)


def _grade_kept(
    plan: Plan,
    submissions: Iterable[Submission],
    announce: Callable[[Graded], None],
    book: "Gradebook",
    request: Request,
    since: int | None,
) -> int:
    """Grade what the gradebook has no valid report of, and keep that there; returns how many it had."""
    from grader.gradebook.attempts import Context
    from grader.gradebook.keeping import Keeping

    here = grading.environment()
    files = bundle(plan.assignment)
    context = Context(
        plan.assignment.name,
        grading.suite_digests(plan.assignment),
        digest(files),
        "base" if plan.confined else "none",
        here.python,
        here.numpy,
        here.grading_version,
    )

    def seed(student: str) -> str:
        return grading.derive_seed(plan.secret, plan.assignment, student)

    with Keeping(book, context, files, seed, announce, request.again, since) as keeping:
        unfinished = keeping.unfinished(submissions)
        first = next(unfinished, None)
        if first is not None:
            # Starting processes takes longer than finding that there is nothing to do.
            rest = chain([first], unfinished)
            grade(plan, rest, keeping.keep, jobs=request.jobs, cluster=request.cluster)
    return keeping.skipped
