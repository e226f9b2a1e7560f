"""What nbgrader has just released is built by the grader, or taken back."""

from pathlib import Path

import pytest

from grader.authoring.nbgrader import complete_release
from grader.course import Course
from tests.authoring.samples import tree, write


def released(course: Course, *names: str) -> list[Path]:
    """The folders of assignments as nbgrader leaves them: with less than a release has."""
    folders = [course.root / "assignments" / name for name in names]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    return folders


def test_a_release_of_nbgrader_gets_what_it_lacks(course: Course) -> None:
    (folder,) = released(course, "averages")
    complete_release(course.root, "averages")
    assert {"averages.py", "assignment.toml", "public/test_averages.py"} <= set(tree(folder))


def test_only_what_nbgrader_released_is_built(two_assignments: Course) -> None:
    averages, later = released(two_assignments, "averages", "later")
    complete_release(two_assignments.root, "la*")
    assert tree(averages) == {}
    assert "later.py" in tree(later)


def test_a_release_that_cannot_be_built_is_removed_and_stops_nbgrader(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder,) = released(course, "averages")
    write(course, "source/averages/averages.master.py", "### BEGIN SOLUTION\n")
    with pytest.raises(SystemExit) as ended:
        complete_release(course.root, "averages")
    assert ended.value.code
    assert not folder.exists()
    said = capsys.readouterr().err
    assert "grader: removed what nbgrader released: assignments/averages" in said


def test_a_warning_of_the_build_reaches_whoever_releases(
    two_assignments: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    released(two_assignments, "later")
    file = two_assignments.root / "course.toml"
    file.write_text(file.read_text().replace("# due = 2030", "due = 2999"))
    complete_release(two_assignments.root, "later")
    assert "grader: later gives away solutions of averages" in capsys.readouterr().err
