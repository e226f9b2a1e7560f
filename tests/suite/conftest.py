"""A small course with a suite of the test's choice, and a forked worker to run it against."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.models import GradeReport, Submission
from grader.sandbox.process import ForkServer, Setup, Spawner
from grader.suite.runner import TestResult
from tests.small_course import hidden_suite, report_of, run_suite, submission, write_course

Graded = Callable[..., TestResult]


@pytest.fixture(scope="session")
def forker() -> Iterator[Spawner]:
    """Forks workers without confining them: quick, and enough where the kernel's part is not under test."""
    pytest.importorskip("fcntl", reason="only where processes fork")
    server = ForkServer(Setup(None), confined=False)
    yield server
    server.close()


@pytest.fixture
def outcome(tmp_path: Path, forker: Spawner) -> Graded:
    """Runs a hidden test named `test_it` against a submission; its result."""

    def grade(
        tests: str, total: str = "    return float(sum(v))", name: str = "test_it"
    ) -> TestResult:
        assignment = write_course(tmp_path, hidden_suite(tests))
        (run,) = run_suite(assignment, [submission(total)], forker)
        return next(
            result for result in run.results if result.test.spec.id.partition("::")[2] == name
        )

    return grade


@pytest.fixture
def report(tmp_path: Path, forker: Spawner) -> Callable[..., GradeReport]:
    """Grades a submission with the default suite or another; its report."""

    def grade(submitted: Submission, hidden: dict[str, str] | None = None) -> GradeReport:
        assignment = write_course(tmp_path, hidden)
        (run,) = run_suite(assignment, [submitted], forker)
        return report_of(assignment, submitted, run)

    return grade
