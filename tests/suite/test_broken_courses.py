"""What a course lacks or breaks is told in a sentence before anybody is graded."""

import shutil
from pathlib import Path

import pytest

from grader.course import Assignment
from grader.errors import CourseError, SuiteError
from grader.suite.place import hidden_place, public_place
from grader.suite.reference import load_domains, load_solution, sources
from tests.small_course import write_course


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path)


def test_an_assignment_without_a_suite_is_told(assignment: Assignment) -> None:
    shutil.rmtree(assignment.hidden_dir)
    with pytest.raises(CourseError, match="small has no hidden suite: there is no folder"):
        hidden_place(assignment)
    shutil.rmtree(assignment.release_dir / "public")
    with pytest.raises(CourseError, match="has no public tests: there is no folder"):
        public_place(assignment.release_dir)


def test_a_reference_that_was_not_built_names_the_command_that_builds_it(
    assignment: Assignment,
) -> None:
    (assignment.solution_dir / "small.py").unlink()
    with pytest.raises(CourseError, match="grader build"):
        sources(assignment.solution_dir)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def scaled(X, factor): return X\n", "the reference of small has no total"),
        ("1 / 0\n", r"small\.py cannot be loaded: ZeroDivisionError: division by zero"),
        ("def total(\n", r"small\.py cannot be loaded: SyntaxError"),
    ],
)
def test_a_reference_that_cannot_be_used_is_told(
    assignment: Assignment, text: str, said: str
) -> None:
    (assignment.solution_dir / "small.py").write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError, match=said):
        load_solution(assignment)


def test_what_the_reference_does_not_have_is_no_attribute(assignment: Assignment) -> None:
    with pytest.raises(AttributeError, match="no graded function 'totl'"):
        load_solution(assignment).totl()


@pytest.mark.parametrize("said", ["SystemExit: 3", "ValueError: no"])
def test_domains_that_end_while_they_are_read_are_told(assignment: Assignment, said: str) -> None:
    kind, _, what = said.partition(": ")
    (assignment.hidden_dir / "domains.py").write_text(f"raise {kind}({what!r})\n", encoding="utf-8")
    with pytest.raises(SuiteError, match=rf"domains\.py cannot be loaded: {said}"):
        load_domains(assignment)


def test_a_domain_of_no_function_is_told(assignment: Assignment) -> None:
    text = "from grader import domain\n\n@domain()\ndef totl(rng, size):\n    return ()\n"
    (assignment.hidden_dir / "domains.py").write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError, match="no graded function is called totl"):
        load_domains(assignment)
