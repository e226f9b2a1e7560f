"""Plain `pytest` over suites: the same tests and worker as in grading, one run, no points kept."""

import traceback
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.domains import Domain
from grader.errors import GraderError, UsageError
from grader.manifests import Limits
from grader.sandbox.process import Setup
from grader.sandbox.records import Loaded
from grader.sandbox.remote import Conversation
from grader.sandbox.subprocesses import PlainSpawner
from grader.suite.exceptions import StudentError, WorkerLost
from grader.suite.inprocess import InProcessRun, import_modules
from grader.suite.place import Place, place_of
from grader.suite.reference import (
    Solution,
    blamed_on_given,
    load_domains,
    load_solution,
    parameters,
    sources,
    withheld,
)
from grader.suite.seeds import derive_rng
from grader.suite.spec import TestSpec, read_spec
from grader.suite.student import Student, TestRun


class _CurrentSolution:
    """`solution` in a session that may run the suites of several assignments."""

    def __init__(self, runs: "PlainRuns") -> None:
        self._runs = runs

    def __getattr__(self, name: str) -> Any:
        return getattr(self._runs.current().solution(), name)


class PlainSuite:
    """One suite of a plain run, with the worker that serves it."""

    def __init__(self, place: Place, student: Path | None, in_process: bool) -> None:
        self.place = place
        self._student = student or place.default_student
        self._in_process = in_process
        self._solution: Solution | None = None
        self._conversation: Conversation | None = None
        self._loaded: Loaded | None = None
        self._functions: dict[str, Any] | None = None
        self._domains: dict[str, Domain] | None = None

    def solution(self) -> Solution:
        """The reference. Raises SuiteError in a public suite, which students have without it."""
        if self.place.visibility == "public":
            raise withheld()
        if self._solution is None:
            self._solution = load_solution(self.place.assignment)
        return self._solution

    def domain(self, function: str) -> Domain | None:
        """The domain of a function, if it has one."""
        if self._domains is None:
            self._domains = load_domains(self.place.assignment)
        return self._domains.get(function)

    def run(self) -> TestRun:
        """A fresh run against the module under test, in a worker that is started when it is first wanted."""
        names = parameters(self.solution()) if self.place.visibility == "hidden" else {}
        if self._in_process:
            if self._functions is None:
                self._functions = import_modules(self.place, self._files())
            return InProcessRun(self._functions, names)
        if self._conversation is None or not self._conversation.alive:
            self._start()
        assert self._conversation is not None
        assert self._loaded is not None
        return TestRun(self._conversation, self._loaded, names)

    def _files(self) -> dict[str, bytes]:
        if self._student.is_dir():
            return sources(self._student)
        if not self._student.is_file():
            raise UsageError(f"--student: there is no {self._student}")
        return {self.place.assignment.manifest.modules[0]: self._student.read_bytes()}

    def _start(self) -> None:
        assignment = self.place.assignment
        manifest = assignment.manifest
        setup = Setup(self.place.given if self.place.given.is_dir() else None, manifest.allow)
        with blamed_on_given(self.place):
            self._conversation = Conversation(PlainSpawner(setup).spawn(), manifest.limits)
        graded = {name: assignment.module_of(name) for name in assignment.functions}
        self._loaded = self._conversation.load(
            self._files(), manifest.modules, graded, manifest.allow
        )

    def close(self) -> None:
        """End the worker."""
        if self._conversation is not None:
            self._conversation.end()


