"""Tries candidates, mutants and domains on a suite through the real engine, in as many processes as there are cores.

`serve` runs in each of the processes that `grader.executors` starts; what it is asked and answers stands in `jobs`.
"""

import ast
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from grader import grading
from grader.authoring.candidates import Candidate, reference
from grader.authoring.early import streams_made_at_import, watching
from grader.authoring.inputs import check_inputs, ratio
from grader.authoring.jobs import (
    Answer,
    Failure,
    Inspected,
    Job,
    Kill,
    Killed,
    Plan,
    Tried,
    Try,
)
from grader.course import Assignment
from grader.domains import Domain
from grader.errors import ConfinementError
from grader.executors import Beat, Emit, Task
from grader.manifests import Limits
from grader.models import Submission, Verdict
from grader.sandbox.process import Spawner
from grader.sandbox.records import Loaded
from grader.sandbox.remote import Conversation
from grader.steps import Step
from grader.suite.replay import Replay
from grader.suite.results import Run
from grader.suite.runner import Runner
from grader.suite.seeds import derive_rng
from grader.suite.session import Suite, with_suite
from grader.suite.student import TestRun
from grader.suite.workers import make_spawner

#: Fresh arguments on which a candidate's results are measured against the reference's.
_MEASUREMENTS = 12


def serve(plan: Plan, jobs: Iterator[Task[Job]], emit: Emit, beat: Beat) -> None:
    """Do the jobs of one suite as they come."""
    with watching(plan.place.folder) as stop:

        def work(suite: Suite) -> None:
            drawn = [*stop(), *streams_made_at_import(plan.place.folder)]
            spawner = _spawner(plan.assignment)
            trier = _Trier(plan.assignment, suite, spawner, tuple(drawn), beat)
            try:
                for task in jobs:
                    start = time.perf_counter()
                    value = trier.do(task)
                    emit(Answer(task.job, value, time.perf_counter() - start))
            finally:
                trier.runner.close()
                spawner.close()

        with_suite(plan.place, work)


def _spawner(assignment: Assignment) -> Spawner:
    """Confined workers where the machine can; what runs here is the author's own."""
    try:
        return make_spawner(assignment)
    except ConfinementError:
        return make_spawner(assignment, confined=False)


