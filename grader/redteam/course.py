"""A course that grades in milliseconds: two functions, `total(v)` and `scaled(X, factor)`, and six hidden tests."""

from collections.abc import Mapping
from pathlib import Path

from grader.course import Assignment, Course

#: The right answers.
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