class PlainRuns:
    """All suites of one pytest session."""

    def __init__(self, student: str | None, in_process: bool) -> None:
        self.student = Student()
        self.solution = _CurrentSolution(self)
        self._path = None if student is None else Path(student)
        self._in_process = in_process
        self._suites: dict[Path, PlainSuite] = {}
        #: The suite in which a folder of tests lies; asked for each test, and manifests are read to answer.
        self._found: dict[Path, PlainSuite | None] = {}
        self._specs: dict[str, tuple[TestSpec, PlainSuite]] = {}
        self._run: TestRun | None = None
        self._item: pytest.Item | None = None
        self._passed: dict[str, bool] = {}

    def take(self, item: pytest.Item) -> None:
        """Take a collected test in if it lies in a suite."""
        try:
            suite = self._suite_of(item.path.parent)
            if suite is None:
                return
            test_id = item.nodeid.rpartition("/")[2]
            spec = read_spec(item, test_id, suite.place.assignment, suite.place.visibility)
            self._specs[item.nodeid] = spec, suite
        except GraderError as error:
            raise pytest.UsageError(str(error)) from error

    def _suite_of(self, tests: Path) -> PlainSuite | None:
        if tests not in self._found:
            place = place_of(tests)
            if place is None:
                self._found[tests] = None
            else:
                new = PlainSuite(place, self._path, self._in_process)
                self._found[tests] = self._suites.setdefault(place.folder, new)
        return self._found[tests]

    def current(self) -> PlainSuite:
        """The suite of the test that runs."""
        if self._item is None:
            raise RuntimeError("used outside a test")
        return self._specs[self._item.nodeid][1]

    def rng(self, item: pytest.Item) -> np.random.Generator:
        """The generator of a test; without a course secret its seed is the assignment's version."""
        if item.nodeid not in self._specs:
            return derive_rng("", item.nodeid)
        spec, suite = self._specs[item.nodeid]
        return derive_rng(suite.place.assignment.manifest.version, spec.id)

    def domain(self, item: pytest.Item) -> Domain | None:
        """The domain of the function that a test belongs to."""
        spec, suite = self._specs[item.nodeid]
        return suite.domain(spec.function)

    @contextmanager
    def running(self, item: pytest.Item) -> Iterator[None]:
        """Attach the student to this test."""
        if item.nodeid not in self._specs:
            yield
            return
        suite = self._specs[item.nodeid][1]
        self._item = item
        try:
            self._run = suite.run()
        except GraderError as error:
            raise pytest.UsageError(str(error)) from error
        limits = suite.place.assignment.manifest.limits
        self._run.begin(Limits(**limits.model_dump()))
        self.student.attach(self._run)
        try:
            yield
        finally:
            self.student.attach(None)
            self._run = self._item = None

    def amend(
        self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport
    ) -> None:
        """Correct the report of a test that lost its worker, and shorten those whose traceback tells nothing."""
        if item.nodeid not in self._specs or self._run is None:
            return
        if call.when == "call":
            self._passed[item.nodeid] = report.passed and self._run.lost is None
            if self._run.printed:
                report.sections.append(("printed by the submission", "".join(self._run.printed)))
        if self._run.lost is not None and call.when == "call":
            report.outcome = "failed"
            report.longrepr = f"{self._run.lost}: {self._run.message}"
        elif call.excinfo is not None and isinstance(call.excinfo.value, StudentError):
            report.longrepr = _student_traceback(call.excinfo.value)
        elif call.excinfo is not None and isinstance(call.excinfo.value, WorkerLost):
            report.longrepr = str(call.excinfo.value)

    def summary(self) -> list[str]:
        """A line for each function: points where the suite has them, else how many tests passed."""
        lines = []
        for suite in self._suites.values():
            by_function: dict[str, list[tuple[TestSpec, bool]]] = defaultdict(list)
            for nodeid, (spec, owner) in self._specs.items():
                if owner is suite and nodeid in self._passed:
                    by_function[spec.function].append((spec, self._passed[nodeid]))
            if not by_function:
                continue
            lines.append(f"{suite.place.assignment.name}, {suite.place.visibility} tests:")
            for function, results in by_function.items():
                lines.append(f"  {function:<40} {_score(results)}")
            if self._in_process:
                lines.append(
                    "  run in this process: grading runs it in a sandbox, where results may differ"
                )
            elif suite.place.visibility == "public":
                lines.append("  these are the public tests; grading also runs hidden ones")
        return lines

    def close(self) -> None:
        """End every worker."""
        for suite in self._suites.values():
            suite.close()


def _score(results: list[tuple[TestSpec, bool]]) -> str:
    total = sum(spec.points for spec, _ in results)
    if total:
        return f"{sum(spec.points for spec, passed in results if passed):5g} of {total:g} points"
    return f"{sum(passed for _, passed in results):5d} of {len(results)} tests passed"


def _student_traceback(error: StudentError) -> str:
    raised = error.raised
    frames = [
        traceback.FrameSummary(file, line, function, line=text)
        for file, line, function, text in raised.frames
    ]
    return "".join(traceback.format_list(frames)) + f"{raised.type}: {raised.message}"
