"""Grades one submission: its tests against its worker, and what did not pass once more as if in a fresh one.

Theory of operation. This process is trusted: it owns the suite, the reference, the inputs, the comparison and the
clock. The submission lives in a worker that a fork server makes; `student.f(x)` in a test is an exchange of two
frames. Tests run against one worker, side by side where they can (`sidebyside`), the others in collection order.
Those that do not pass run again, one by one and last first, in a fresh worker with the same seeds: that outcome
counts, and a difference between the two is itself told. Where the submission's code shows that it can keep nothing
between calls (`stateless`), the worker at hand is as good as a fresh one, and what it replied to a call it would reply
again: there the tests run again, but not the calls. A failure is the submission's only if the
same test passes with the reference in the student's place, in a worker of the reference's own; else it is our fault.
At the end, functions that fail only through a sibling are told apart (`consequential`).
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from grader.compare import Compared, NotEqual
from grader.errors import GraderFault
from grader.manifests import Limits
from grader.models import Blocked, Submission, Verdict
from grader.sandbox.process import Spawner
from grader.sandbox.records import Loaded, Raised
from grader.sandbox.remote import Conversation
from grader.steps import Step
from grader.suite import consequential
from grader.suite.exceptions import StudentError
from grader.suite.reference import sources
from grader.suite.replay import Replay
from grader.suite.results import Run, TestResult
from grader.suite.session import Suite
from grader.suite.sidebyside import Ended, SideBySide, Stacks
from grader.suite.student import CallRecord, TestRun
from grader.suite.wording import MAX_MESSAGE, message_of, named

#: A function whose tests time out this often is given up.
GIVE_UP_AFTER = 2
#: What a slow or crowded machine may be to blame for, and what was given up after it.
_NEEDS_TIME = (Verdict.TIMEOUT, Verdict.KILLED, Verdict.BLOCKED)
MAX_OUTPUT = 64 << 10
#: What says that a process had too little of something, of which a fresh one may have more.
_EXHAUSTED = frozenset({"MemoryError", "RecursionError"})


@dataclass
class Runner:
    """Replays one suite for one submission after another."""

    suite: Suite
    spawner: Spawner
    limits: Limits
    #: Told before each step that may hang: "submission" or "reference", and the test.
    beat: Callable[[str], None] = lambda phase: None
    #: Told of each result of a submission as it is reached; a test's second one takes the place of its first.
    told: Callable[[Loaded, TestResult], None] = lambda loaded, result: None
    stacks: Stacks = field(default_factory=Stacks, init=False)
    _reference: Conversation | None = field(default=None, init=False)
    #: Tests without anything random that the reference passes: asked once, since the answer holds for everyone.
    _settled: set[str] = field(default_factory=set, init=False)
    _reference_loaded: Loaded | None = field(default=None, init=False)
    #: The workers that live, and those that were killed since `disturbed` was last asked.
    _workers: list[Conversation] = field(default_factory=list, init=False)
    #: A worker could not be made.
    _starved: bool = field(default=False, init=False)

    def close(self) -> None:
        """End the reference's worker."""
        if self._reference is not None:
            self._reference.end()
            self._reference = None

    def run(self, submission: Submission, seed: str, held: frozenset[str] = frozenset()) -> Run:
        """Grade a submission; `held` names tests whose check of its results did not come to an end."""
        session = _Submission(self, submission, seed)
        try:
            first = session.first_pass(held)
            again = [result for result in reversed(first) if _runs_again(result)]
            if not again:
                return Run(session.loaded, tuple(first))
            second = session.second_pass(again)
        finally:
            session.end()
        counted = tuple(second.get(result.test.spec.id, result) for result in first)
        loaded = session.loaded
        return Run(loaded, consequential.attribute(self, submission, seed, loaded, counted))

    def disturbed(self) -> bool:
        """Whether what was graded since this was last asked may look otherwise than it should, because a worker was
        killed that only somebody else can have killed, or could not be made.
        """
        disturbed = self._starved or any(worker.killed for worker in self._workers)
        self._workers = [worker for worker in self._workers if worker.alive]
        self._starved = False
        return disturbed

    def passes_with_reference(self, test: Replay, seed: str) -> bool:
        """Whether the test passes with the reference in the student's place."""
        if self.suite.solution is None:
            return True
        if test.spec.id in self._settled:
            return True
        passes, lost = self._with_reference(test, seed)
        if lost is Verdict.KILLED:
            # By somebody else, most likely: the reference does not end itself.
            passes, _ = self._with_reference(test, seed)
        if passes and not test.draws:
            self._settled.add(test.spec.id)
        return passes

    def _with_reference(self, test: Replay, seed: str) -> tuple[bool, Verdict | None]:
        """Whether the test passes with the reference, and how the reference's worker was lost, if it was."""
        if self._reference is None or not self._reference.alive or self._worn():
            self.close()
            self._reference, self._reference_loaded = self.load(
                Submission("", sources(self.suite.assignment.solution_dir)), float("inf")
            )
        assert self._reference_loaded is not None
        self.beat(Step.REFERENCE.phase(test.spec.id))
        run = TestRun(self._reference, self._reference_loaded, self.suite.parameters)
        error = self.replay(test, run, seed, self.limits)
        return error is None and run.lost is None, run.lost

    def _worn(self) -> bool:
        """Whether the reference's worker nears the CPU time after which the kernel would end it."""
        return self._reference is not None and self._reference.cpu > self.limits.submission

    def load(self, submission: Submission, left: float) -> tuple[Conversation, Loaded]:
        """Hand a submission to a fresh worker; `left` is the CPU time that it may use there."""
        assignment = self.suite.assignment
        try:
            conversation = Conversation(self.spawner.spawn(), self.limits, left)
        except (GraderFault, OSError):
            self._starved = True
            raise
        self._workers = [worker for worker in self._workers if worker.alive or worker.killed]
        self._workers.append(conversation)
        graded = {name: assignment.module_of(name) for name in assignment.functions}
        manifest = assignment.manifest
        return conversation, conversation.load(
            submission.files, manifest.modules, graded, manifest.allow
        )

    def replay(
        self,
        test: Replay,
        run: TestRun,
        seed: str,
        limits: Limits,
        replaced: Mapping[str, Callable[..., Any]] | None = None,
    ) -> BaseException | None:
        """Run a test; what ended it, or None.

        `replaced` are functions of ours to put in place of the submission's; raises Lost or WireError where that fails.
        """
        student = self.suite.student
        student.attach(run)
        run.begin(limits)
        if replaced:
            run.conversation.replace(replaced)
        try:
            return test.run(seed)
        finally:
            student.attach(None)


