"""No attempt changes a score, a neighbour's report, or anything else on this machine."""

import os
from collections.abc import Iterator

import pytest

from grader.models import GradeReport, Submission
from grader.redteam.corpus import Attempt
from tests.attacks.arena import ATTEMPTS, Arena, World, descendants, without_timings
from tests.small_course import REFERENCE

pytestmark = pytest.mark.needs("landlock")

#: Neither all right nor all wrong, talkative, and random where it may be.
NEIGHBOUR = Submission(
    "bob",
    {
        "small": b"""\
import random
import warnings

import numpy as np


def total(v):
    print("total of", len(v), random.random(), np.random.random())
    return float(np.sum(v))


def scaled(X, factor):
    warnings.warn("scaling by %s" % factor)
    if X.size == 0:
        raise ValueError("empty: %s" % (X.shape,))
    X *= factor
    return X
"""
    },
)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()


@pytest.fixture(scope="module")
def alone(world: World) -> GradeReport:
    """The neighbour's report where nobody else is graded."""
    arena = Arena(world)
    report = arena.grade(NEIGHBOUR)
    arena.close()
    assert {outcome.verdict.value for outcome in report.outcomes} == {"passed", "failed", "raised"}
    return report


@pytest.fixture(scope="module")
def arena(world: World) -> Iterator[Arena]:
    made = Arena(world)
    yield made
    made.close()


@pytest.fixture(scope="module")
def oldest(world: World) -> Iterator[Arena]:
    """Landlock as it was in its first version."""
    made = Arena(world, abi_cap=1)
    yield made
    made.close()


@pytest.fixture(scope="module")
def unconfined(world: World) -> Iterator[Arena]:
    made = Arena(world, confined=False)
    yield made
    made.close()


def verdicts(report: GradeReport) -> set[str]:
    return {outcome.verdict.value for outcome in report.outcomes}


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.name)
def test_an_attempt_changes_no_score_no_neighbour_and_nothing_else(
    arena: Arena, alone: GradeReport, attempt: Attempt
) -> None:
    report = arena.attack(attempt)
    assert attempt.ends_as_it_must(verdicts(report)), [
        (outcome.test, outcome.verdict, outcome.message) for outcome in report.outcomes
    ]
    assert report.score == 0
    assert report.state in ("graded", "missing")
    assert report.isolation == "base"
    assert without_timings(arena.grade(NEIGHBOUR)) == without_timings(alone)
    assert arena.world.harm() == []


@pytest.mark.parametrize(
    "attempt", [each for each in ATTEMPTS if each.reaches_out], ids=lambda attempt: attempt.name
)
def test_the_oldest_landlock_is_enough(oldest: Arena, attempt: Attempt) -> None:
    report = oldest.attack(attempt)
    assert attempt.ends_as_it_must(verdicts(report))
    assert report.score == 0
    assert oldest.world.harm() == []


@pytest.mark.parametrize(
    "attempt", [each for each in ATTEMPTS if each.unconfined], ids=lambda attempt: attempt.name
)
def test_without_a_sandbox_it_would_have_worked(unconfined: Arena, attempt: Attempt) -> None:
    report = unconfined.attack(attempt)
    assert verdicts(report) == {attempt.unconfined}
    assert report.isolation == "none"


def test_what_is_right_gets_full_marks_after_all_of_that(arena: Arena) -> None:
    assert arena.grade(Submission("carol", {"small": REFERENCE.encode()})).score == 5


def test_no_process_is_left_behind(world: World) -> None:
    before = set(descendants(os.getpid()))
    arena = Arena(world)
    for attempt in ATTEMPTS:
        if attempt.name in (
            "escaping/forks",
            "escaping/runs_a_program",
            "lingering/keeps_computing",
            "lingering/leaves_threads_behind",
        ):
            arena.attack(attempt)
    arena.close()
    # The tracker that multiprocessing starts stays for the next batch.
    assert len(set(descendants(os.getpid())) - before) <= 1
