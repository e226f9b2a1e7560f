"""What is committed under assignments/ and solutions/ is what source/ makes today."""

from pathlib import Path

from grader.authoring.build import build
from grader.course import Course
from tests.needs import NEEDS

COURSE = Course.find(Path(__file__).parents[2])


def test_everything_is_fresh() -> None:
    # Where nbgrader is not installed, all but the notebooks is.
    assert build(COURSE, check=True, notebooks=NEEDS["nbgrader"].met()).stale == []
