"""Runs the public suite on a student's own machine, with the same worker and runner as grading, but no sandbox."""

import contextlib
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np

from grader import grading
from grader.course import ASSIGNMENT_FILE, Course, governing_manifest
from grader.diagnose import paste
from grader.errors import CourseError, UsageError
from grader.exchange.folders import read_submission
from grader.manifests import Limits
from grader.models import Checked, Submission, SuiteDigests, Verdict
from grader.sandbox.notebook import SUFFIX
from grader.sandbox.process import Setup
from grader.sandbox.subprocesses import PlainSpawner
from grader.sandbox.wire import OBJECTS, Decoder, WireError
from grader.suite.place import Place, public_place
from grader.suite.reference import blamed_on_given
from grader.suite.results import TestResult
from grader.suite.runner import Runner
from grader.suite.session import Suite, with_suite

_POLL = 0.4


def split_arguments(words: Sequence[str]) -> tuple[Path, tuple[str, ...]]:
    """`[PATH] [FUNCTION...]`: a first word that exists or looks like a path is one. Raises UsageError for a
    path that is none.
    """
    path = Path()
    functions = list(words)
    if words:
        first = Path(words[0])
        if first.exists():
            path, functions = first, functions[1:]
        elif not words[0].isidentifier():
            raise UsageError(f"there is no {words[0]}")
    path = path.resolve()
    manifest = governing_manifest(path if path.is_dir() else path.parent)
    if manifest is None:
        raise UsageError(
            f"no {ASSIGNMENT_FILE} in {path} or above: change into the folder of an assignment"
            + _assignments_below(path)
        )
    return manifest.parent, tuple(functions)


def _assignments_below(path: Path) -> str:
    """The folders of assignments that whoever stands one too high may mean."""
    found = [
        file.parent.relative_to(path).as_posix()
        for pattern in (f"*/{ASSIGNMENT_FILE}", f"assignments/*/{ASSIGNMENT_FILE}")
        for file in sorted(path.glob(pattern))
    ]
    return f"; here are: {', '.join(found)}" if found else ""


def check_once(folder: Path, functions: Sequence[str]) -> Checked:
    """Check the work in an assignment folder once."""
    found: list[Checked] = []

    def work(check: Callable[[], Checked]) -> None:
        found.append(check())

    _with_check(folder, functions, work)
    return found[0]


