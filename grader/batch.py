"""Grades many submissions: hands them to processes, collects reports, and lets no single one stop the rest."""

import contextlib
import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from grader import grading
from grader.bundles import bundle, digest, lay_out, pack, unpack
from grader.course import Assignment, Course
from grader.doctor import require_confinement
from grader.errors import ConfinementError, CourseError
from grader.exchange.folders import read_submissions, survey
from grader.executors import Beat, Emit, Lost, Processes, Task
from grader.findings import PHASE, Explainer
from grader.models import BY_STAFF, Graded, GradeReport, Submission, Verdict
from grader.orders import Batch, Request, Watcher
from grader.reportfile import report_file_writer
from grader.sandbox.process import Spawner
from grader.sandbox.records import Loaded
from grader.suite import workers
from grader.suite.place import hidden_place
from grader.suite.runner import Run, Runner, TestResult
from grader.suite.session import Suite, with_suite
from grader.wholefile import require_place

if TYPE_CHECKING:
    from grader.gradebook.connection import Gradebook


@dataclass(frozen=True)
class Plan:
    """What the processes of one batch need to know."""

    assignment: Assignment
    secret: bytes | None
    confined: bool = True
    #: Landlock is restricted to this ABI; for tests of what old kernels give.
    abi_cap: int | None = None
    #: Told in the process that grades, after each test, of the report so far: for a run that may be killed.
    reached: Callable[[GradeReport], None] | None = None


def make_spawner(plan: Plan) -> Spawner:
    """The maker of workers for one assignment. Raises ConfinementError where this machine cannot confine."""
    return workers.make_spawner(plan.assignment, confined=plan.confined, abi_cap=plan.abi_cap)


def serve(plan: Plan, jobs: Iterator[Task[Submission]], emit: Emit, beat: Beat) -> None:
    """Grade submissions of one assignment as they come."""
    digests = grading.suite_digests(plan.assignment)

    def work(suite: Suite) -> None:
        bench = Bench(plan, suite, beat)
        try:
            for task in jobs:
                emit(bench.grade(task, digests))
        finally:
            bench.close()

    with_suite(hidden_place(plan.assignment), work)


def serve_bounded(plan: Plan, jobs: Iterator[Task[Submission]], emit: Emit, beat: Beat) -> None:
    """Grade as `serve` does, in a process that is for this alone: its memory is limited from now on."""
    _limit_memory(2 * plan.assignment.manifest.limits.memory)
    serve(plan, jobs, emit, beat)


def _limit_memory(size: int) -> None:
    """Bound what a hidden test may take for the answers of a submission: beyond it, that test meets a MemoryError."""
    try:
        import resource
    except ImportError:
        # A system without such limits cannot confine either, and is only graded on by who asked for that.
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or size < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (size, hard))


class Bench:
    """What grades in one process; made anew after an error of our own, which costs one submission a look."""

    def __init__(self, plan: Plan, suite: Suite, beat: Beat) -> None:
        self._plan = plan
        self._suite = suite
        self._beat = beat
        self._open()
        # What is here now stays: the collector need not look at it again after every few submissions.
        gc.collect()
        gc.freeze()

    def _open(self) -> None:
        limits = self._plan.assignment.manifest.limits
        try:
            self._spawner = make_spawner(self._plan)
        except (ConnectionError, ConfinementError):
            # Perhaps it was killed before it was ready; what ends it every time is told the second time.
            self._spawner = make_spawner(self._plan)
        self._runner = Runner(self._suite, self._spawner, limits, self._beat)
        self._explainer = Explainer(self._suite, self._runner, limits)

    def close(self) -> None:
        """End every worker."""
        with contextlib.ExitStack() as stack:
            stack.callback(self._spawner.close)
            stack.callback(self._runner.close)
            stack.callback(self._explainer.close)

    def grade(self, task: Task[Submission], digests: tuple[str, str, str]) -> Graded:
        """Grade a submission: again from the beginning where we failed or somebody killed a worker, which must leave
        no trace. The second time that we fail, its report says how. Raises ConfinementError.
        """
        graded = None
        with contextlib.suppress(Exception):
            graded = self._grade(task, digests)
        if graded is not None and not self._runner.disturbed():
            return graded
        # Whatever it was, what we grade with may be broken.
        self._reopen()
        try:
            return self._grade(task, digests)
        except Exception as error:  # noqa: BLE001  # as above
            self._reopen()
            message = f"the grader failed: {type(error).__name__}: {error}"
            return _ungraded(self._plan, task.job, message, digests, self._spawner.isolation)

    def _grade(self, task: Task[Submission], digests: tuple[str, str, str]) -> Graded:
        start = time.perf_counter()
        plan, submission, isolation = self._plan, task.job, self._spawner.isolation
        seed = _seed(plan, submission)
        if submission.files:
            dangerous = _dangerous(task)
            held = frozenset(
                phase.removeprefix("submission ")
                for phase in dangerous
                if phase.startswith("submission ")
            )
            if plan.reached is not None:
                self._runner.told = _SoFar(plan, submission, self._suite, seed, isolation, digests)
            run = self._runner.run(submission, seed, held)
            calm = not any(phase.startswith(PHASE) for phase in dangerous)
            report = grading.report(
                plan.assignment,
                submission,
                run,
                seed=seed,
                isolation=isolation,
                digests=digests,
                findings=self._explainer.explain(submission, run) if calm else {},
            )
        else:
            report = grading.ungraded(
                plan.assignment, submission, seed=seed, isolation=isolation, digests=digests
            )
        return _pack(report, time.perf_counter() - start)

    def _reopen(self) -> None:
        with contextlib.suppress(Exception):
            self.close()
        self._open()


