import pytest

from grader.models import GradeReport, Verdict
from tests.suite.chain import AVERAGE, DEAL, ORDER, SPREAD, TOTAL, grade_all, make_chain, of, points

pytestmark = pytest.mark.needs("landlock")

CHAIN = {"total": 2.0, "average": 2.0, "spread": 2.0}
RIGHT = {**CHAIN, "order": 2.0, "deal": 2.0}
WRONG_TOTAL = TOTAL.replace("sum(v)", "sum(v) + 1")
WRONG_ORDER = ORDER.replace("[first:]", "[first + 1 :]")
WRONG_AVERAGE = AVERAGE.replace("len(v)", "(len(v) + 1)")
UNWRITTEN = 'def {}(v):\n    """Do."""\n    raise NotImplementedError\n'

#: Its total passes every call on to whatever stands under that name: in a re-run, the reference.
THIEF = """
import sys

def total(v):
    there = sys.modules["chain"].total
    return 0.0 if there is mine else there(v)

mine = total
"""
#: Its module ends the process when something is put into it.
STUBBORN = """
import os
import sys

class Module(type(sys)):
    def __setattr__(self, name, value):
        os._exit(0)

sys.modules["chain"].__class__ = Module
"""
SUBMISSIONS = {
    "right": TOTAL + AVERAGE + SPREAD,
    "order wrong": WRONG_ORDER + DEAL,
    "order and deal wrong": WRONG_ORDER + DEAL.replace("-x", "x"),
    "total wrong": WRONG_TOTAL + AVERAGE + SPREAD,
    "average wrong": TOTAL + WRONG_AVERAGE + SPREAD,
    "total and average wrong": WRONG_TOTAL + WRONG_AVERAGE + SPREAD,
    "all wrong": WRONG_TOTAL + WRONG_AVERAGE + SPREAD.replace("max", "min"),
    "average without sibling": WRONG_TOTAL + "def average(v):\n    return 7.0 / len(v)\n" + SPREAD,
    "total unwritten": UNWRITTEN.format("total") + AVERAGE + SPREAD,
    "total missing": AVERAGE + SPREAD,
    "average unwritten": TOTAL + UNWRITTEN.format("average") + SPREAD,
    "total loops": "def total(v):\n    while True:\n        pass\n" + AVERAGE + SPREAD,
    "total dies": "import os\ndef total(v):\n    os._exit(3)\n" + AVERAGE + SPREAD,
    "total only slips at the edge": TOTAL.replace("empty", "void") + AVERAGE + SPREAD,
    "total wrong, average wrong at times": (
        WRONG_TOTAL + AVERAGE.replace("/ len(v)", "/ len(v) * (1 + (len(v) == 5))") + SPREAD
    ),
    "asks for the impossible": (
        WRONG_TOTAL + "def average(v):\n    return total([v] * 3) / len(v)\n" + SPREAD
    ),
    "stubborn": WRONG_TOTAL + AVERAGE + SPREAD + STUBBORN,
    "thief": THIEF + AVERAGE + SPREAD,
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, GradeReport]:
    sources = {
        name: source if "def deal" in source else source + ORDER + DEAL
        for name, source in SUBMISSIONS.items()
    }
    return grade_all(make_chain(tmp_path_factory.mktemp("course")), sources)


def causes(report: GradeReport, function: str) -> set[str | None]:
    return {outcome.consequential_of for outcome in of(report, function)}


def test_a_right_submission_has_nothing_to_explain(reports: dict[str, GradeReport]) -> None:
    assert points(reports["right"]) == RIGHT
    assert {outcome.consequential_of for outcome in reports["right"].outcomes} == {None}


@pytest.mark.parametrize("how", ["wrong", "unwritten", "missing", "loops", "dies"])
def test_a_bad_sibling_loses_its_own_points_alone(
    reports: dict[str, GradeReport], how: str
) -> None:
    report = reports[f"total {how}"]
    assert points(report) == {**RIGHT, "total": 0.0}
    assert report.score == 8.0
    assert causes(report, "total") == {None}


def test_the_explained_function_keeps_its_true_verdicts(reports: dict[str, GradeReport]) -> None:
    outcomes = of(reports["total wrong"], "average")
    assert [outcome.verdict for outcome in outcomes] == ["failed", "failed", "passed"]
    assert [outcome.consequential_of for outcome in outcomes] == ["total", "total", None]


def test_a_sibling_that_is_itself_excused_is_no_cause(reports: dict[str, GradeReport]) -> None:
    assert causes(reports["total wrong"], "spread") == {"total", None}


def test_the_nearest_wrong_sibling_is_the_cause(reports: dict[str, GradeReport]) -> None:
    report = reports["total and average wrong"]
    assert points(report) == {**RIGHT, "total": 0.0, "average": 0.0, "spread": 2.0}
    assert causes(report, "spread") == {"average", None}


@pytest.mark.parametrize("how", ["wrong", "unwritten"])
def test_a_bad_function_in_the_middle_of_a_chain_loses_alone(
    reports: dict[str, GradeReport], how: str
) -> None:
    report = reports[f"average {how}"]
    assert points(report) == {**RIGHT, "average": 0.0}
    assert causes(report, "spread") <= {"average", None}


def test_wrong_functions_each_lose_their_own_points(reports: dict[str, GradeReport]) -> None:
    assert points(reports["all wrong"]) == {**RIGHT, "total": 0.0, "average": 0.0, "spread": 0.0}


def test_a_function_that_calls_no_sibling_is_judged_alone(reports: dict[str, GradeReport]) -> None:
    report = reports["average without sibling"]
    assert points(report)["average"] == 0.0
    assert causes(report, "average") == {None}


def test_only_a_failed_value_test_makes_a_cause(reports: dict[str, GradeReport]) -> None:
    assert points(reports["total only slips at the edge"]) == RIGHT | dict.fromkeys(CHAIN, 1.5)


def test_all_tests_must_pass_with_the_sibling_repaired(reports: dict[str, GradeReport]) -> None:
    report = reports["total wrong, average wrong at times"]
    assert points(report) == {**RIGHT, "total": 0.0, "average": 0.0, "spread": 2.0}


def test_arguments_that_the_reference_cannot_take_are_the_caller_s_fault(
    reports: dict[str, GradeReport],
) -> None:
    report = reports["asks for the impossible"]
    assert points(report)["average"] == 0.0
    assert report.state == "graded"


def test_a_worker_that_does_not_survive_the_repair_excuses_nothing(
    reports: dict[str, GradeReport],
) -> None:
    assert points(reports["stubborn"]) == RIGHT | dict.fromkeys(CHAIN, 0.0)
    assert reports["stubborn"].state == "graded"


def test_the_reference_s_answers_are_of_no_use_to_the_replaced_function(
    reports: dict[str, GradeReport],
) -> None:
    outcomes = of(reports["thief"], "total")
    assert Verdict.PASSED not in {outcome.verdict for outcome in outcomes}
    assert points(reports["thief"])["total"] == 0.0


def test_a_sibling_that_takes_a_generator_and_a_function_is_replaced_like_any_other(
    reports: dict[str, GradeReport],
) -> None:
    report = reports["order wrong"]
    assert (points(report)["order"], points(report)["deal"]) == (0.0, 2.0)
    assert causes(report, "deal") == {"order", None}
    assert points(reports["order and deal wrong"])["deal"] < 2.0
