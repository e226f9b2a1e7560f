from pathlib import Path

import pytest

from grader.authoring.template import init
from grader.course import Course
from tests.authoring.samples import LATER_MANIFEST, LATER_MASTER, MASTER_NOTEBOOK, write


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course as `grader init` makes it."""
    init(tmp_path / "course")
    return Course.find(tmp_path / "course")


@pytest.fixture
def with_notebook(course: Course) -> Course:
    """The same with a master notebook."""
    (course.root / "source" / "averages" / "averages.ipynb").write_bytes(MASTER_NOTEBOOK)
    return course


@pytest.fixture
def two_assignments(course: Course) -> Course:
    """A course whose second assignment gets a reference function of the first."""
    file = course.root / "course.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f'{text}\n[[assignments]]\nname = "later"\n', encoding="utf-8")
    write(course, "source/later/assignment.toml", LATER_MANIFEST)
    write(course, "source/later/later.master.py", LATER_MASTER)
    return Course.find(course.root)