@dataclass
class _SoFar:
    """What was reached of one submission; tests that were not yet run count as not run."""

    plan: Plan
    submission: Submission
    suite: Suite
    seed: str
    isolation: str
    digests: tuple[str, str, str]
    results: dict[str, TestResult] = field(default_factory=dict)

    def __call__(self, loaded: Loaded, result: TestResult) -> None:
        self.results[result.test.spec.id] = result
        ended = f"grading ended after {len(self.results)} of {len(self.suite.tests)} tests"
        listed = tuple(
            self.results.get(test.spec.id) or TestResult(test, Verdict.BLOCKED, ended)
            for test in self.suite.tests
        )
        submission = replace(self.submission, notes=(*self.submission.notes, ended))
        assert self.plan.reached is not None
        self.plan.reached(
            grading.report(
                self.plan.assignment,
                submission,
                Run(loaded, listed),
                seed=self.seed,
                isolation=self.isolation,
                digests=self.digests,
            )
        )


def _seed(plan: Plan, submission: Submission) -> str:
    return submission.seed or grading.derive_seed(plan.secret, plan.assignment, submission.student)


def _dangerous(task: Task[Submission]) -> frozenset[str]:
    """The phases that hung, or in which a process died twice; once may be another's doing."""
    died = Counter(task.mishaps)
    return frozenset(task.hung).union(phase for phase, count in died.items() if count > 1)


def _pack(report: GradeReport, seconds: float) -> Graded:
    return Graded(
        report.student,
        report.state,
        report.score,
        report.max_score,
        report.remark,
        seconds,
        report.model_dump_json(),
    )


def _lost(plan: Plan, lost: Lost[Submission]) -> Graded:
    """The report of a submission whose grading processes were lost."""
    where = "; ".join(mishap or "between tests" for mishap in lost.mishaps)
    error = f"the grader could not finish: its process was lost {len(lost.mishaps)} times ({where})"
    digests = grading.suite_digests(plan.assignment)
    return _ungraded(plan, lost.job, error, digests, "base" if plan.confined else "none")


def _ungraded(
    plan: Plan, submission: Submission, error: str, digests: tuple[str, str, str], isolation: str
) -> Graded:
    """The report of a submission that we could not grade: a person must look, and nobody gets points for it."""
    seed = _seed(plan, submission)
    error = error[:2000].encode("utf-8", "backslashreplace").decode()
    report = grading.ungraded(
        plan.assignment, submission, seed=seed, isolation=isolation, digests=digests, error=error
    )
    return _pack(report, 0.0)


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
        announce(_lost(plan, result) if isinstance(result, Lost) else result)

    patience = max(plan.assignment.manifest.limits.submission * 4, 30.0)
    if cluster is None:
        Processes[Submission](serve_bounded, plan, jobs, patience=patience).run(submissions, emit)
        return
    from grader.cluster import Cluster

    seeded = (replace(each, seed=_seed(plan, each)) for each in submissions)
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
    with report_file_writer() as writer:

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
            batch.unchanged = _grade_kept(plan, submissions, announce, book, how)
        if request.json_file is not None:
            writer.write(request.json_file, assignment.name)
    return batch


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

    def seed_of(student: str) -> str:
        return grading.derive_seed(plan.secret, plan.assignment, student)

    with Keeping(book, context, files, seed_of, announce, request.again) as keeping:
        unfinished = keeping.unfinished(submissions)
        first = next(unfinished, None)
        if first is not None:
            # Starting processes takes longer than finding that there is nothing to do.
            rest = chain([first], unfinished)
            grade(plan, rest, keeping.keep, jobs=request.jobs, cluster=request.cluster)
    return keeping.skipped