class _Trier:
    """One collected suite and what can be tried on it."""

    def __init__(
        self,
        assignment: Assignment,
        suite: Suite,
        spawner: Spawner,
        drawn: tuple[str, ...],
        beat: Beat,
    ) -> None:
        self.suite = suite
        self._assignment = assignment
        self.runner = Runner(suite, spawner, suite.assignment.manifest.limits, beat)
        self._drawn = drawn

    def do(self, task: Task[Job]) -> Tried | Killed | Inspected:
        """Do a job. Earlier tries that held their process are failures of what they tried."""
        job = task.job
        if isinstance(job, Try):
            return self._try(job, task.mishaps)
        if isinstance(job, Kill):
            return self._kill(job, task.mishaps)
        return self._inspect()

    def _try(self, job: Try, mishaps: Sequence[str]) -> Tried:
        held = Step.SUBMISSION.names(mishaps)
        candidate = job.candidate
        submission = Submission(candidate.name, candidate.files)
        before = time.process_time()
        run = self._run(submission, job, held)
        _, points = grading.score(run.results)
        cpu = time.process_time() - before + sum(result.cpu for result in run.results)
        earned: dict[str, float] = {}
        for result in run.results:
            spec = result.test.spec
            earned[spec.function] = earned.get(spec.function, 0.0) + (points[spec.id] or 0.0)
        failures = tuple(
            Failure(
                result.test.spec.id,
                result.test.spec.function,
                result.test.spec.group,
                result.verdict,
                result.message,
                result.consequential_of,
            )
            for result in run.results
            if result.verdict is not Verdict.PASSED
        )
        flaky = {
            result.test.spec.id: result.test.spec.function
            for result in run.results
            if result.unstable is not None and candidate.kind in ("reference", "alternative")
        }
        if not job.others and not job.measured:
            return Tried(earned, failures, (), flaky, None, cpu)
        trial = _Trial(self.runner, submission, self._quick)
        try:
            measured = self._measure(candidate, trial) if job.measured else None
            return Tried(earned, failures, self._unsteady(job, trial), flaky, measured, cpu)
        finally:
            trial.end()

    def _run(self, submission: Submission, job: Try, held: frozenset[str]) -> Run:
        """Grade a submission with the tests of the functions that it touches, and those that call one of them."""
        everything = self.suite.tests
        if job.touched is not None:
            met = {
                name
                for name in self.suite.assignment.functions
                if not job.touched.isdisjoint((name, *self._mentioned[name]))
            }
            self.suite.tests = [test for test in everything if test.spec.function in met]
        try:
            return self.runner.run(submission, job.seed, held)
        finally:
            self.suite.tests = everything

    @cached_property
    def _mentioned(self) -> Mapping[str, frozenset[str]]:
        """For each function, what the files of its tests mention of the submission."""
        graded = self.suite.assignment.functions
        files: dict[Path, frozenset[str]] = {}
        found: dict[str, frozenset[str]] = dict.fromkeys(graded, frozenset())
        for test in self.suite.tests:
            path = test.item.path
            if path not in files:
                files[path] = frozenset(_of_the_submission(path)) & graded.keys()
            found[test.spec.function] |= files[path]
        return found

    def _unsteady(self, job: Try, trial: "_Trial") -> tuple[str, ...]:
        """Tests of the job's functions whose outcome depends on the seed; those that draw nothing cannot."""
        found = []
        for test in self._tests(job.functions):
            if not job.others or not test.draws:
                continue
            passes = trial.passes(test, job.seed)
            if not passes and trial.timed_out:
                # It would only take long, ten times.
                continue
            if any(trial.passes(test, seed) != passes for seed in job.others):
                found.append(test.spec.id)
        return tuple(found)

    def _measure(self, candidate: Candidate, trial: "_Trial") -> float | None:
        """The largest error of a candidate over fresh arguments, in units of the tolerance."""
        name = candidate.function
        domain = self.suite.domains.get(name or "")
        if name is None or domain is None or domain.tolerance is None:
            return None
        found = [
            error
            for number in range(_MEASUREMENTS)
            if (error := self._error(domain, number, trial)) is not None
        ]
        return max(found, default=None)

    def _error(self, domain: Domain, number: int, trial: "_Trial") -> float | None:
        seed = f"measured {number}"
        try:
            expected = getattr(self.suite.solution, domain.function)(
                *domain.draw(derive_rng(seed, domain.function))
            )
        except Exception:  # noqa: BLE001  # authors' code; the inspection tells what is wrong with it
            return None
        reply = trial.call(domain.function, domain.draw(derive_rng(seed, domain.function)))
        if reply is None:
            return None
        return ratio(reply, expected, domain.tolerance or "T0")

    def _kill(self, job: Kill, mishaps: Sequence[str]) -> Killed:
        if mishaps:
            return Killed(mishaps[0])
        trial = _Trial(self.runner, Submission("mutant", job.files), self._quick)
        try:
            for test in self._tests(job.functions):
                if not trial.passes(test, job.seed):
                    return Killed(test.spec.id)
        finally:
            trial.end()
        return Killed(None)

    def _inspect(self) -> Inspected:
        problems = [("", line) for line in self._drawn]
        for name in self.suite.assignment.functions:
            domain = self.suite.domains.get(name)
            if domain is not None and self.suite.solution is not None:
                found = check_inputs(domain, getattr(self.suite.solution, name))
                problems += [(name, problem) for problem in found]
        tests = {
            name: sum(test.spec.function == name for test in self.suite.tests)
            for name in self.suite.assignment.functions
        }
        tolerances = {name: domain.tolerance for name, domain in self.suite.domains.items()}
        return Inspected(tuple(problems), tests, tolerances)

    def _tests(self, functions: Sequence[str]) -> list[Replay]:
        return [
            test for name in functions for test in self.suite.tests if test.spec.function == name
        ]

    @cached_property
    def _quick(self) -> Limits:
        """Limits far above what the reference needs, so that an endless mutant costs little."""
        limits = self.suite.assignment.manifest.limits
        files = reference(self._assignment).files
        run = self.runner.run(Submission("", files), "limits")
        longest = max(result.cpu for result in run.results)
        return limits.model_copy(
            update={
                "call": min(limits.call, max(0.25, 20 * longest)),
                "test": min(limits.test, max(0.5, 40 * longest)),
            }
        )


def _of_the_submission(file: Path) -> Iterator[str]:
    """The attributes that a test file takes from anything but the reference."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Attribute):
            owner = node.value
            if not isinstance(owner, ast.Name) or owner.id != "solution":
                yield node.attr


class _Trial:
    """A submission in a worker that is made anew when it was lost."""

    def __init__(self, runner: Runner, submission: Submission, limits: Limits) -> None:
        self._runner = runner
        self._submission = submission
        self._limits = limits
        self._conversation: Conversation | None = None
        self._loaded: Loaded | None = None
        #: How the last test that was lost ended.
        self.timed_out = False

    def passes(self, test: Replay, seed: str) -> bool:
        """Whether a test passes, in a first and only run."""
        self._runner.beat(Step.SUBMISSION.phase(test.spec.id))
        conversation, loaded = self._ready()
        run = TestRun(conversation, loaded, self._runner.suite.parameters)
        error = self._runner.replay(test, run, seed, self._limits)
        self.timed_out = run.lost is Verdict.TIMEOUT
        return error is None and run.lost is None

    def call(self, name: str, args: tuple[Any, ...]) -> Any:
        """The result of one call, or None where there is none."""
        conversation, loaded = self._ready()
        if loaded.functions.get(name) != "ready":
            return None
        conversation.begin_test(self._limits)
        with np.errstate(all="ignore"):
            reply, _ = conversation.call(name, args, {})
        return reply.value if reply.kind == "value" and reply.callback_error is None else None

    def _ready(self) -> tuple[Conversation, Loaded]:
        if self._conversation is None or self._loaded is None or not self._conversation.alive:
            self.end()
            left = self._runner.limits.submission
            self._conversation, self._loaded = self._runner.load(self._submission, left)
        return self._conversation, self._loaded

    def end(self) -> None:
        """End the worker."""
        if self._conversation is not None:
            self._conversation.end()
