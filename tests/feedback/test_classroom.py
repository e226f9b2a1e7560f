"""What staff see of a class, as numbers and as a page."""

import json
import re
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.feedback.classpage import class_html, suspect, write_class_report
from grader.feedback.classroom import ClassView, class_view
from grader.models import GradeReport, Load, ReportFile
from tests.feedback.samples import finding, hostile_report, outcome, report


def seen(*reports: GradeReport) -> ClassView:
    return class_view(ReportFile(assignment="small", reports=reports))


def scored(student: str, *passed: bool) -> GradeReport:
    """A student whose tests of softmax passed or not."""
    verdicts = ("passed" if one else "failed" for one in passed)
    outcomes = [outcome(number=n, verdict=verdict) for n, verdict in enumerate(verdicts)]
    return report(*outcomes, student=student)


def class_of(count: int) -> list[GradeReport]:
    """Scores 0 to 3 in turn: test 0 is the easiest, test 2 the hardest."""
    return [scored(f"s{n}", n % 4 > 0, n % 4 > 1, n % 4 > 2) for n in range(count)]


def test_submissions_are_counted_by_state() -> None:
    view = seen(
        report(outcome(), student="a"),
        report(outcome(verdict="fault"), student="b", state="needs_review"),
        report(student="c", state="missing"),
    )
    assert (view.graded, view.needs_review, view.missing) == (1, 1, 1)


def test_the_distribution_is_of_what_was_graded() -> None:
    distribution = seen(
        *class_of(8), report(outcome(), student="x", state="needs_review")
    ).distribution
    assert distribution is not None
    assert (distribution.count, distribution.mean, distribution.median) == (8, 1.5, 1.5)
    assert (distribution.lowest, distribution.highest) == (0, 3)
    assert sum(distribution.histogram) == 8


def test_each_test_and_function_is_an_item() -> None:
    view = seen(*class_of(8))
    assert [item.facility for item in view.tests] == [0.75, 0.5, 0.25]
    (function,) = view.functions
    assert (function.name, function.full) == ("softmax", 2)
    assert function.facility == pytest.approx(0.5)
    assert function.discrimination is None
    assert all(item.discrimination is not None for item in view.tests)


def test_what_could_not_be_judged_counts_for_no_item() -> None:
    faulty = report(outcome(number=0, verdict="fault"), student="f", state="needs_review")
    view = seen(*class_of(8), faulty)
    assert [item.count for item in view.tests] == [8, 8, 8]


def test_an_empty_class_is_no_error() -> None:
    view = seen(report(student="a", state="missing"))
    assert (view.distribution, view.tests, view.causes) == (None, (), ())
    assert "<h1>small</h1>" in class_html(view, "en")


def test_causes_are_ranked_by_how_many_students_share_them() -> None:
    rare = finding(kind="sign", message="The sign is wrong.", params={})
    view = seen(
        *(report(outcome(verdict="failed", findings=(finding(),)), student=s) for s in "abc"),
        report(outcome(verdict="failed", findings=(rare,)), student="d"),
        report(outcome(), student="e"),
    )
    first, second = view.causes
    assert (first.kind, first.students, first.of) == ("factor", ("a", "b", "c"), 5)
    assert (second.kind, second.students) == ("sign", ("d",))


def test_one_cause_is_one_whatever_the_numbers_of_its_examples_are() -> None:
    numbers = [
        finding(params={"by": "n", "value": n}, message=f"{n} times too large (n = {n} here).")
        for n in (7, 7, 12)
    ]
    view = seen(
        *(
            report(outcome(verdict="failed", findings=(one,)), student=str(number))
            for number, one in enumerate(numbers)
        )
    )
    (cause,) = view.causes
    assert len(cause.students) == 3
    assert cause.text == "7 times too large (n = 7 here)."


def test_two_mistakes_of_one_kind_are_two_causes() -> None:
    listed = (
        finding(
            kind="known-mistake", params={"text": "known-mistake", "mistake": name, "said": str(n)}
        )
        for n, name in enumerate(("M1", "M1", "M2"))
    )
    view = seen(
        *(
            report(outcome(verdict="failed", findings=(one,)), student=str(number))
            for number, one in enumerate(listed)
        )
    )
    assert [len(cause.students) for cause in view.causes] == [2, 1]


def test_a_student_with_one_cause_in_many_tests_is_counted_once() -> None:
    wrong = [outcome(number=n, verdict="failed", findings=(finding(),)) for n in range(4)]
    (cause,) = seen(report(*wrong)).causes
    assert (cause.students, cause.points) == (("ann",), 4.0)


