"""What validation blames on a suite, judged from what became of each thing that was tried."""

from typing import Any

import pytest

from grader.authoring.candidates import Candidate, Kind
from grader.authoring.jobs import Answer, Failure, Inspected, Tried, Try
from grader.authoring.judge import Judge
from grader.course import Assignment
from grader.models import Verdict
from tests.small_course import write_course

BASE = "the seed"
FULL = {"total": 1.0, "scaled": 4.0}


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return write_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def judge(assignment: Assignment) -> Judge:
    made = Judge(assignment, BASE, (), {})
    made.inspected(Inspected((), {"total": 2, "scaled": 2}, {"total": "T0", "scaled": "T2"}))
    return made


def failure(function: str = "total", verdict: Verdict = Verdict.FAILED, **more: Any) -> Failure:
    made: dict[str, Any] = {"group": "value", "message": "7 for 6", "consequential_of": None}
    return Failure(f"test_{function}.py::test_it", function, verdict=verdict, **{**made, **more})


def tried(
    kind: Kind,
    *failures: Failure,
    function: str | None = "total",
    seed: str = BASE,
    points: dict[str, float] | None = None,
    **more: Any,
) -> Answer:
    """What became of a candidate that earned these points."""
    candidate = Candidate(kind, "M1", function, {})
    made: dict[str, Any] = {"unsteady": (), "flaky": {}, "ratio": None, "cpu": 0.5, **more}
    value = Tried(FULL if points is None else points, failures, **made)
    return Answer(Try(candidate, seed), value, 2.0)


LESS = {"total": 0.5, "scaled": 4.0}


@pytest.mark.parametrize(
    ("answer", "kind", "function", "message"),
    [
        (
            tried("reference", failure(), function=None),
            "reference",
            "total",
            "the reference: test_it fails: 7 for 6",
        ),
        (
            tried("reference", failure(), function=None, seed="another"),
            "seeds",
            "total",
            "the reference, under another seed: test_it fails: 7 for 6",
        ),
        (
            tried("stub", function=None, points={"total": 0.0, "scaled": 1.0}),
            "worthless",
            "scaled",
            "a submission that is the stub earns 1 point",
        ),
        (
            tried("trivial", function=None, points={"total": 0.5, "scaled": 0.0}),
            "worthless",
            "total",
            "a submission that M1 earns 0.5 points",
        ),
        (tried("mistake"), "mistake", "total", "mistake M1 loses nothing"),
        (
            tried("mistake", failure("scaled"), points={"total": 0.0, "scaled": 3.0}),
            "mistake",
            "scaled",
            "mistake M1 of total costs points here: test_it fails: 7 for 6",
        ),
        (
            tried("alternative", failure(), points=LESS),
            "alternative",
            "total",
            "the right alternative M1 of total loses points here: test_it fails: 7 for 6",
        ),
        (
            tried("alternative", unsteady=("test_total.py::test_it",)),
            "seeds",
            "total",
            "alternative M1: test_total.py::test_it ends otherwise under another seed",
        ),
        (
            tried("alternative", flaky={"test_total.py::test_it": "total"}),
            "seeds",
            "total",
            "test_total.py::test_it fails right work and then passes it: all that it draws must come from `rng`",
        ),
        (
            tried("single precision"),
            "tolerance",
            "total",
            "results rounded to float32 lose no points",
        ),
        (
            tried("other order", failure("scaled"), points={"total": 1.0, "scaled": 3.0}),
            "tolerance",
            "scaled",
            "total M1 loses points here: test_it fails: 7 for 6",
        ),
        (
            tried("alternative", failure(verdict=Verdict.FAULT)),
            "reference",
            "total",
            "with M1, test_it cannot be judged: 7 for 6",
        ),
        (
            tried("stub", failure(verdict=Verdict.FAULT), function=None, points={}),
            "reference",
            "total",
            "with a submission that is the stub, test_it cannot be judged: 7 for 6",
        ),
    ],
    ids=lambda value: None if isinstance(value, str) else "",
)
def test_a_suite_is_blamed(
    judge: Judge, answer: Answer, kind: str, function: str, message: str
) -> None:
    judge.hidden(answer)
    (problem,) = judge.told()
    assert (problem.kind, problem.function) == (kind, function)
    assert problem.message == message


@pytest.mark.parametrize(
    "answer",
    [
        tried("reference", function=None),
        tried("stub", function=None, points={"total": 0.0, "scaled": 0.0}),
        tried("mistake", failure(), points=LESS),
        tried("alternative"),
        tried("single precision", failure(), points=LESS),
        tried("single precision", function="scaled"),
        tried("other order"),
    ],
    ids=lambda answer: f"{answer.job.candidate.kind} of {answer.job.candidate.function}",
)
def test_what_ends_as_it_should_is_blamed_on_nobody(judge: Judge, answer: Answer) -> None:
    judge.hidden(answer)
    assert judge.told() == ()


def test_a_test_that_nothing_passes_is_told_of_the_reference_alone(judge: Judge) -> None:
    fault = failure(verdict=Verdict.FAULT)
    everything = [
        tried("mistake", fault, points=LESS),
        tried("reference", fault, function=None, seed="another"),
        tried("reference", fault, function=None),
    ]
    judge.all_hidden(everything)
    assert [problem.message for problem in judge.told()] == [
        "the reference: test_it cannot be judged: 7 for 6"
    ]


def test_a_public_test_that_right_work_fails_is_told(judge: Judge) -> None:
    judge.public(tried("reference", failure(), function=None))
    (problem,) = judge.told()
    assert (problem.kind, problem.message) == (
        "public",
        "M1 fails a public test: test_it fails: 7 for 6",
    )


def test_problems_stand_in_the_order_of_the_functions_and_once_each(judge: Judge) -> None:
    for function in ("scaled", "total", "scaled"):
        judge.blame("inputs", function, "a problem")
    judge.blame("stale", None, "a problem of none")
    assert [problem.function for problem in judge.told()] == [None, "total", "scaled"]


def test_mistakes_and_alternatives_that_are_not_there_are_missed(judge: Judge) -> None:
    judge.hidden(tried("mistake", failure(), points=LESS))
    for _ in range(2):
        judge.hidden(tried("alternative"))
    judge.missing()
    assert [(problem.function, problem.message) for problem in judge.told()] == [
        ("scaled", "0 alternatives are listed, 2 are wanted"),
        ("scaled", "no mistake is listed"),
    ]


def test_the_numbers_of_a_function_count_what_was_caught_and_how_narrowly(judge: Judge) -> None:
    judge.hidden(tried("mistake", failure(), points=LESS, ratio=31.4159))
    judge.hidden(tried("mistake", failure(), points=LESS, ratio=271.828))
    judge.hidden(tried("alternative"))
    judge.hidden(tried("single precision", failure(), points=LESS))
    judge.hidden(tried("other order", ratio=0.0123))
    found = judge.numbers("total")
    assert (found.mistakes, found.caught, found.alternatives, found.right) == (2, 2, 1, 1)
    assert (found.told_apart, found.order, found.margin) == (True, 0.012, 31.0)
