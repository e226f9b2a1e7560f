"""Grades many submissions: hands them to processes, collects reports, and lets no single one stop the rest.

A folder is looked through first, so that what is wrong with all of it is told before anything is graded.
Submissions are then read one by one; those of which the gradebook has a report that still holds are passed over
(`Keeping`), the others go to processes here or on a cluster, each of which grades with a desk of its own (`desk`).
A finished report is durable before it is announced, so whatever stops a batch, the same command goes on. The file of
reports is written at the end, with everybody in it, and takes its place whole.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from grader import grading
from grader.bundles import bundle, digest, lay_out, pack, unpack
from grader.course import Assignment, Course
from grader.desk import lost, seed_of, serve_bounded
from grader.doctor import require_confinement
from grader.errors import CourseError
from grader.exchange.folders import read_submissions, survey
from grader.executors import Lost, Processes
from grader.models import BY_STAFF, Graded, Submission
from grader.orders import Again, Batch, Plan, Request, Watcher
from grader.reportfile import report_file_writer
from grader.suite.place import hidden_place
from grader.wholefile import require_place

if TYPE_CHECKING:
    from grader.gradebook.connection import Gradebook
    from grader.gradebook.decisions import Decided


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
    if request.json_file is not None:
        # Not after hours of grading.
        require_place(request.json_file)
    intake = survey(request.folder).restricted_to(request.only)
    if request.confined and request.cluster is None:
        require_confinement()
    plan = Plan(assignment, course.secret(), request.confined)
    batch = Batch("base" if request.confined else "none")
    watcher.start(len(intake.entries), (*intake.ignored, *request.times_of_nobody(intake.entries)))
    with report_file_writer() as writer, _forcing(book, assignment, request) as order:

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
            since = None if order is None else order.body.after
            batch.unchanged = _grade_kept(plan, submissions, announce, book, how, since)
            batch.begun = "" if order is None else order.told
        if request.json_file is not None:
            writer.write(request.json_file, assignment.name)
    return batch


def _forcing(
    book: "Gradebook | None", assignment: Assignment, request: Request
) -> AbstractContextManager["Decided | None"]:
    """The note of a batch that grades everything again; of single students there is none."""
    if book is None or request.again is not Again.ALL or request.only:
        return nullcontext()
    from grader.gradebook.forced import forcing

    return forcing(book, assignment.name, str(request.folder.resolve()))


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
