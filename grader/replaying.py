"""Runs one test for one stored submission again and shows the very calls it makes: for appeals, and for a debugger."""

import pdb  # noqa: T100  # what a person asks for
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from grader.course import Assignment
from grader.errors import UsageError
from grader.gradebook.waivers import resolve
from grader.models import GradeReport, Submission
from grader.sandbox.wire import OBJECTS, Decoder, WireError
from grader.suite.inprocess import InProcessRun, import_modules
from grader.suite.place import hidden_place
from grader.suite.replay import Replay
from grader.suite.runner import Runner
from grader.suite.session import Suite, with_suite
from grader.suite.student import CallRecord, TestRun
from grader.suite.wording import message_of
from grader.suite.workers import make_spawner

#: The longest text of one value.
_MAX_TEXT = 20_000


@dataclass(frozen=True)
class Call:
    """One call of a test: the function, its arguments, and what became of it, as text."""

    function: str
    arguments: tuple[str, ...]
    result: str


@dataclass(frozen=True)
class Replayed:
    """How a test ended this time, and its calls."""

    test: str
    passed: bool
    message: str
    calls: tuple[Call, ...]


def find_test(report: GradeReport, name: str) -> str:
    """The test of a report that a person means. Raises UsageError."""
    return resolve({outcome.test: outcome.max_points for outcome in report.outcomes}, name)


def replay(
    assignment: Assignment, submission: Submission, seed: str, test: str, *, confined: bool = True
) -> Replayed:
    """Run one test of a hidden suite against a submission in a fresh worker, with its seed."""
    made: list[Replayed] = []

    def work(suite: Suite) -> None:
        spawner = make_spawner(assignment, confined=confined)
        limits = assignment.manifest.limits
        runner = Runner(suite, spawner, limits)
        try:
            conversation, loaded = runner.load(submission, limits.submission)
            run = TestRun(conversation, loaded, suite.parameters)
            error = runner.replay(_named(suite, test), run, seed, limits)
            passed = error is None and run.lost is None
            message = (
                run.message if run.lost is not None else "" if error is None else message_of(error)
            )
            made.append(Replayed(test, passed, message, tuple(map(_shown, run.calls))))
            conversation.end()
        finally:
            runner.close()
            spawner.close()

    with_suite(hidden_place(assignment), work)
    return made[0]


def debug(
    assignment: Assignment,
    submission: Submission,
    seed: str,
    test: str,
    stop: Callable[[Any], None] = pdb.post_mortem,
) -> bool:
    """Run one test with the submission in this very process, outside any sandbox, and stop where it fails; whether it
    passed. Raises UsageError for a submission that has no such module.
    """
    folder = assignment.root / "submission"
    folder.mkdir()
    for name, data in submission.files.items():
        (folder / f"{Path(name).name}.py").write_bytes(data)
    place = replace(hidden_place(assignment), default_student=folder)
    passed: list[bool] = []

    def work(suite: Suite) -> None:
        run = InProcessRun(import_modules(place, submission.files), suite.parameters)
        suite.student.attach(run)
        try:
            error = _named(suite, test).run(seed)
        finally:
            suite.student.attach(None)
        passed.append(error is None)
        if error is not None:
            stop(error.__traceback__)

    with_suite(place, work)
    return passed[0]


def _named(suite: Suite, test: str) -> Replay:
    for each in suite.tests:
        if each.spec.id == test:
            return each
    raise UsageError(f"the suite has no test {test}")


def _shown(call: CallRecord) -> Call:
    """A call as text; what a submission returned is data, but may be huge."""
    try:
        args, kwargs = Decoder(call.arguments, OBJECTS).next()
        shown = [_text(value) for value in args]
        named: Mapping[str, Any] = kwargs
        shown += [f"{name}={_text(value)}" for name, value in named.items()]
    except (WireError, TypeError, ValueError):
        shown = ["arguments that cannot be written down"]
    reply = call.reply
    if reply.raised is not None:
        result = f"raised {reply.raised.type}: {reply.raised.message}"
    else:
        result = _text(reply.value) if reply.kind == "value" else reply.message
    return Call(call.function, tuple(shown), result)


def _text(value: Any) -> str:
    """A value with every digit."""
    with np.printoptions(threshold=2000, floatmode="unique", linewidth=100):
        text = f"{'np.' if isinstance(value, np.ndarray) else ''}{value!r}"
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "…"
