"""Where submissions of one assignment are graded, one after another: what each process of a batch runs.

The hidden suite is collected once, in this process, which then holds the suite, a runner that replays it and what makes
its workers (`Desk`). Before each step that may hang the process says which it is; where it hung or died, the submission
comes again, to a fresh process, which leaves out the steps that hung, or in which a process died twice. Where we fail,
everything is made anew and tried once more, and then a person must look: no error of ours is worth points.
"""

import contextlib
import gc
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from grader import grading
from grader.errors import ConfinementError
from grader.executors import Beat, Emit, Lost, Task
from grader.findings import Explainer
from grader.models import Graded, GradeReport, Submission, SuiteDigests, Verdict
from grader.orders import Plan
from grader.sandbox.process import Spawner
from grader.sandbox.records import Loaded
from grader.steps import Step
from grader.suite import workers
from grader.suite.place import hidden_place
from grader.suite.results import Run, TestResult
from grader.suite.runner import Runner
from grader.suite.session import Suite, with_suite


def make_spawner(plan: Plan) -> Spawner:
    """The maker of workers for one assignment. Raises ConfinementError where this machine cannot confine."""
    return workers.make_spawner(plan.assignment, confined=plan.confined, abi_cap=plan.abi_cap)


def serve(plan: Plan, jobs: Iterator[Task[Submission]], emit: Emit, beat: Beat) -> None:
    """Grade submissions of one assignment as they come."""
    digests = grading.suite_digests(plan.assignment)

    def work(suite: Suite) -> None:
        desk = Desk(plan, suite, beat)
        try:
            for task in jobs:
                emit(desk.grade(task, digests))
        finally:
            desk.close()

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


class Desk:
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

    def grade(self, task: Task[Submission], digests: SuiteDigests) -> Graded:
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

    def _grade(self, task: Task[Submission], digests: SuiteDigests) -> Graded:
        start = time.perf_counter()
        plan, submission, isolation = self._plan, task.job, self._spawner.isolation
        seed = seed_of(plan, submission)
        if submission.files:
            dangerous = _dangerous(task)
            held = Step.SUBMISSION.names(dangerous)
            if plan.reached is not None:
                self._runner.told = _SoFar(plan, submission, self._suite, seed, isolation, digests)
            run = self._runner.run(submission, seed, held)
            # With which diagnosis hung is not diagnosed again.
            calm = not Step.DIAGNOSIS.names(dangerous)
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
    digests: SuiteDigests
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


def seed_of(plan: Plan, submission: Submission) -> str:
    """The seed of a submission's grading: that of an earlier one where that is repeated."""
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


def lost(plan: Plan, job: Lost[Submission]) -> Graded:
    """The report of a submission whose grading processes were lost."""
    where = "; ".join(mishap or "between tests" for mishap in job.mishaps)
    error = f"the grader could not finish: its process was lost {len(job.mishaps)} times ({where})"
    digests = grading.suite_digests(plan.assignment)
    return _ungraded(plan, job.job, error, digests, "base" if plan.confined else "none")


def _ungraded(
    plan: Plan, submission: Submission, error: str, digests: SuiteDigests, isolation: str
) -> Graded:
    """The report of a submission that we could not grade: a person must look, and nobody gets points for it."""
    seed = seed_of(plan, submission)
    error = error[:2000].encode("utf-8", "backslashreplace").decode()
    report = grading.ungraded(
        plan.assignment, submission, seed=seed, isolation=isolation, digests=digests, error=error
    )
    return _pack(report, 0.0)
