"""A function diagnosed without a worker: what would be asked of a student's function is asked of one of ours."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from grader.diagnose.answers import Answer
from grader.diagnose.bench import Bench
from grader.diagnose.examination import Examination
from grader.diagnose.judge import Judge
from grader.diagnose.perform import perform
from grader.diagnose.record import Failure
from grader.domains import Domain, Size
from grader.mistakes import Mistake
from grader.models import Finding
from grader.sandbox.records import Reply
from grader.sandbox.wire import Encoder

Drawer = Callable[[np.random.Generator, Size], tuple[Any, ...]]


class Direct:
    """Asks a function of this process, and counts."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.calls = 0

    def answer(
        self, function: str, args: tuple[Any, ...], errstate: Mapping[str, str] | None = None
    ) -> Answer:
        self.calls += 1
        return perform(self._function, args, errstate, watch=True)


def judge(
    reference: Callable[..., Any],
    drawer: Drawer,
    tolerance: str | None = "T0",
    siblings: Mapping[str, Callable[..., Any]] | None = None,
    mistakes: Sequence[Mistake] = (),
) -> Judge:
    """The judge of a function whose right version is `reference`."""
    name = reference.__name__
    bench = Bench(name, reference, Domain(name, drawer, tolerance), siblings or {}, tuple(mistakes))
    return Judge(bench)


@cache
def judge_of(reference: Callable[..., Any], drawer: Drawer) -> Judge:
    """The judge of a function with nothing beside it, made once."""
    return judge(reference, drawer)


def findings(judged: Judge, wrong: Callable[..., Any]) -> tuple[Finding, ...]:
    """What is said of a value test that fails because of `wrong`."""
    function = judged.bench.function
    examination = Examination(judged, Direct(wrong), lambda *_: Answer(lost="timeout"))  # type: ignore[arg-type]  # as an Asker
    examination.run([Failure("test", function, "value", ())])
    return examination.findings().get("test", ())


class Recorded:
    """One call of a failing test, as the record holds it."""

    errstate = None

    def __init__(self, name: str, function: Callable[..., Any], *args: Any) -> None:
        answer = Direct(function).answer(name, args)
        encoder = Encoder(references=True)
        encoder.add_arguments(args, {})
        self.function = name
        self.arguments = encoder.payload()
        self.reply = Reply(
            "value" if answer.returned else "raised",
            value=answer.value,
            raised=answer.raised,
            changed=answer.changed,
            aliased=answer.aliased,
        )


def told_of(judged: Judge, wrong: Callable[..., Any], *args: Any) -> tuple[Finding, ...]:
    """What is said of an edge test that makes this one call."""
    bench = judged.bench

    def reference(function: str, args: tuple[Any, ...], errstate: Any) -> Answer:
        return Direct(bench.reference).answer(function, args)

    examination = Examination(judged, Direct(wrong), reference)  # type: ignore[arg-type]  # as an Asker
    call = Recorded(bench.function, wrong, *args)
    examination.run([Failure("test", bench.function, "edge", (call,))])
    return examination.findings().get("test", ())


def only(found: tuple[Finding, ...]) -> Finding:
    """The one finding that there should be."""
    (one,) = found
    return one


def mistake_of(function: Callable[..., Any], id: str, stands_for: str) -> Mistake:
    """A listed mistake, as it is read from a file."""
    source = inspect.getsource(function)
    return Mistake(
        stands_for, function.__name__, "", source, frozenset(), id, "Think of it.", "quite wrong"
    )
