"""A grade follows from stored facts alone, and says how."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from grader.gradebook.decisions import Body, Choice, Decided, Extension, Manual, Override, Waiver
from grader.gradebook.derivation import AttemptFact, Facts, Grade, ReportFact, derive
from grader.manifests import AssignmentEntry, AttemptLimit, Late
from grader.models import Outcome, Verdict
from tests.gradebook.samples import outcome

DUE = datetime(2030, 5, 1, 18, tzinfo=UTC)
TESTS = (outcome("t::a", 2.0, 2.0), outcome("t::b", 0.0, 2.0), outcome("t::c", None, 1.0))


def decided(body: Body) -> Decided:
    return Decided(1, body, "a reason", "small", "ann", "2030-01-01", "tina")


def attempt(
    number: int = 1,
    score: float | None = 10.0,
    days: float | None = None,
    state: str = "graded",
    outcomes: Sequence[Outcome] = (),
) -> AttemptFact:
    submitted = None if days is None else DUE + timedelta(days=days)
    report = None
    if score is not None:
        report = ReportFact(number, state, score, 20.0, tuple(outcomes))  # type: ignore[arg-type]  # of the table
    return AttemptFact(number, submitted, "receipt", report)


def grade(*attempts: AttemptFact, bank: int = 0, late: Late | None = None, **more: Any) -> Grade:
    entry = {"name": "small", "due": DUE, **more.pop("entry", {})}
    rules = AssignmentEntry.model_validate(entry)
    return derive(Facts(rules, late or Late(), attempts, max_score=20.0, **more), bank)


def test_nothing_handed_in_is_nothing() -> None:
    made = grade(rubric={"E1: plot": 5.0})
    assert (made.points, made.max_points, made.state) == (0, 25, "missing")
    assert made.lines[-1] == "grade: 0 of 25"


@pytest.mark.parametrize(("rule", "number"), [("last", 3), ("best", 2)])
def test_the_rule_chooses_an_attempt(rule: str, number: int) -> None:
    tried = [attempt(1, 12.0), attempt(2, 15.0), attempt(3, 15.0)]
    made = grade(*tried, entry={"attempts": rule})
    assert (made.attempt, made.report, made.points) == (number, number, 15)
    assert f"attempt {number} counts, the {rule} of 3" in made.lines


def test_the_best_attempt_is_the_best_after_what_being_late_costs() -> None:
    late = Late(rule="per_day", percent=50)
    made = grade(attempt(1, 12.0, 0), attempt(2, 20.0, 1), late=late, entry={"attempts": "best"})
    assert (made.attempt, made.points) == (1, 12)


def test_of_equal_attempts_the_one_with_a_notebook_counts_so_that_people_can_grade_it() -> None:
    tried = [attempt(1), replace(attempt(2), notebook=True), replace(attempt(3), notebook=True)]
    made = grade(*tried, entry={"attempts": "best"}, rubric={"E1: plot": 5.0})
    assert made.attempt == 2


def test_a_better_attempt_that_a_person_must_look_at_is_told() -> None:
    made = grade(attempt(1), attempt(2, 9.0, state="needs_review"), entry={"attempts": "best"})
    assert (made.attempt, made.state) == (1, "graded")
    assert "attempt 2 may be worth more: a person must look at it" in made.lines


def test_a_person_may_choose_another_and_an_unknown_one_changes_nothing() -> None:
    tried = attempt(1, 12.0), attempt(2, 15.0)
    made = grade(*tried, choice=decided(Choice(attempt=1)))
    assert made.attempt == 1
    assert "attempt 1 was chosen (tina, 2030-01-01: a reason)" in made.lines
    other = grade(*tried, choice=decided(Choice(attempt=9)))
    assert other.attempt == 2
    assert (
        "attempt 9 was chosen and is none that counts (tina, 2030-01-01: a reason)" in other.lines
    )
    assert grade(*tried, choice=decided(Choice(attempt=None))).attempt == 2


def test_attempts_beyond_the_limit_do_not_count() -> None:
    tried = [attempt(number, 10.0 + number, days=-1) for number in (1, 2, 3)]
    made = grade(*tried, entry={"limit": AttemptLimit(burst=2)})
    assert made.attempt == 2
    assert "attempt 3 does not count: too many within a short time" in made.lines


def test_an_attempt_beyond_the_limit_counts_where_a_person_chose_it() -> None:
    tried = [attempt(number, 10.0 + number, days=-1) for number in (1, 2, 3)]
    limit = {"limit": AttemptLimit(burst=1)}
    made = grade(*tried, entry=limit, choice=decided(Choice(attempt=3)))
    assert (made.attempt, made.points) == (3, 13)
    assert "attempt 2 does not count: too many within a short time" in made.lines


def test_points_that_people_give_are_the_decimal_numbers_that_they_wrote() -> None:
    late = Late(rule="constant", percent=10)
    given = decided(Manual(attempt=1, item="E1: plot", points=1.15))
    made = grade(attempt(1, 0.0, 1), late=late, rubric={"E1: plot": 5.0}, manual=[given])
    # Nine tenths of 1.15 are 1.035; the nearest float to 1.15 lies below it.
    assert made.points == 1.04


def test_an_attempt_that_is_not_graded_yet_is_told() -> None:
    made = grade(attempt(1, 12.0), attempt(2, None))
    assert made.attempt == 1
    assert "attempt 2 is not graded yet" in made.lines


@pytest.mark.parametrize(
    ("days", "points", "line"),
    [
        (None, 10, "nobody knows when it was handed in, so nothing is taken off"),
        (-1, 10, "handed in 2030-04-30T18:00:00+00:00 (receipt): in time"),
        (1.5, 8, "handed in 2030-05-03T06:00:00+00:00 (receipt): 2 days late, −20 % of 10 = −2"),
    ],
)
def test_being_late_is_counted_and_told(days: float | None, points: float, line: str) -> None:
    made = grade(attempt(days=days), late=Late(rule="per_day"))
    assert made.points == points
    assert line in made.lines


def test_an_extension_moves_the_due_date() -> None:
    later = decided(Extension(due=DUE + timedelta(days=2)))
    made = grade(attempt(days=2), late=Late(rule="per_day"), extension=later)
    assert made.points == 10
    told = "due 2030-05-03T18:00:00+00:00, an extension (tina, 2030-01-01: a reason)"
    assert told in made.lines


def test_late_days_come_from_the_bank_first() -> None:
    late = Late(rule="bank", percent=10, days=3)
    assert grade(attempt(days=2), late=late, bank=3).banked == 2
    made = grade(attempt(days=2), late=late, bank=1)
    assert (made.points, made.banked) == (9, 1)
    assert any("2 days late, 1 of them from the bank, −10 %" in line for line in made.lines)


def test_points_for_a_function_stand_in_place_of_what_its_tests_gave() -> None:
    tests = (*TESTS[:2], outcome("u::d", 3.0, 3.0, function="scaled"))
    by_hand = decided(Manual(attempt=1, item="total", points=3.5))
    made = grade(attempt(score=5.0, outcomes=tests), manual=[by_hand])
    assert (made.points, made.max_points, made.manual) == (6.5, 20, {"total": 3.5})
    assert "total: 3.5 instead of 2 (tina, 2030-01-01: a reason)" in made.lines


def test_a_fault_in_a_function_that_a_person_graded_needs_no_review() -> None:
    faulty = attempt(score=2.0, state="needs_review", outcomes=TESTS)
    assert grade(faulty).state == "needs_review"
    by_hand = decided(Manual(attempt=1, item="total", points=4.0))
    assert grade(faulty, manual=[by_hand]).state == "graded"


def test_points_for_what_the_rubric_has_no_more_are_told_and_count_for_nothing() -> None:
    given = [decided(Manual(attempt=1, item="E1: plots", points=3.0))]
    made = grade(attempt(), rubric={"E1: plot": 5.0}, manual=given)
    assert made.points == 10
    assert made.lines[3].startswith("E1: plots: 3 not counted, as nothing of that name is graded (")


def test_extra_credit_is_added_and_leaves_the_maximum() -> None:
    extra = decided(Manual(attempt=1, item="extra credit", points=1.5))
    made = grade(attempt(), manual=[extra])
    assert (made.points, made.max_points, made.provisional) == (11.5, 20, False)


def test_what_being_late_took_off_is_known() -> None:
    assert grade(attempt(days=1.5), late=Late(rule="per_day")).late == 2


def test_what_a_person_graded_is_added_and_what_is_open_makes_it_provisional() -> None:
    rubric = {"E1: plot": 4.0, "E1: effect": 6.0}
    plot = decided(Manual(attempt=1, item="E1: plot", points=3.5))
    made = grade(attempt(), rubric=rubric, manual=[plot])
    assert (made.points, made.max_points, made.provisional) == (13.5, 30, True)
    assert "E1: effect: not graded yet, of 6" in made.lines
    others = [plot, decided(Manual(attempt=1, item="E1: effect", points=0))]
    assert not grade(attempt(), rubric=rubric, manual=others).provisional
    # What was given to another attempt, or taken back, is not this one's.
    assert grade(attempt(2), rubric=rubric, manual=[plot]).points == 10
    taken = decided(Manual(attempt=1, item="E1: plot", points=None))
    assert grade(attempt(), rubric=rubric, manual=[taken]).points == 10


@pytest.mark.parametrize(
    ("test", "gives", "points", "top"),
    [
        ("t::a", "points", 10, 20),
        ("t::b", "points", 12, 20),
        ("t::a", "nothing", 8, 18),
        ("t::b", "nothing", 10, 18),
        ("t::b", "as graded", 10, 20),
        ("t::unknown", "points", 10, 20),
    ],
)
def test_a_waived_test_gives_its_points_or_leaves_the_maximum(
    test: str, gives: str, points: float, top: float
) -> None:
    waiver = decided(Waiver.model_validate({"test": test, "gives": gives}))
    made = grade(attempt(outcomes=TESTS[:2]), waivers=[waiver])
    assert (made.points, made.max_points) == (points, top)


def test_a_waiver_and_a_choice_that_are_taken_back_are_told() -> None:
    waiver = decided(Waiver(test="t::a", gives="as graded"))
    made = grade(attempt(), waivers=[waiver], choice=decided(Choice(attempt=None)))
    assert made.lines[:2] == (
        "the rule chooses again (tina, 2030-01-01: a reason)",
        "attempt 1 counts, the only one",
    )
    assert "t::a counts as graded again (tina, 2030-01-01: a reason)" in made.lines


@pytest.mark.parametrize(
    ("gives", "verdict", "points"),
    [("points", "passed", 4), ("points", "failed", 2), ("nothing", "passed", 0)],
)
def test_what_passed_for_nothing_counts_once_a_value_test_is_waived(
    gives: str, verdict: str, points: float
) -> None:
    edge = outcome("t::edge", 0.0, 2.0)
    edge = edge.model_copy(update={"group": "edge", "verdict": Verdict(verdict)})
    elsewhere = edge.model_copy(update={"test": "u::edge", "function": "scaled"})
    failed = outcome("t::a", 0.0, 2.0)
    waiver = decided(Waiver.model_validate({"test": "t::a", "gives": gives}))
    made = grade(attempt(score=0.0, outcomes=(failed, edge, elsewhere)), waivers=[waiver])
    assert made.points == points


@pytest.mark.parametrize("gives", ["points", "nothing"])
def test_a_fault_in_a_test_that_is_waived_needs_no_review_any_more(gives: str) -> None:
    faulty = attempt(state="needs_review", outcomes=TESTS)
    assert grade(faulty).state == "needs_review"
    waiver = decided(Waiver.model_validate({"test": "t::c", "gives": gives}))
    assert grade(faulty, waivers=[waiver]).state == "graded"
    # What needs review for another reason still does.
    other = attempt(state="needs_review", outcomes=TESTS[:2])
    assert grade(other, waivers=[waiver]).state == "needs_review"


def test_an_override_goes_before_everything_and_can_be_taken_back() -> None:
    made = grade(attempt(state="needs_review"), override=decided(Override(points=17.5)))
    assert (made.points, made.state) == (17.5, "graded")
    assert "set to 17.5 by hand (tina, 2030-01-01: a reason)" in made.lines
    made = grade(attempt(), override=decided(Override(points=None)))
    assert made.points == 10
    assert "what was set by hand is taken back (tina, 2030-01-01: a reason)" in made.lines
    assert grade(override=decided(Override(points=5))).points == 5


def test_a_team_is_named() -> None:
    assert grade(attempt(), team="red").lines[0] == "handed in by the team red"