def test_without_findings_submissions_are_alike_in_the_tests_that_fail() -> None:
    view = seen(*(scored(s, True, False, False) for s in "ab"), scored("c", False, False, False))
    first, second = view.causes
    assert (first.basis, first.students, len(first.tests)) == ("tests", ("a", "b"), 2)
    assert (second.students, len(second.tests)) == (("c",), 3)


def test_what_was_not_written_comes_after_what_went_wrong() -> None:
    stub = outcome(verdict="blocked", blocked_by="stub")
    view = seen(*(report(stub, student=s) for s in "abc"), scored("d", False))
    assert [cause.basis for cause in view.causes] == ["tests", "blocked"]


def test_what_took_too_long_is_one_cause_whether_it_was_given_up_or_not() -> None:
    late = outcome(number=1, verdict="timeout")
    given_up = outcome(number=2, verdict="blocked", blocked_by="timeouts")
    stub = report(outcome(verdict="blocked", blocked_by="stub"), student="c")
    view = seen(report(late, given_up), report(late, outcome(number=2), student="b"), stub, stub)
    first, _ = view.causes
    assert (first.text, first.students, first.points) == ("timeouts", ("ann", "b"), 3.0)
    assert "takes too long" in class_html(view, "en")


def test_other_errors_are_other_causes() -> None:
    errors = (
        finding(kind="unexpected-error", params={"text": "unexpected-error", "error": error})
        for error in ("NameError", "SystemExit")
    )
    view = seen(
        *(
            report(outcome(verdict="raised", findings=(one,)), student=str(number))
            for number, one in enumerate(errors)
        )
    )
    assert len(view.causes) == 2


def test_a_file_that_could_not_be_read_is_one_cause_of_all_functions() -> None:
    blocked = [
        outcome(name, verdict="blocked", blocked_by="load") for name in ("softmax", "sigmoid")
    ]
    (cause,) = seen(report(*blocked)).causes
    assert (cause.function, cause.text, cause.points) == (None, "load", 2.0)


def test_consequences_are_no_causes() -> None:
    assert seen(report(outcome(verdict="failed", consequential_of="sigmoid"))).causes == ()


def test_submissions_to_review_are_listed_with_the_reason() -> None:
    view = seen(
        report(outcome(verdict="fault"), state="needs_review"),
        report(student="b", state="needs_review", load=Load(error="written for Python 3.14")),
    )
    assert [(row.student, row.error, len(row.tests)) for row in view.review] == [
        ("ann", None, 1),
        ("b", "written for Python 3.14", 0),
    ]


def test_the_slowest_tests_come_first() -> None:
    view = seen(
        report(outcome(number=1, cpu=0.5), outcome(number=2, cpu=2.0, verdict="timeout")),
        report(outcome(number=1, cpu=0.1), outcome(number=2, cpu=0.1), student="b"),
    )
    first = view.slowest[0]
    assert (first.longest, first.median, first.student, first.timeouts) == (2.0, 1.05, "ann", 1)


def test_tests_that_ended_in_two_ways_are_unstable() -> None:
    ended = {"first": "passed", "counted": "failed"}
    twice = finding(kind="state-kept-between-calls", params=ended)
    view = seen(
        report(outcome(verdict="failed", findings=(twice,))), report(outcome(), student="b")
    )
    assert [(row.test, row.students) for row in view.unstable] == [
        ("test_softmax.py::test_number_1", ("ann",))
    ]


def test_an_item_that_tells_nothing_of_the_rest_should_be_looked_at() -> None:
    item = seen(*class_of(8)).tests[0]
    assert not suspect(item)
    assert suspect(item.model_copy(update={"discrimination": 0.02}))
    assert not suspect(item.model_copy(update={"discrimination": 0.02, "facility": 0.99}))
    assert not suspect(item.model_copy(update={"discrimination": None}))


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_holds_no_markup_of_a_submission(language: str) -> None:
    page = class_html(seen(hostile_report(), *class_of(8)), language)
    assert "<script" not in page
    assert "<img" not in page
    assert re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", page) is None


def test_page_and_data_are_written_for_their_owner(tmp_path: Path) -> None:
    made = ReportFile(assignment="small", reports=tuple(class_of(8)))
    page, data = tmp_path / "class.html", tmp_path / "class.json"
    write_class_report(made, page, data, "en")
    assert page.stat().st_mode & 0o077 == data.stat().st_mode & 0o077 == 0
    assert ClassView.model_validate(json.loads(data.read_text())) == class_view(made)


def test_without_a_file_to_write_there_is_nothing_to_do() -> None:
    with pytest.raises(UsageError, match="--out"):
        write_class_report(ReportFile(assignment="small", reports=()), None, None, "en")