def check_watching(
    folder: Path,
    functions: Sequence[str],
    show: Callable[[Checked], None],
    meanwhile: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> None:
    """Check now and after every change, until interrupted; `meanwhile` is held while a check runs."""

    def work(check: Callable[[], Checked]) -> None:
        before: object = None
        while True:
            now = _state(folder)
            if now != before:
                try:
                    with meanwhile():
                        checked = check()
                except (CourseError, UsageError):
                    # Editors replace a file by another, and for a moment there is none.
                    if before is None:
                        raise
                else:
                    before = now
                    show(checked)
            time.sleep(_POLL)

    _with_check(folder, functions, work)


def _state(folder: Path) -> list[tuple[str, int, int]]:
    """What tells whether a student's files changed."""
    found = []
    for file in sorted([*folder.glob("*.py"), *folder.glob(f"*{SUFFIX}")]):
        # As above.
        with contextlib.suppress(FileNotFoundError):
            stat = file.stat()
            found.append((file.name, stat.st_mtime_ns, stat.st_size))
    return found


def _with_check(
    folder: Path, functions: Sequence[str], work: Callable[[Callable[[], Checked]], None]
) -> None:
    place = public_place(folder)
    unknown = sorted(set(functions) - set(place.assignment.functions))
    if unknown:
        meant = [
            near for name in unknown if (near := grading.nearest(name, place.assignment.functions))
        ]
        raise UsageError(
            f"{place.assignment.name} has no function {', '.join(unknown)}; "
            + (
                f"did you mean {', '.join(meant)}?"
                if len(meant) == len(unknown)
                else f"it has: {', '.join(place.assignment.functions)}"
            )
        )
    manifest = place.assignment.manifest
    setup = Setup(place.given if place.given.is_dir() else None, manifest.allow)
    warnings = version_warnings(folder)
    spawner = PlainSpawner(setup)

    def with_tests(suite: Suite) -> None:
        if functions:
            suite.tests = [test for test in suite.tests if test.spec.function in functions]
        runner = Runner(suite, spawner, _limits(manifest.limits))
        work(lambda: _check(place, runner, warnings))

    try:
        with blamed_on_given(place):
            with_suite(place, with_tests)
    finally:
        spawner.close()


def _limits(limits: Limits) -> Limits:
    """Half of what a course allows: a timeout is confirmed with twice that, and nobody wants to wait for more."""
    return limits.model_copy(update={"call": limits.call / 2, "test": limits.test / 2})


def _check(place: Place, runner: Runner, warnings: tuple[str, ...]) -> Checked:
    start = time.perf_counter()
    submission = _work(place)
    seed = grading.derive_seed(None, place.assignment, submission.student)
    run = runner.run(submission, seed)
    report = grading.report(
        place.assignment,
        submission,
        run,
        seed=seed,
        isolation="none",
        digests=SuiteDigests("", "", ""),
    )
    wanted = {outcome.function for outcome in report.outcomes}
    functions = tuple(name for name in place.assignment.functions if name in wanted)
    return Checked(
        title=place.assignment.manifest.title,
        functions=functions,
        load=report.load,
        outcomes=report.outcomes,
        seconds=time.perf_counter() - start,
        warnings=warnings,
        calls={
            result.test.spec.id: call
            for result in run.results
            if (call := _call(result)) is not None
        },
        stopped_at=_stopped_at(run.loaded.error, submission, place.assignment.manifest.modules),
    )


def _stopped_at(
    error: Mapping[str, Any] | None, submission: Submission, modules: Sequence[str]
) -> str:
    """The line of code at which reading a submission stopped, where it is known which file's it is."""
    if error is None:
        return ""
    text = str(error.get("text") or "")
    if not text and len(modules) == 1 and not error.get("cell"):
        lines = submission.files.get(modules[0], b"").decode("utf-8-sig", "replace").splitlines()
        text = "".join(lines[number - 1 : number]) if (number := error.get("line") or 0) else ""
    return text.strip()


def _work(place: Place) -> Submission:
    """The student's work, read as it is when it is graded. Raises UsageError where there is none."""
    folder, assignment = place.default_student, place.assignment
    work = read_submission("you", folder, assignment)
    if work.problem is not None:
        raise UsageError(f"this cannot be graded: {work.problem}")
    if not work.files:
        wanted = " and ".join(f"{name}.py" for name in assignment.manifest.modules)
        raise UsageError(f"there is no {wanted} in {folder}")
    return work


def _call(result: TestResult) -> str | None:
    """The call that made a test fail, as a line to paste, where it can be told and is short."""
    calls = list(result.calls)
    if result.pair is not None:
        compared = [call for call in calls if call.reply.value is result.pair[0]]
        calls = compared or calls
    elif result.verdict in (Verdict.RAISED, Verdict.TIMEOUT, Verdict.KILLED, Verdict.REFUSED):
        calls = calls[-1:]
    if len(calls) != 1:
        return None
    try:
        args, kwargs = Decoder(calls[0].arguments, OBJECTS).next()
        return paste.call(calls[0].function, args, kwargs, plain=False)
    except (paste.Unwritable, WireError, TypeError, ValueError):
        return None


def version_warnings(folder: Path) -> tuple[str, ...]:
    """Where this Python or numpy differs in its minor version from the course's."""
    try:
        manifest = Course.find(folder).manifest
    except CourseError:
        return ()
    here = {"python": platform.python_version(), "numpy": np.__version__}
    wanted = {"python": manifest.python, "numpy": manifest.numpy}
    return tuple(
        f"grading uses {name} {version}, here is {here[name]}: results may differ"
        for name, version in wanted.items()
        if version is not None and here[name].split(".")[:2] != version.split(".")[:2]
    )
