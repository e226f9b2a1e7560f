"""The red team's small course with hidden suites of a test's own; and its runner without the processes around it."""

import warnings
from collections.abc import Iterable

from grader import grading
from grader.course import Assignment
from grader.models import GradeReport, Submission, SuiteDigests
from grader.redteam.course import IMPORTS, REFERENCE, SCALED, STUB, TOTAL, write_course
from grader.sandbox.process import Spawner
from grader.suite.place import hidden_place
from grader.suite.results import Run
from grader.suite.runner import Runner
from grader.suite.session import Suite, with_suite

__all__ = [
    "DOMAINS",
    "IMPORTS",
    "REFERENCE",
    "SCALED",
    "STUB",
    "TOTAL",
    "hidden_suite",
    "report_of",
    "run_suite",
    "submission",
    "write_course",
]

#: A domain for each function, with which failures are diagnosed.
DOMAINS = """\
from grader import domain

@domain(tolerance="T1")
def total(rng, size):
    return (rng.integers(-5, 6, size.n) * 1.0 if size.integers else rng.normal(size=size.n),)

@domain()
def scaled(rng, size):
    return rng.normal(size=(size.n, size.d)), float(rng.uniform(2, 3))
"""


def hidden_suite(tests: str) -> dict[str, str]:
    """A hidden suite in which the points lie on trivial tests, and `tests` (without points) are under examination."""
    text = (
        IMPORTS
        + 'pytestmark = pytest.mark.function("total")\n\n'
        + "@pytest.mark.points(1)\ndef test_points(student):\n    pass\n\n"
        + tests
    )
    points = (("value", 2), ("edge", 1), ("property", 0.5), ("contract", 0.5))
    others = IMPORTS + "".join(
        f'@pytest.mark.function("scaled")\n@pytest.mark.group("{group}")\n@pytest.mark.points({worth})\n'
        f"def test_{group}():\n    pass\n\n"
        for group, worth in points
    )
    return {"test_total.py": text, "test_scaled.py": others}


def submission(total: str = "    return float(sum(v))", student: str = "ann") -> Submission:
    """A submission in which the body of `total` is this and `scaled` is right."""
    scaled = "def scaled(X, factor):\n    return np.asarray(X, dtype=float) * factor\n"
    text = f"import numpy as np\ndef total(v):\n{total}\n\n{scaled}"
    return Submission(student, {"small": text.encode()})


def run_suite(
    assignment: Assignment, submissions: Iterable[Submission], spawner: Spawner, seed: str = "seed"
) -> list[Run]:
    """Grade submissions one after another in one session."""
    runs: list[Run] = []

    def work(suite: Suite) -> None:
        runner = Runner(suite, spawner, assignment.manifest.limits)
        try:
            runs.extend(runner.run(each, seed) for each in submissions)
        finally:
            runner.close()

    with warnings.catch_warnings():
        # As in a process of its own.
        warnings.simplefilter("default")
        with_suite(hidden_place(assignment), work)
    return runs


def report_of(assignment: Assignment, submission: Submission, run: Run) -> GradeReport:
    """The report of a run."""
    return grading.report(
        assignment, submission, run, seed="seed", isolation="none", digests=SuiteDigests("", "", "")
    )
