"""What tests hold: `student`, whose functions are calls into a worker, and the run of one test that they belong to."""

import builtins
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.manifests import Limits
from grader.models import Verdict
from grader.sandbox.question import Question
from grader.sandbox.records import Loaded, Path, Reply
from grader.sandbox.remote import Conversation
from grader.suite.exceptions import WorkerLost, to_exception

_LOST = {"timeout": Verdict.TIMEOUT, "killed": Verdict.KILLED, "refused": Verdict.REFUSED}
_STATES = {
    "stub": "is not written yet",
    "missing": "is missing",
    "not callable": "is not a function",
}


@dataclass(slots=True)
class CallRecord:
    """One call of a test: the arguments as they were sent, and what became of it."""

    function: str
    arguments: bytes
    errstate: Mapping[str, str] | None
    reply: Reply


@dataclass(frozen=True)
class LastCall:
    """What `unchanged` and `no_alias` assert on: the arguments that the most recent call changed or returned."""

    changed: tuple[str, ...]
    aliased: tuple[str, ...]


@dataclass
class TestRun:
    """One test against one worker: what it called, and what decides its verdict besides the test's own exception."""

    __test__ = False

    conversation: Conversation
    loaded: Loaded
    #: Parameter names of each graded function, by which changed arguments are called.
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lost: Verdict | None = None
    message: str = ""
    calls: list[CallRecord] = field(default_factory=list)
    warned: list[tuple[str, str, int | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    #: The filters in force when the test began; others mean that the test watches warnings.
    filters: Any = None
    #: The calls of an earlier run, whose replies hold for the same calls: the submission keeps nothing between them.
    known: Sequence[CallRecord] = ()

    def begin(self, limits: Limits) -> None:
        """Start the test's clock."""
        self.conversation.begin_test(limits)
        self.filters = warnings.filters

    def call(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        errstate: Mapping[str, str] | None,
    ) -> Any:
        """Call a function of the submission; its exception is raised here, a lost worker ends the test."""
        if self.lost is not None:
            raise WorkerLost(self.message)
        state = self.loaded.functions.get(name)
        if state is None:
            raise AttributeError(f"{name} is not a graded function of this assignment")
        if state != "ready":
            self._lose(Verdict.BLOCKED, f"{name} {_STATES[state]}")
        question = self.conversation.question(name, args, kwargs, errstate)
        recalled = self._recalled(name, question, errstate) if self.known else None
        reply = recalled or self.ask(question)
        self.calls.append(CallRecord(name, question.arguments, errstate, reply))
        if reply.output:
            self.printed.append(reply.output)
        if reply.notes:
            self.notes.extend(reply.notes)
        if reply.warnings:
            self._warn(reply)
        if reply.kind in _LOST:
            self._lose(_LOST[reply.kind], f"{name}: {reply.message}")
        if reply.callback_error is not None:
            raise reply.callback_error
        if reply.raised is not None:
            raise to_exception(reply.raised)
        return reply.value

    def ask(self, question: Question) -> Reply:
        """Put a question to the worker."""
        return self.conversation.ask(question)

    def _recalled(
        self, name: str, question: Question, errstate: Mapping[str, str] | None
    ) -> Reply | None:
        """The reply to the same call in an earlier run."""
        number = len(self.calls)
        if number >= len(self.known) or question.alone or question.generators:
            return None
        record = self.known[number]
        if (record.function, record.arguments, record.errstate) != (
            name,
            question.arguments,
            errstate,
        ):
            return None
        return self.conversation.repeat(record.reply)

    def _warn(self, reply: Reply) -> None:
        self.warned.extend(reply.warnings)
        if warnings.filters is not self.filters:
            for category, message, _ in reply.warnings:
                kind = vars(builtins).get(category)
                known = isinstance(kind, type) and issubclass(kind, Warning)
                warnings.warn(message, kind if known else UserWarning, stacklevel=4)

    def _lose(self, verdict: Verdict, message: str) -> None:
        if self.lost is None:
            # What a call within a call-back lost is not lost again by the call around it.
            self.lost, self.message = verdict, message
        raise WorkerLost(message)

    def last(self, name: str) -> LastCall | None:
        """The most recent call of a function, or None."""
        for record in reversed(self.calls):
            if record.function == name:
                names = self.parameters.get(name, ())
                return LastCall(
                    tuple(_spell(path, names) for path in record.reply.changed),
                    tuple(_spell(path, names) for path in record.reply.aliased),
                )
        return None


def _spell(path: Path, names: tuple[str, ...]) -> str:
    """`(0, 1)` with parameters `("X", "w")` is `X[1]`."""
    first, *rest = path
    start = names[first] if isinstance(first, int) and first < len(names) else f"argument {first}"
    return str(start) + "".join(f"[{part!r}]" for part in rest)


class StudentFunction:
    """A function of the submission; calling it is a call into the worker."""

    def __init__(self, student: "Student", name: str) -> None:
        self._student = student
        #: Passed as an argument, this is the submission's own function, not a call-back.
        self.own_name = name
        self.__name__ = name

    def __repr__(self) -> str:
        return f"student.{self.own_name}"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the worker; its exception is raised here."""
        __tracebackhide__ = True
        return self._student.run.call(self.own_name, args, kwargs, self._student.errstate)

    @property
    def last(self) -> LastCall | None:
        """The most recent call in this test."""
        return self._student.run.last(self.own_name)


class Student:
    """The submission as tests see it: one object for the whole session, whose worker is swapped underneath."""

    def __init__(self) -> None:
        self._run: TestRun | None = None
        self.errstate: Mapping[str, str] | None = None

    def __repr__(self) -> str:
        return "student"

    @property
    def run(self) -> TestRun:
        """The test that is running."""
        if self._run is None:
            raise RuntimeError("student is used outside a test")
        return self._run

    def attach(self, run: TestRun | None) -> None:
        """Make calls belong to this test."""
        self._run = run

    def under(self, *, errstate: Mapping[str, str]) -> "Student":
        """The same submission, its calls made under this `numpy.errstate` in the worker."""
        return _Under(self, dict(errstate))

    def __getattr__(self, name: str) -> StudentFunction:
        if name.startswith("_"):
            raise AttributeError(name)
        # Found as an attribute from now on.
        function = self.__dict__[name] = StudentFunction(self, name)
        return function


class _Under(Student):
    def __init__(self, student: Student, errstate: Mapping[str, str]) -> None:
        super().__init__()
        self._student = student
        self.errstate = errstate

    @property
    def run(self) -> TestRun:
        """The test that is running."""
        return self._student.run
