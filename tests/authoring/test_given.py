import pytest

from grader.authoring.carry import carry
from grader.authoring.given import given_files
from grader.authoring.strip import parse_master
from grader.course import Course
from grader.errors import CourseError
from tests.authoring.samples import LATER_MANIFEST, write

EARLIER = b'''\
"""The earlier module."""

import math
from functools import partial, reduce

import numpy as np

# How near is near.
NEAR = 1e-9
UNUSED = 2


def helper(x):
    return math.sqrt(x) + NEAR


@partial(partial)
def wanted(x):
    """Return something."""
    ### BEGIN SOLUTION
    return helper(x)
    ### END SOLUTION


def other(x):
    return np.sum(x)
'''


def carried(*functions: str) -> str:
    data, _ = carry(parse_master(EARLIER, "source/a/a.master.py"), functions, 'The "first"')
    return data.decode()


def error(course: Course, manifest: str) -> str:
    write(course, "source/later/assignment.toml", manifest)
    with pytest.raises(CourseError) as caught:
        given_files(course, course.assignment("later"))
    return str(caught.value)


def test_a_function_brings_the_imports_constants_and_siblings_that_it_uses() -> None:
    assert (
        carried("wanted")
        == '''\
"""Right versions of functions of the assignment "The 'first'"."""

import math
from functools import partial

# How near is near.
NEAR = 1e-9


def helper(x):
    return math.sqrt(x) + NEAR


@partial(partial)
def wanted(x):
    """Return something."""
    return helper(x)
'''
    )


def test_what_is_not_needed_stays_behind() -> None:
    text = carried("other")
    assert "import numpy as np" in text
    assert "helper" not in text
    assert "math" not in text


def test_a_function_that_the_master_lacks_is_an_error() -> None:
    with pytest.raises(CourseError, match=r"a\.master\.py: no function missing"):
        carried("missing")


def test_files_come_from_the_earlier_assignment_with_their_bytes(two_assignments: Course) -> None:
    files = given_files(two_assignments, two_assignments.assignment("later"))
    origin = two_assignments.root / "source/averages/given/checks.py"
    assert files["checks.py"].data == origin.read_bytes()


def test_what_is_given_away_is_known_by_name(two_assignments: Course) -> None:
    files = given_files(two_assignments, two_assignments.assignment("later"))
    assert files["averages.py"].carried == {("averages", "weighted_mean")}


def test_a_missing_import_of_generated_code_is_an_error_with_the_remedy(
    two_assignments: Course,
) -> None:
    said = error(two_assignments, LATER_MANIFEST.replace('files = ["checks.py"]\n', ""))
    assert 'imports given.checks: add files = ["checks.py"]' in said


def test_a_file_that_the_earlier_assignment_lacks_is_an_error(two_assignments: Course) -> None:
    said = error(two_assignments, LATER_MANIFEST.replace("checks.py", "missing.py"))
    assert said == "source/later/assignment.toml: averages has no given/missing.py"


def test_an_assignment_that_is_not_earlier_is_an_error(two_assignments: Course) -> None:
    said = error(two_assignments, LATER_MANIFEST.replace('from = "averages"', 'from = "later"'))
    assert "'later', which is no earlier assignment" in said


def test_a_function_that_is_not_graded_is_an_error(two_assignments: Course) -> None:
    said = error(two_assignments, LATER_MANIFEST.replace('["weighted_mean"]', '["check_pairs"]'))
    assert said.endswith("averages does not grade a function check_pairs")


def test_a_file_with_two_origins_is_an_error(two_assignments: Course) -> None:
    write(two_assignments, "source/later/given/checks.py", "X = 1\n")
    said = error(two_assignments, LATER_MANIFEST)
    assert "source/later/given/checks.py and source/averages/given/checks.py" in said
