"""What is committed under assignments/ and solutions/ is what source/ makes today."""

from pathlib import Path

import pytest

from grader.authoring.build import build
from grader.course import Course

COURSE = Course.find(Path(__file__).parents[2])


def test_modules_and_support_code_are_fresh() -> None:
    assert build(COURSE, check=True, notebooks=False).stale == []


@pytest.mark.needs("nbgrader")
def test_everything_is_fresh() -> None:
    assert build(COURSE, check=True).stale == []
