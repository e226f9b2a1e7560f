"""The course of this repository is proven fair, and the proofs are of what it is today."""

import os
from pathlib import Path

import pytest

from grader.authoring import validation
from grader.authoring.validate import validate
from grader.course import Course

COURSE = Course.find(Path(__file__).parents[2])
COMMITTED = [
    name
    for name in COURSE.names
    if (COURSE.assignment(name).hidden_dir / "validation.json").is_file()
]


@pytest.mark.parametrize("name", COMMITTED)
def test_the_committed_result_is_good_and_current(name: str) -> None:
    assignment = COURSE.assignment(name)
    found = validation.load(assignment)
    assert found is not None
    assert found.problems == ()
    assert validation.is_current(assignment, found), f"renew it with: grader validate {name} --save"


@pytest.mark.slow
@pytest.mark.needs("landlock")
def test_models_and_losses_is_fair_here_and_now() -> None:
    found = validate(COURSE.assignment("models_and_losses"), jobs=os.cpu_count() or 1).validation
    assert [problem.message for problem in found.problems] == []
    for row in found.functions:
        assert row.caught == row.mistakes > 0, row.name
        assert row.right == row.alternatives >= 2, row.name
        assert row.killed + row.equivalent == row.mutants, row.name
