"""What holds for every hidden suite of this course."""

from pathlib import Path

import pytest

from grader.course import Course
from grader.suite.place import hidden_place
from grader.suite.session import Suite, with_suite

COURSE = Course.find(Path(__file__).parents[2])


@pytest.mark.parametrize("name", COURSE.names)
def test_no_test_needs_more_of_pytest_than_a_call(name: str) -> None:
    slow: list[str] = []

    def work(suite: Suite) -> None:
        slow.extend(test.spec.id for test in suite.tests if not test.direct)

    with_suite(hidden_place(COURSE.assignment(name)), work)
    assert slow == []
