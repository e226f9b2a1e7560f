"""Consequential errors: a function that fails only because a sibling is wrong costs nothing of its own.

Theory of operation. All tests ran as submitted, and which functions failed their own value tests is settled. For each
failing function B that uses such a function A, directly or through others, B's failing tests run once more in a fresh
worker in which every such A is a call back to us. We pass the call on to the reference, in a worker that holds nothing
else, since its arguments are a submission's choice. If all of those tests pass now, and B did ask for an A, the fault
lies there. What the reference answers helps no other function: A was judged before, and B's worker ends with B.

The verdicts stay those of the counted run; that the points are full is told by `consequential_of` alone.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grader.models import Submission, Verdict
from grader.sandbox.records import Loaded, Lost
from grader.sandbox.remote import Conversation
from grader.sandbox.wire import WireError
from grader.steps import Step
from grader.suite.exceptions import to_exception
from grader.suite.reference import sources
from grader.suite.results import TestResult
from grader.suite.student import TestRun

if TYPE_CHECKING:
    from grader.suite.runner import Runner

#: A fault is ours: it neither fails a function nor is it repaired by another one.
_NO_LOSS = (Verdict.PASSED, Verdict.FAULT)


class ReferenceLost(Exception):
    """The reference could not answer what a submission asked of it."""


class StandIns:
    """Functions of the reference for a submission to call, and which of them it did call."""

    def __init__(self, start: Callable[[], Conversation]) -> None:
        self._start = start
        self._conversation: Conversation | None = None
        self.called: set[str] = set()
        #: The reference failed to answer in the test that runs.
        self.lost = False

    def begin_test(self, runner: "Runner") -> None:
        """Start the clock of a test, in a fresh worker where the last one was lost."""
        self.lost = False
        if self._conversation is None or not self._conversation.alive:
            self._conversation = self._start()
        self._conversation.begin_test(runner.limits)

    def function(self, name: str) -> Callable[..., Any]:
        """The call-back that answers for the reference's function of that name."""

        def answer(*args: Any, **kwargs: Any) -> Any:
            self.called.add(name)
            assert self._conversation is not None
            if not self._conversation.alive:
                raise ReferenceLost("the reference was lost earlier in this test")
            reply, _ = self._conversation.call(name, args, kwargs)
            if reply.callback_error is not None:
                raise reply.callback_error
            if reply.raised is not None:
                raise to_exception(reply.raised)
            if reply.kind != "value":
                self.lost = True
                raise ReferenceLost(reply.message)
            return reply.value

        return answer

    def end(self) -> None:
        """End the reference's worker."""
        if self._conversation is not None:
            self._conversation.end()


def attribute(
    runner: "Runner",
    submission: Submission,
    seed: str,
    loaded: Loaded,
    results: Sequence[TestResult],
) -> tuple[TestResult, ...]:
    """The results with `consequential_of` set where a function fails through another one alone."""
    by_function: dict[str, list[TestResult]] = defaultdict(list)
    for result in results:
        by_function[result.test.spec.function].append(result)
    failed = {
        name
        for name, own in by_function.items()
        if any(
            result.test.spec.group == "value" and result.verdict not in _NO_LOSS for result in own
        )
    }
    uses = runner.suite.assignment.uses
    wrong = {
        name: [result for result in own if result.verdict not in _NO_LOSS]
        for name, own in by_function.items()
        if failed.intersection(uses(name)) and loaded.functions[name] == "ready"
    }
    again = {
        name: own for name, own in wrong.items() if own and not any(result.final for result in own)
    }
    if not again or runner.suite.solution is None:
        return tuple(results)
    causes: dict[str, str] = {}
    trial = _Trial(runner, submission, seed)
    try:
        # What uses nothing comes first: whose own failure is explained is no cause any more.
        for name in sorted(again, key=lambda name: len(uses(name))):
            suspects = [used for used in uses(name) if used in failed]
            called = trial.called_on_passing(again[name], suspects)
            nearest = next((used for used in suspects if used in called), None)
            if nearest is not None:
                causes[name] = causes.get(nearest, nearest)
    finally:
        trial.end()
    return tuple(
        replace(result, consequential_of=causes[result.test.spec.function])
        if result.test.spec.function in causes and result.verdict not in _NO_LOSS
        else result
        for result in results
    )


class _Trial:
    """The re-runs of one submission. They share a budget: as much CPU time as the submission itself had."""

    def __init__(self, runner: "Runner", submission: Submission, seed: str) -> None:
        self._runner = runner
        self._submission = submission
        self._seed = seed
        self._left = runner.limits.submission
        self._stand_ins = StandIns(self._start_reference)

    def _start_reference(self) -> Conversation:
        folder = self._runner.suite.assignment.solution_dir
        submission = Submission("", sources(folder))
        return self._runner.load(submission, self._runner.limits.submission)[0]

    def called_on_passing(
        self, results: Sequence[TestResult], suspects: Sequence[str]
    ) -> frozenset[str]:
        """Which of the replaced functions the tests called, if all of them pass now; else nothing."""
        functions = {name: self._stand_ins.function(name) for name in suspects}
        self._stand_ins.called.clear()
        conversation, loaded = self._runner.load(self._submission, self._left)
        loaded = replace(loaded, functions={**loaded.functions, **dict.fromkeys(suspects, "ready")})
        try:
            for result in results:
                if not self._passes(result, conversation, loaded, functions):
                    return frozenset()
        finally:
            conversation.end()
            self._left = max(self._left - conversation.cpu, 0.0)
        return frozenset(self._stand_ins.called)

    def _passes(
        self,
        result: TestResult,
        conversation: Conversation,
        loaded: Loaded,
        functions: Mapping[str, Callable[..., Any]],
    ) -> bool:
        if not conversation.alive:
            return False
        runner, test = self._runner, result.test
        runner.beat(Step.SUBMISSION.phase(test.spec.id))
        run = TestRun(conversation, loaded, runner.suite.parameters)
        self._stand_ins.begin_test(runner)
        try:
            error = runner.replay(test, run, self._seed, runner.limits, functions)
        except (Lost, WireError):
            # Its worker did not survive, or did not answer to, the replacement.
            return False
        return error is None and run.lost is None and not self._stand_ins.lost

    def end(self) -> None:
        """End the reference's worker."""
        self._stand_ins.end()
