import sys
from types import ModuleType
from typing import Any

import pytest

from grader.authoring.build import build
from grader.course import Course
from grader.errors import CourseError
from grader.mistakes import load_alternatives, load_mistakes, put_in_place
from grader.suite.reference import sources
from tests.authoring.samples import write

MISTAKES = "tests/hidden/averages/mistakes/weighted_mean.py"
ALTERNATIVES = "tests/hidden/averages/alternatives/weighted_mean.py"

HELPED = '''\
"""Wrong implementations of weighted_mean."""

import functools
import math

import numpy as np
from grader import mistake

HALF = 0.5


@mistake(
    "M1",
    hint="Is there a factor "
    "in front?",
    relation="half of right",
)
def halves(values, weights):
    """Puts one half
    in front.
    """
    return HALF * _right(values, weights)


@functools.cache
def _unneeded():
    return math.pi


def _right(values, weights):
    return float(np.average(_listed(values), weights=_listed(weights)))


@functools.cache
def _once():
    return float


def _listed(values):
    return [_once()(value) for value in values]
'''


def test_mistakes_come_in_the_order_of_the_manifest_with_all_that_is_said(course: Course) -> None:
    found = load_mistakes(course.assignment("averages"))
    assert [(mistake.function, mistake.id) for mistake in found] == [
        (function, name)
        for function in ("weighted_mean", "weighted_variance")
        for name in ("M1", "M2", "M3")
    ]
    assert found[0].name == "ignores_the_weights"
    assert found[0].description == "Takes the plain mean."
    assert found[0].hint.startswith("Give one value")
    assert found[0].relation == "the plain mean, whatever the weights"


def test_alternatives_are_the_functions_without_underscore(course: Course) -> None:
    write(course, ALTERNATIVES, HELPED.replace("@mistake", "@_mark"))
    found = load_alternatives(course.assignment("averages"))
    assert [alternative.name for alternative in found][:1] == ["halves"]
    assert {alternative.function for alternative in found} == {"weighted_mean", "weighted_variance"}


def test_a_mistake_brings_what_it_needs_of_its_file_and_no_more(course: Course) -> None:
    write(course, MISTAKES, HELPED)
    halves = load_mistakes(course.assignment("averages"))[0]
    assert halves.defines == {"halves", "_right", "_listed", "_once", "HALF"}
    assert "mistake" not in halves.source
    assert "math" not in halves.source
    assert "@functools.cache\ndef _once" in halves.source
    assert halves.description == "Puts one half in front."
    assert halves.hint == "Is there a factor in front?"


def test_reading_executes_nothing(course: Course) -> None:
    write(course, MISTAKES, HELPED + "\n\nraise SystemExit\n")
    assert load_mistakes(course.assignment("averages"))[0].name == "halves"


def test_a_composed_submission_is_the_reference_with_one_function_exchanged(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(course)
    write(course, MISTAKES, HELPED)
    assignment = course.assignment("averages")
    reference = sources(assignment.solution_dir)
    files = put_in_place(assignment, reference, load_mistakes(assignment)[0])
    assert files["averages"].startswith(reference["averages"])
    checks = ModuleType("given.checks")
    vars(checks)["check_pairs"] = lambda *pairs: None
    monkeypatch.setitem(sys.modules, "given", ModuleType("given"))
    monkeypatch.setitem(sys.modules, "given.checks", checks)
    names: dict[str, Any] = {}
    exec(files["averages"], names)
    assert names["weighted_mean"]([1.0, 3.0], [1.0, 1.0]) == 1.0
    # The sibling calls what stands under the name now.
    assert names["weighted_variance"]([1.0, 3.0], [1.0, 1.0]) == 1.0


def test_a_helper_with_a_name_of_the_reference_is_refused(course: Course) -> None:
    build(course)
    write(course, MISTAKES, HELPED.replace("_right", "weighted_variance"))
    assignment = course.assignment("averages")
    with pytest.raises(CourseError, match="defines weighted_variance, a name of the reference"):
        put_in_place(assignment, sources(assignment.solution_dir), load_mistakes(assignment)[0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"M1",', ""), r"weighted_mean\.py:18: write @mistake"),
        (('relation="half of right"', "relation=HALF"), "write @mistake"),
        (('    """Puts one half\n    in front.\n    """\n', ""), "say in a docstring"),
        (("def _listed", "def def"), r"weighted_mean\.py:\d+: "),
    ],
)
def test_what_is_not_as_it_should_be_is_told_with_its_place(
    course: Course, change: tuple[str, str], message: str
) -> None:
    write(course, MISTAKES, HELPED.replace(*change))
    with pytest.raises(CourseError, match=message):
        load_mistakes(course.assignment("averages"))


def test_a_file_that_belongs_to_no_function_is_refused(course: Course) -> None:
    write(course, "tests/hidden/averages/mistakes/median.py", HELPED)
    with pytest.raises(CourseError, match=r"median\.py: averages has no graded function median"):
        load_mistakes(course.assignment("averages"))


def test_a_file_that_is_no_text_is_refused(course: Course) -> None:
    write(course, MISTAKES, "").write_bytes(b"# caf\xe9\n")
    with pytest.raises(CourseError, match=r"weighted_mean\.py: cannot be read: 'utf-8' codec"):
        load_mistakes(course.assignment("averages"))
