"""A submission that tries to carry hidden inputs out, graded for real: nothing of them reaches a student too early."""

from pathlib import Path

import pytest

from grader.feedback.html import html
from grader.feedback.markdown import markdown
from grader.feedback.students import as_json
from grader.models import GradeReport
from grader.policy import Level, Rule
from grader.sandbox.process import Spawner
from tests.feedback.samples import seen
from tests.small_course import hidden_suite, report_of, run_suite, submission, write_course

#: An input that only hidden tests know, and two of its parts that no value here has by chance.
TESTS = """
def test_value(student):
    assert_close(student.total(np.array([271828.5, 314159.25])), 585987.75)

def test_plain_assertion(student):
    assert student.total(np.array([271828.5, 314159.25])) == 585987.75

def test_error(student):
    assert student.total(np.array([271828.5])) == 271828.5
"""
SECRETS = ("271828", "314159", "585988", "586000", "test_value", "plain assertion", "test_total.py")
THIEF = """\
    import warnings
    print(v)
    warnings.warn(repr(v))
    if len(v) == 1:
        raise type(f"E{v[0]}", (ValueError,), {})(repr(v))
    return float(sum(v)) + 12
"""


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory, forker: Spawner) -> GradeReport:
    """The report, for staff: it holds everything that the submission got hold of."""
    assignment = write_course(tmp_path_factory.mktemp("course"), hidden_suite(TESTS))
    thief = submission(THIEF)
    (run,) = run_suite(assignment, [thief], forker)
    return report_of(assignment, thief, run)


def texts(report: GradeReport, phase: str, *rules: Rule) -> str:
    view = seen(report, "student", phase, *rules)
    return as_json(view) + html(view) + markdown(view)


def test_the_report_for_staff_holds_it_all(stolen: GradeReport) -> None:
    everything = stolen.model_dump_json()
    assert [secret for secret in SECRETS if secret.replace(" ", "_") not in everything] == []


@pytest.mark.parametrize("phase", ["before-due", "after-due"])
def test_before_the_release_a_student_gets_none_of_it(stolen: GradeReport, phase: str) -> None:
    shown = texts(stolen, phase)
    assert "ValueError" in shown
    assert [secret for secret in SECRETS if secret in shown] == []


def test_the_gap_is_what_came_back_and_what_the_submission_raised(stolen: GradeReport) -> None:
    shown = texts(stolen, "after-release")
    assert "returned 586000; 585988 was wanted" in shown
    assert "array([271828.5])" in shown
    # What was printed, and the assertion that spells out the test, stay back.
    assert "314159" not in shown
    assert "plain assertion" not in shown


@pytest.mark.parametrize("level", [Level.NOTHING, Level.VERDICT])
def test_lower_levels_do_not_even_tell_of_the_error(stolen: GradeReport, level: Level) -> None:
    shown = texts(stolen, "before-due", Rule(level=level))
    assert "ValueError" not in shown


def test_the_folder_of_the_course_is_in_no_view(stolen: GradeReport, tmp_path: Path) -> None:
    assert str(tmp_path.parent) not in texts(stolen, "after-release", Rule(level=Level.FULL))
