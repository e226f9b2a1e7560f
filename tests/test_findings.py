"""A batch says why tests failed, and whatever becomes of that changes no verdict and no point."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import desk
from grader.course import Assignment
from grader.diagnose.diagnoser import Diagnoser
from grader.executors import Task
from grader.models import Submission
from grader.orders import Plan
from tests.small_course import DOMAINS, SCALED, TOTAL, submission, write_course

MEAN = submission("    return float(np.mean(v))")

pytestmark = pytest.mark.needs("linux")


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    hidden = {"test_total.py": TOTAL, "test_scaled.py": SCALED, "domains.py": DOMAINS}
    return write_course(tmp_path_factory.mktemp("course"), hidden)


def graded(assignment: Assignment, *attempts: Task[Submission]) -> list[dict[str, Any]]:
    """The reports of a batch in this process."""
    found: list[dict[str, Any]] = []

    def jobs() -> Iterator[Task[Submission]]:
        yield from attempts

    plan = Plan(assignment, b"secret", confined=False)
    desk.serve(plan, jobs(), lambda one: found.append(json.loads(one.text)), lambda phase: None)
    return found


def told(report: dict[str, Any]) -> list[dict[str, Any]]:
    """All findings of a report."""
    return [finding for outcome in report["outcomes"] for finding in outcome["findings"]]


def verdicts(report: dict[str, Any]) -> list[tuple[str, str, float]]:
    """What counts in a report."""
    return [(one["test"], one["verdict"], one["points"]) for one in report["outcomes"]]


@pytest.fixture(scope="module")
def whole(assignment: Assignment) -> dict[str, Any]:
    """The report of a submission with a fault."""
    (report,) = graded(assignment, Task(MEAN))
    return report


def test_every_test_that_a_fault_fails_says_why(whole: dict[str, Any]) -> None:
    found = told(whole)
    assert [one["kind"] for one in found] == ["factor", "factor"]
    assert found[0]["message"].startswith("Your result is n times too small (n = ")
    assert found[0]["params"]["example"]["call"].startswith("total([")


def test_what_passes_is_not_asked_again_and_nothing_is_said_of_it(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(Diagnoser, "examine", lambda *args: asked.append(args))
    (report,) = graded(assignment, Task(submission()))
    assert report["score"] == report["max_score"]
    assert asked == told(report) == []


def test_a_broken_diagnosis_costs_nothing_but_itself(
    assignment: Assignment, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Diagnoser, "examine", fail)
    (report,) = graded(assignment, Task(MEAN))
    assert told(report) == []
    assert report["state"] == "graded"
    assert verdicts(report) == verdicts(whole)


def test_a_submission_that_held_up_its_diagnosis_is_graded_without(assignment: Assignment) -> None:
    (report,) = graded(assignment, Task(MEAN, ("diagnosis total",), ("diagnosis total",)))
    assert told(report) == []
    assert report["state"] == "graded"


def test_a_suite_without_domains_has_no_findings(tmp_path: Path) -> None:
    (report,) = graded(write_course(tmp_path), Task(MEAN))
    assert told(report) == []


def test_an_answer_that_never_comes_costs_its_own_time_only(
    assignment: Assignment, whole: dict[str, Any]
) -> None:
    endless = "    while len(v) != 5 and len(v) != 3: pass\n    return float(np.mean(v))"
    (report,) = graded(assignment, Task(submission(endless)))
    assert verdicts(report) == verdicts(whole)