class _Submission:
    """The grading of one submission in progress: its workers, and what it has used of its limits."""

    def __init__(self, runner: Runner, submission: Submission, seed: str) -> None:
        self.runner = runner
        self.submission = submission
        self.seed = seed
        self.left = runner.limits.submission
        self.conversation, self.loaded = runner.load(submission, self.left)
        self._current = self.loaded
        self._used_before = 0.0

    def first_pass(self, held: frozenset[str]) -> list[TestResult]:
        """Every test in collection order."""
        timeouts: Counter[str] = Counter()
        ended = self._side_by_side(held)
        results = []
        for test in self.runner.suite.tests:
            if test.spec.id in held:
                results.append(self._held(test))
            elif test.spec.id in ended:
                results.append(self._result(test, ended[test.spec.id], counts=False))
            else:
                results.append(self._one(test, self.runner.limits, timeouts, counts=False))
            self.runner.told(self.loaded, results[-1])
        return results

    def _side_by_side(self, held: frozenset[str]) -> dict[str, Ended]:
        """The tests that came to their end together; the others have to run one by one."""
        runner = self.runner
        tests = [
            test
            for test in runner.suite.tests
            if test.direct
            and test.spec.id not in held
            and self.loaded.functions[test.spec.function] == "ready"
        ]
        together = SideBySide(runner.suite.student, self.conversation, runner.beat, runner.stacks)
        return together.run(tests, self.loaded, runner.suite.parameters, self.seed, runner.limits)

    def _held(self, test: Replay) -> TestResult:
        """A test that did not come to an end with this submission's results: its failure, if the reference passes."""
        message = "the check of this result did not come to an end"
        passes = self.runner.passes_with_reference(test, self.seed)
        return TestResult(test, Verdict.FAILED if passes else Verdict.FAULT, message, final=True)

    def second_pass(self, first: Sequence[TestResult]) -> dict[str, TestResult]:
        """Run tests once more, as if in a fresh worker; timeouts and kills are confirmed under doubled limits."""
        as_if_fresh = self._as_if_fresh(first)
        if not as_if_fresh:
            self._renew()
        timeouts: Counter[str] = Counter()
        results: dict[str, TestResult] = {}
        for before in first:
            test = before.test
            limits = self.runner.limits
            if before.verdict in _NEEDS_TIME:
                limits = limits.doubled()
            known = before.calls if as_if_fresh else ()
            result = self._one(test, limits, timeouts, counts=True, known=known)
            # What was not called again has taken its time all the same.
            result.cpu = max(result.cpu, before.cpu)
            if (
                before.verdict is not result.verdict
                # A process that was killed may have been killed by anybody.
                and before.verdict not in _NEEDS_TIME
                and result.verdict not in (Verdict.BLOCKED, Verdict.FAULT)
            ):
                result = replace(result, unstable=before.verdict)
            results[test.spec.id] = result
            self.runner.told(self.loaded, result)
        return results

    def end(self) -> None:
        """Let the worker go."""
        self.conversation.close()

    def _as_if_fresh(self, results: Iterable[TestResult]) -> bool:
        """Whether the worker at hand cannot tell that tests have run in it, save by the memory that is left."""
        return (
            self.conversation.alive
            and not self.loaded.stateful
            and all(result.verdict in (Verdict.FAILED, Verdict.RAISED) for result in results)
            and not any(each.raised and _EXHAUSTED & set(each.raised.bases) for each in results)
            and self._used_before + self.conversation.used < self.left / 2
        )

    def _renew(self) -> None:
        self.conversation.end()
        self._used_before += self.conversation.used
        left = max(self.left * 2 - self._used_before, 0.0)
        self.conversation, self._current = self.runner.load(self.submission, left)

    def _one(
        self,
        test: Replay,
        limits: Limits,
        timeouts: Counter[str],
        *,
        counts: bool,
        known: Sequence[CallRecord] = (),
    ) -> TestResult:
        """Run one test and judge it; who is to blame for a failure is only asked when the outcome counts."""
        blocked = self._blocked(test, timeouts)
        if blocked is not None:
            return TestResult(test, Verdict.BLOCKED, blocked[1], blocked_by=blocked[0])
        if not self.conversation.alive:
            self._renew()
        conversation = self.conversation
        run = TestRun(conversation, self._current, self.runner.suite.parameters, known=known)
        self.runner.beat(Step.SUBMISSION.phase(test.spec.id))
        cpu, start = conversation.cpu, time.perf_counter()
        error = self.runner.replay(test, run, self.seed, limits)
        duration = time.perf_counter() - start
        run.printed.append(conversation.output())
        ended = Ended(run, error, conversation.cpu - cpu, duration)
        result = self._result(test, ended, counts=counts)
        if result.verdict is Verdict.TIMEOUT:
            timeouts[test.spec.function] += 1
        return result

    def _result(self, test: Replay, ended: Ended, *, counts: bool) -> TestResult:
        """Judge a test that has ended."""
        run, error, cpu, duration = ended.run, ended.error, ended.cpu, ended.duration
        printed = "".join(run.printed)[:MAX_OUTPUT]
        warned = tuple(dict.fromkeys(run.warned)) if run.warned else ()
        if error is not None:
            # Its frames hold whatever the test held.
            error.__traceback__ = None
        if error is None and run.lost is None:
            return TestResult(test, Verdict.PASSED, "", printed, warned, cpu, duration)
        if counts:
            verdict, message = self._judge(test, run, error)
        else:
            raised = isinstance(error, StudentError)
            verdict, message = run.lost or (Verdict.RAISED if raised else Verdict.FAILED), ""
        return TestResult(
            test,
            verdict,
            message[:MAX_MESSAGE],
            printed,
            warned,
            cpu,
            duration,
            calls=tuple(run.calls),
            raised=error.raised if isinstance(error, StudentError) else None,
            compared=isinstance(error, Compared),
            pair=error.pair if isinstance(error, NotEqual) else None,
        )

    def _blocked(self, test: Replay, timeouts: Counter[str]) -> tuple[Blocked, str] | None:
        name = test.spec.function
        state = self.loaded.functions[name]
        if state == "stub":
            return "stub", f"{name} is not written yet"
        if state == "not callable":
            return "not callable", f"{name} is not a function"
        if state == "missing":
            if self.loaded.error is not None:
                return "load", f"{name} could not be loaded: {self.loaded.error['message']}"
            return "missing", f"{name} is missing"
        if timeouts[name] >= GIVE_UP_AFTER:
            return "timeouts", f"{name} was given up after {GIVE_UP_AFTER} timeouts"
        return None

    def _judge(
        self, test: Replay, run: TestRun, error: BaseException | None
    ) -> tuple[Verdict, str]:
        """The verdict of a test that did not pass, from the record of the channel first."""
        if run.lost is not None:
            return run.lost, run.message
        if isinstance(error, StudentError):
            return Verdict.RAISED, named(error.raised.type, error.raised.message) + _where(
                error.raised, test.spec.function
            )
        text = message_of(error)
        if isinstance(
            error, (pytest.skip.Exception, pytest.xfail.Exception, pytest.exit.Exception)
        ):
            return Verdict.FAULT, f"a hidden test must not skip, xfail or exit: {text}"
        if self.runner.passes_with_reference(test, self.seed):
            return Verdict.FAILED, text
        return Verdict.FAULT, f"the reference does not pass this test either: {text}"


def _where(raised: Raised, called: str) -> str:
    """The place of an exception in the submission, in brackets; where it is not the function called, which one."""
    if not raised.frames:
        return ""
    function = raised.frames[-1][2]
    cell = f"cell {raised.cell}, " if raised.cell else ""
    inside = f" of {function}" if function.isidentifier() and function != called else ""
    return f" ({cell}line {raised.line}{inside})"


def _runs_again(result: TestResult) -> bool:
    """Whether a test runs in the second pass: what was blocked for being unwritten stays so."""
    if result.final:
        return False
    if result.verdict is Verdict.BLOCKED:
        return result.blocked_by == "timeouts"
    return result.verdict is not Verdict.PASSED
