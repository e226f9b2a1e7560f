"""Runs tests side by side, so that the calls they wait for travel to the worker together.

Theory of operation. A call costs less than waking the process that makes it. So every test that needs no machinery of
pytest runs on a stack of its own (a greenlet) until it calls the submission; what many of them ask then goes over in
one frame, the worker answers in one, and each test runs on to its next call. Nothing is judged here, and nobody is
blamed: whatever is more than questions and answers (a lost worker, a call-back, output around `sys.stdout`, calls that
take too long) ends the attempt, and the tests that it interrupts count as not yet run.
"""

import math
import time
import warnings
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenlet import GreenletExit, getcurrent, greenlet

from grader.manifests import Limits
from grader.models import Verdict
from grader.sandbox.question import Question
from grader.sandbox.records import Loaded, Reply
from grader.sandbox.remote import Conversation
from grader.steps import Step
from grader.suite.exceptions import WorkerLost
from grader.suite.replay import Replay
from grader.suite.student import Student, TestRun

#: Tests in progress at once, and so calls in one exchange.
MAX_TOGETHER = 128


@dataclass(slots=True)
class Ended:
    """A test that came to its end, with an error or without."""

    run: TestRun
    error: BaseException | None
    cpu: float
    duration: float


class _Lane(TestRun):
    """One test in progress, on a stack of its own."""

    def __init__(
        self,
        test: Replay,
        seed: str,
        conversation: Conversation,
        loaded: Loaded,
        names: Mapping[str, Any],
    ) -> None:
        super().__init__(conversation, loaded, names)
        self.test = test
        self.seed = seed
        self.phase = Step.SUBMISSION.phase(test.spec.id)
        self.stack: greenlet
        self.question: Question
        self.error: BaseException | None = None
        self.cpu = 0.0
        self.duration = 0.0

    def ask(self, question: Question) -> Reply:
        """Wait until all others have come to a question, too."""
        if question.alone or getcurrent() is not self.stack or warnings.filters is not self.filters:
            # A test that watches warnings changed what holds for all, and must come to an end first.
            before = self.cpu - self.conversation.cpu
            try:
                return self.conversation.ask(question)
            finally:
                # With what calls within its call-backs took, which they have added already.
                self.cpu = before + self.conversation.cpu
                if printed := self.conversation.output():
                    self.printed.append(printed)
        reply: Reply = self.stack.parent.switch(question)  # type: ignore[union-attr]  # a lane has one
        return reply


class Stacks:
    """Stacks for tests, which are used again: taking the memory of one costs as much as a short test does."""

    def __init__(self) -> None:
        self._free: list[greenlet] = []

    def take(self) -> greenlet:
        """One that waits for the lane to run, in a context of its own."""
        while self._free:
            stack = self._free.pop()
            # It returns to where it was made, which may have been another thread.
            if stack.parent is getcurrent():
                stack.gr_context = None
                return stack
        stack = greenlet(_run_lanes)
        # With what it begins with, it stays.
        stack.switch()
        return stack

    def give_back(self, stack: greenlet) -> None:
        """Keep one whose test has ended."""
        if not stack.dead:
            self._free.append(stack)


def _run_lanes() -> None:
    """Run one test after another; between two of them, wait without holding on to anything of the last."""
    parent = getcurrent().parent
    assert parent is not None
    while True:
        lane = parent.switch(None)
        lane.error = lane.test.run(lane.seed)
        if isinstance(lane.error, GreenletExit):
            # Nobody waits for it any more.
            return
        del lane


class SideBySide:
    """The tests of one submission, as far as they can run together."""

    def __init__(
        self,
        student: Student,
        conversation: Conversation,
        beat: Callable[[str], None],
        stacks: Stacks,
    ) -> None:
        self._student = student
        self._stacks = stacks
        self._conversation = conversation
        self._beat = beat
        self._waiting: deque[_Lane] = deque()
        self._ended: dict[str, Ended] = {}

    def run(
        self,
        tests: Sequence[Replay],
        loaded: Loaded,
        names: Mapping[str, tuple[str, ...]],
        seed: str,
        limits: Limits,
    ) -> dict[str, Ended]:
        """The tests that ended, by id; all of them together may take the time of one."""
        conversation = self._conversation
        fresh = deque(_Lane(test, seed, conversation, loaded, names) for test in tests)
        if fresh:
            # What was written while loading is told with the first test.
            fresh[0].printed.append(conversation.output())
        conversation.begin_test(limits)
        try:
            while fresh or self._waiting:
                while fresh and len(self._waiting) < MAX_TOGETHER:
                    lane = fresh.popleft()
                    lane.filters = warnings.filters
                    lane.stack = self._stacks.take()
                    if not self._go_on(lane, lane):
                        return self._abandon()
                if self._waiting and not self._exchange():
                    return self._abandon()
        finally:
            self._student.attach(None)
        return self._ended

    def _exchange(self) -> bool:
        """Ask what all wait for, and let them run on; False where that is not possible."""
        conversation = self._conversation
        cpu, start = conversation.cpu, time.perf_counter()
        answers = conversation.ask_together([lane.question for lane in self._waiting])
        if answers is None or conversation.output():
            return False
        cpu, duration = conversation.cpu - cpu, time.perf_counter() - start
        shares = _shares([seconds for _, seconds in answers])
        for (reply, _), share in zip(answers, shares, strict=True):
            # Whose answer is here waits until it runs on: should another lose the worker first, it is ended, too.
            lane = self._waiting.popleft()
            lane.cpu += cpu * share
            lane.duration += duration * share
            if not self._go_on(lane, reply):
                return False
        return True

    def _go_on(self, lane: _Lane, answer: Any) -> bool:
        """Let a test run to its next question or its end; False where it lost the worker."""
        self._beat(lane.phase)
        self._student.attach(lane)
        start = time.perf_counter()
        question = lane.stack.switch(answer)
        if question is None:
            self._stacks.give_back(lane.stack)
        if lane.lost is not None:
            return False
        lane.duration += time.perf_counter() - start
        if question is None:
            self._ended[lane.test.spec.id] = Ended(lane, lane.error, lane.cpu, lane.duration)
        else:
            lane.question = question
            self._waiting.append(lane)
        return True

    def _abandon(self) -> dict[str, Ended]:
        """End what is in progress; the tests that ended before."""
        self._student.attach(None)
        self._conversation.end()
        for lane in self._waiting:
            lane.lost = Verdict.KILLED
            self._beat(lane.phase)
            lane.stack.throw(WorkerLost("the tests run one by one"))
            self._stacks.give_back(lane.stack)
        return self._ended


def _shares(claimed: Sequence[float]) -> list[float]:
    """The part of the whole that each took, as the worker claims, or the same for all where it claims nonsense."""
    total = sum(claimed)
    if not (0 < total < math.inf) or min(claimed) < 0:
        return [1 / len(claimed)] * len(claimed)
    return [seconds / total for seconds in claimed]
