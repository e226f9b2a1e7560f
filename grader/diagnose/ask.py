"""Calls a student's functions for diagnosis: in fresh workers, confined and limited as in grading, and not for long."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from grader.diagnose.answers import Answer, from_reply
from grader.diagnose.perform import copied, counts, untouched
from grader.errors import GraderError
from grader.manifests import Limits
from grader.sandbox.records import Loaded
from grader.sandbox.remote import Conversation

#: Makes a fresh worker that holds the submission; the number is the CPU time that it may use.
Start: TypeAlias = Callable[[float], tuple[Conversation, Loaded]]

#: CPU seconds of the student's code for one call, one function and one submission.
CALL_TIME: Final = 0.5
FUNCTION_TIME: Final = 1.5
SUBMISSION_TIME: Final = 6.0
#: Workers that one submission may use up.
WORKERS: Final = 6


class Spent(Exception):
    """The student's code has had its time, or has ended too many workers."""


class Asker:
    """One submission, ready to be asked."""

    def __init__(self, start: Start, limits: Limits) -> None:
        self._start = start
        self._limits = limits.model_copy(
            update={"call": min(limits.call, CALL_TIME), "test": min(limits.test, FUNCTION_TIME)}
        )
        self._left = min(SUBMISSION_TIME, limits.submission)
        self._workers = WORKERS
        self._conversation: Conversation | None = None
        self.calls = 0

    def begin(self) -> None:
        """Turn to the next function, which has its own time."""
        if self._conversation is not None and self._conversation.alive:
            self._conversation.begin_test(self._limits)

    def answer(
        self, function: str, args: tuple[Any, ...], errstate: Mapping[str, str] | None = None
    ) -> Answer:
        """What the student's function does with these arguments. Raises Spent."""
        conversation = self._worker()
        given = copied(args)
        self.calls += 1
        before = conversation.cpu
        reply, _ = conversation.call(function, given, {}, errstate)
        self._left -= max(conversation.cpu - before, 0.0)
        return from_reply(reply, counts(given), untouched(args, given))

    def end(self) -> None:
        """End the worker."""
        if self._conversation is not None:
            self._conversation.end()

    def _worker(self) -> Conversation:
        if self._left <= 0:
            raise Spent
        if self._conversation is None or not self._conversation.alive:
            if not self._workers:
                raise Spent
            self._workers -= 1
            try:
                self._conversation, _ = self._start(self._left)
            except GraderError as error:
                raise Spent from error
            self._conversation.begin_test(self._limits)
        return self._conversation
