"""One pytest session over a hidden suite: collected once, then handed to whoever replays it."""

import os
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import Assignment
from grader.domains import Domain
from grader.errors import SuiteError
from grader.suite import plugin, replay
from grader.suite.place import Place
from grader.suite.plugin import REPLAY
from grader.suite.reference import Solution, load_domains, load_solution, parameters, withheld
from grader.suite.replay import SEED, SPEC, Replay
from grader.suite.seeds import derive_rng
from grader.suite.spec import check_points, read_spec
from grader.suite.student import Student

#: What pytest reads from the environment; a grading session is the same for everybody.
_STEERING = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD")


@dataclass
class Suite:
    """A collected suite and everything its tests need; a public one has neither reference nor domains."""

    place: Place
    tests: Sequence[Replay]
    student: Student
    solution: Solution | None
    domains: dict[str, Domain]
    parameters: dict[str, tuple[str, ...]]

    @property
    def assignment(self) -> Assignment:
        """The assignment that it belongs to."""
        return self.place.assignment


class _Fixtures:
    """What the plugin's fixtures give to the tests that need pytest's own protocol."""

    def __init__(
        self, student: Student, solution: Solution | None, domains: dict[str, Domain]
    ) -> None:
        self.student = student
        self._solution = solution
        self._domains = domains

    @property
    def solution(self) -> Solution:
        if self._solution is None:
            raise withheld()
        return self._solution

    def rng(self, item: pytest.Item) -> np.random.Generator:
        return derive_rng(item.stash[SEED], item.stash[SPEC].id)

    def domain(self, item: pytest.Item) -> Domain | None:
        return self._domains.get(item.stash[SPEC].function)


class _Collector:
    """The pytest plugin of such a session: it replaces the run loop."""

    def __init__(self, place: Place, work: Callable[[Suite], None]) -> None:
        self.place = place
        self.work = work
        hidden = place.visibility == "hidden"
        self.student = Student()
        self.solution = load_solution(place.assignment) if hidden else None
        self.domains = load_domains(place.assignment) if hidden else {}
        self.collect_errors: list[str] = []
        self.error: BaseException | None = None
        self.collected = False

    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[REPLAY] = _Fixtures(self.student, self.solution, self.domains)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.collect_errors.append(
                f"{report.nodeid}: {str(report.longrepr).strip().splitlines()[-1]}"
            )

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """A file that ends the process, for example; told once, by whoever asked for the suite."""
        last, error = excinfo.traceback[-1], excinfo.value
        place = f"{Path(last.path).name}:{last.lineno + 1}"
        self.collect_errors.append(f"{place}: {type(error).__name__}: {error}")
        return True

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        try:
            if self.collect_errors:
                raise SuiteError(self.refusal())
            suite = self._suite(session)
            self.collected = True
            with warnings.catch_warnings():
                # A test's own arithmetic may warn; nobody who grades should read that between the reports.
                warnings.showwarning = _unseen
                self.work(suite)
        except BaseException as error:
            self.error = error
        return True

    def refusal(self) -> str:
        what = f"the {self.place.visibility} suite of {self.place.assignment.name}"
        return f"{what} cannot be collected: " + "; ".join(self.collect_errors)

    def _suite(self, session: pytest.Session) -> Suite:
        place, assignment = self.place, self.place.assignment
        tests = []
        for item in session.items:
            spec = read_spec(item, item.nodeid.rpartition("/")[2], assignment, place.visibility)
            unknown = _unknown_fixtures(item)
            if unknown:
                raise SuiteError(f"{spec.id}: there is no fixture {' or '.join(unknown)}")
            wanted = getattr(item, "fixturenames", ())
            if self.solution is None and "solution" in wanted:
                raise withheld(spec.id)
            if "domain" in wanted and spec.function not in self.domains:
                raise SuiteError(
                    f"{spec.id} draws from `domain`, and domains.py has none of {spec.function}"
                )
            constants: dict[str, Any] = {
                "student": self.student,
                "solution": self.solution,
                "domain": self.domains.get(spec.function),
            }
            tests.append(Replay(spec, item, constants))
        if place.visibility == "hidden":
            check_points([test.spec for test in tests], assignment)
        names = {} if self.solution is None else parameters(self.solution)
        return Suite(place, tests, self.student, self.solution, self.domains, names)


def _unknown_fixtures(item: pytest.Item) -> list[str]:
    """The fixtures that a test asks for and nobody gives."""
    info = getattr(item, "_fixtureinfo", None)
    if info is None:
        return []
    known = {"request", *info.name2fixturedefs, *getattr(item, "funcargs", ())}
    if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
        known |= set(item.callspec.params)
    return [name for name in info.names_closure if name not in known]


def _unseen(*_: object, **__: object) -> None:
    """`warnings.showwarning` while a suite runs."""


def with_suite(place: Place, work: Callable[[Suite], None]) -> None:
    """Collect a suite and call `work` with it, inside the pytest session.

    Raises SuiteError when the suite cannot be collected or its points do not add up, and whatever `work` raises.
    """
    collector = _Collector(place, work)
    before = {name: os.environ.pop(name, None) for name in _STEERING}
    writes_bytecode = sys.dont_write_bytecode
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = True
    arguments = [
        str(place.folder),
        f"--rootdir={place.folder}",
        # A conftest.py above the suite is about something else.
        f"--confcutdir={place.folder}",
        "-c",
        os.devnull,
        "--import-mode=importlib",
    ]
    for name in (
        "no:cacheprovider",
        "no:terminal",
        "no:logging",
        "no:faulthandler",
        # What a grading session has no use for, and would load at each start.
        "no:doctest",
        "no:pastebin",
        "no:setuponly",
        "no:setupplan",
        "no:stepwise",
    ):
        arguments += ["-p", name]
    try:
        code = pytest.main(
            [*arguments, "--grader-replay", "-s"], plugins=[collector, replay, plugin]
        )
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        sys.dont_write_bytecode = writes_bytecode
        _forget_tests(place.folder)
    if collector.error is not None:
        raise collector.error
    if not collector.collected:
        collector.collect_errors = collector.collect_errors or [
            f"see above (exit code {int(code)} of pytest)"
        ]
        raise SuiteError(collector.refusal())


def _forget_tests(folder: Path) -> None:
    """Let no file of this suite be taken for the one of that name in another: pytest imports each name once."""
    inside = f"{folder}{os.sep}"
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.startswith(inside):
            del sys.modules[name]
