"""A small course with a suite of the test's choice, and a forked worker to run it against."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.models import GradeReport, Submission
from grader.sandbox.process import Spawner
from grader.suite.results import TestResult
from tests.small_course import hidden_suite, report_of, run_suite, submission, write_course

Graded = Callable[..., TestResult]


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
