"""Where a suite lies, and what that says about it: whose tests they are, and where the code under test is."""

from dataclasses import dataclass
from pathlib import Path

from grader.course import ASSIGNMENT_FILE, COURSE_FILE, Assignment, Course
from grader.errors import CourseError
from grader.manifests import read_manifest
from grader.models import Visibility


@dataclass(frozen=True)
class Place:
    """A suite of one assignment."""

    assignment: Assignment
    visibility: Visibility
    #: Where its tests are.
    folder: Path
    #: The modules under test unless the caller names others: the student's folder, or the reference.
    default_student: Path
    given: Path


def hidden_place(assignment: Assignment) -> Place:
    """The hidden suite of an assignment. Raises CourseError where there is none."""
    if not assignment.hidden_dir.is_dir():
        raise CourseError(
            f"{assignment.name} has no hidden suite: there is no folder {assignment.hidden_dir}",
            slug="no-suite",
        )
    return Place(
        assignment,
        "hidden",
        assignment.hidden_dir,
        assignment.solution_dir,
        assignment.release_dir / "given",
    )


def public_place(folder: Path) -> Place:
    """The public suite of the assignment folder that a student works in. Raises CourseError where there is none."""
    folder = folder.resolve()
    assignment = Assignment(read_manifest(folder / ASSIGNMENT_FILE), folder)
    suite = folder / "public"
    if not suite.is_dir():
        raise CourseError(
            f"{folder} has no public tests: there is no folder {suite}", slug="no-suite"
        )
    return Place(assignment, "public", suite, folder, folder / "given")


def place_of(tests: Path) -> Place | None:
    """The suite that a folder of tests is or lies in, or None for tests that are none of ours; reads the manifests."""
    for folder in (tests, *tests.parents):
        if folder.name == "public" and (folder.parent / ASSIGNMENT_FILE).is_file():
            return public_place(folder.parent)
        if folder.parent.name == "hidden" and folder.parent.parent.name == "tests":
            root = folder.parent.parent.parent
            if (root / COURSE_FILE).is_file():
                course = Course.find(root)
                return (
                    hidden_place(course.assignment(folder.name))
                    if folder.name in course.names
                    else None
                )
    return None
