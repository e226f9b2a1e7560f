"""A course that grades in milliseconds, written into a folder; and its runner without the processes around it.

Two functions: `total(v)`, the sum of a vector, and `scaled(X, factor)`. A test writes the hidden suite
that it wants, or takes the default one.
"""

import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader import grading
from grader.course import Assignment, Course
from grader.models import GradeReport, Submission
from grader.sandbox.process import Spawner
from grader.suite.place import hidden_place
from grader.suite.runner import Run, Runner
from grader.suite.session import Suite, with_suite

REFERENCE = '''\
"""The functions of a small course."""

import numpy as np


def total(v):
    """Return the sum of a vector."""
    v = np.asarray(v, dtype=float)
    if v.ndim != 1:
        raise ValueError("v must have shape (n,)")
    return float(v.sum())


def scaled(X, factor):
    """Return a new array, X times factor."""
    return np.asarray(X, dtype=float) * factor
'''
STUB = '''\
"""The functions of a small course."""


def total(v):
    """Return the sum of a vector."""
    raise NotImplementedError


def scaled(X, factor):
    """Return a new array, X times factor."""
    raise NotImplementedError
'''
MANIFEST = """\
schema = 1
name = "small"
title = "A small assignment"
modules = ["small"]

[[functions]]
name = "total"
points = {total}
edge = false

[[functions]]
name = "scaled"
points = {scaled}

[limits]
call = 0.2
test = 0.4
load = 0.6
submission = 5
memory = 268435456
"""
COURSE = """\
schema = 1
name = "Small course"

[[assignments]]
name = "small"
"""
IMPORTS = """\
import numpy as np
import pytest
from grader import Size, assert_close, assert_exact, no_alias, unchanged

"""
#: The hidden suite of `total` (1 point) and of `scaled` (4 points).
TOTAL = (
    IMPORTS
    + """\
pytestmark = pytest.mark.function("total")

@pytest.mark.points(0.5)
def test_agrees_with_the_reference(student, solution, rng):
    for _ in range(3):
        v = rng.normal(size=5)
        assert_close(student.total(v), solution.total(v), "T1")

@pytest.mark.points(0.5)
def test_one_two_three(student):
    assert_close(student.total(np.array([1.0, 2.0, 3.5])), 6.5)
"""
)
SCALED = (
    IMPORTS
    + """\
pytestmark = pytest.mark.function("scaled")

@pytest.mark.points(2)
def test_agrees_with_the_reference(student, solution, rng):
    X, factor = rng.normal(size=(4, 3)), rng.uniform(2, 3)
    assert_close(student.scaled(X, factor), solution.scaled(X, factor))

@pytest.mark.group("edge")
@pytest.mark.points(1)
def test_an_empty_matrix(student):
    assert student.scaled(np.zeros((0, 3)), 2.0).shape == (0, 3)

@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_twice_is_the_square(student, rng):
    X = rng.normal(size=(4, 3))
    assert student.scaled(X, 3.0).shape == X.shape
    assert_close(student.scaled(student.scaled(X, 3.0), 3.0), student.scaled(X, 9.0))

@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_leaves_its_argument_alone(student, rng):
    assert student.scaled(rng.normal(size=(4, 3)), 2.0).shape == (4, 3)
    unchanged(student.scaled)
    no_alias(student.scaled)
"""
)
PUBLIC = (
    IMPORTS
    + """\
@pytest.mark.function("total")
def test_total(student):
    assert_close(student.total(np.array([1.0, 2.0])), 3.0)

@pytest.mark.function("scaled")
def test_scaled(student):
    assert_close(student.scaled(np.ones((2, 2)), 2.0), np.full((2, 2), 2.0))
"""
)


def write_course(
    root: Path, hidden: Mapping[str, str] | None = None, *, total: float = 1, scaled: float = 4
) -> Assignment:
    """Write the course under `root`; `hidden` maps the files of its hidden suite to their text."""
    if hidden is None:
        hidden = {"test_total.py": TOTAL, "test_scaled.py": SCALED}
    manifest = MANIFEST.format(total=total, scaled=scaled)
    files = {
        "course.toml": COURSE,
        "source/small/assignment.toml": manifest,
        "solutions/small/small.py": REFERENCE,
        "assignments/small/assignment.toml": manifest,
        "assignments/small/small.py": STUB,
        "assignments/small/given/__init__.py": "",
        "assignments/small/public/test_small.py": PUBLIC,
        **{f"tests/hidden/small/{name}": text for name, text in hidden.items()},
    }
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Course.find(root).assignment("small")


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
        assignment, submission, run, seed="seed", isolation="none", digests=("", "", "")
    )
