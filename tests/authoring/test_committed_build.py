"""What is committed under assignments/ and solutions/ is what source/ makes today."""

from pathlib import Path

import pytest

from grader.authoring.build import build
from grader.course import Course

COURSE = Course.find(Path(__file__).parents[2])


@pytest.mark.parametrize("name", COURSE.names)
def test_modules_and_support_code_are_fresh(name: str) -> None:
    assert build(COURSE, [name], check=True, notebooks=False).stale == []


@pytest.mark.needs("nbgrader")
@pytest.mark.parametrize("name", COURSE.names)
def test_everything_is_fresh(name: str) -> None:
    assert build(COURSE, [name], check=True).stale == []
