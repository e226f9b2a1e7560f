"""No attempt changes a score, a neighbour's report, or anything else on this machine."""

import queue
import threading
from collections.abc import Callable, Iterator

import pytest

from grader.models import GradeReport, Submission
from grader.redteam.arena import Arena
from grader.redteam.corpus import FAMILIES, Attempt, corpus
from grader.redteam.outside import traces
from grader.redteam.survey import Trial, survey
from grader.redteam.world import World
from tests.small_course import REFERENCE

pytestmark = pytest.mark.needs("landlock")

ATTEMPTS = corpus()
REACHING = [attempt for attempt in ATTEMPTS if attempt.reaches_out]
UNCONFINED = [attempt for attempt in ATTEMPTS if attempt.unconfined]
#: More than cores: some attempts only wait.
ARENAS = 3

Await = Callable[[Attempt], Trial]


def background(attempts: list[Attempt], **how: int) -> Await:
    """Try attempts in the background; gives the trial of each as soon as there is one."""
    done: queue.Queue[Trial | BaseException] = queue.Queue()
    known: dict[str, Trial] = {}

    def work() -> None:
        try:
            for trial in survey(attempts, jobs=ARENAS, **how):
                done.put(trial)
        except BaseException as error:  # noqa: BLE001  # the test that waits raises it
            done.put(error)

    threading.Thread(target=work, daemon=True).start()

    def trial_of(attempt: Attempt) -> Trial:
        while attempt.name not in known:
            trial = done.get(timeout=150)
            if isinstance(trial, BaseException):
                done.put(trial)
                raise trial
            known[trial.attempt.name] = trial
        return known[attempt.name]

    return trial_of


def selected(request: pytest.FixtureRequest, test: str) -> list[Attempt]:
    """The attempts that this session asks `test` about."""
    items = (item for item in request.session.items if isinstance(item, pytest.Function))
    wanted = (item.name for item in items if item.originalname == test)
    names = {name.partition("[")[2].removesuffix("]") for name in wanted}
    return [attempt for attempt in ATTEMPTS if attempt.name in names]


@pytest.fixture(scope="module")
def tried(request: pytest.FixtureRequest) -> Await:
    return background(selected(request, "test_an_attempt_changes_nothing"))


@pytest.fixture(scope="module")
def tried_with_the_oldest_landlock(request: pytest.FixtureRequest) -> Await:
    return background(selected(request, "test_the_oldest_landlock_is_enough"), abi_cap=1)


@pytest.fixture(scope="module")
def unconfined() -> Iterator[Arena]:
    world = World()
    arena = Arena(world, confined=False)
    yield arena
    arena.close()
    world.close()


def verdicts(report: GradeReport) -> set[str]:
    return {outcome.verdict.value for outcome in report.outcomes}


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.name)
def test_an_attempt_changes_nothing(tried: Await, attempt: Attempt) -> None:
    assert tried(attempt).complaints == ()


@pytest.mark.slow
@pytest.mark.parametrize("attempt", REACHING, ids=lambda attempt: attempt.name)
def test_the_oldest_landlock_is_enough(
    tried_with_the_oldest_landlock: Await, attempt: Attempt
) -> None:
    assert tried_with_the_oldest_landlock(attempt).complaints == ()


@pytest.mark.parametrize("attempt", UNCONFINED, ids=lambda attempt: attempt.name)
def test_without_a_sandbox_it_would_have_worked(unconfined: Arena, attempt: Attempt) -> None:
    report = unconfined.attack(attempt)
    assert verdicts(report) == {attempt.unconfined}
    assert report.isolation == "none"


def test_what_is_right_gets_full_marks_after_an_attack() -> None:
    world = World()
    arena = Arena(world)
    arena.attack(next(each for each in ATTEMPTS if each.name == "forging/patches_numpy"))
    assert arena.grade(Submission("carol", {"small": REFERENCE.encode()})).score == 5
    arena.close()
    world.close()


@pytest.mark.usefixtures("looks_around")
def test_nothing_is_left_behind() -> None:
    names = (
        "escaping/forks",
        "escaping/runs_a_program",
        "lingering/keeps_computing",
        "lingering/leaves_threads_behind",
    )
    before = traces()
    trials = list(survey([each for each in ATTEMPTS if each.name in names], jobs=1))
    assert len(trials) == len(names)
    assert traces() - before == set()


def test_the_corpus_has_every_family_and_no_technique_twice() -> None:
    assert {attempt.family for attempt in ATTEMPTS} == set(FAMILIES)
    techniques = [attempt.technique for attempt in ATTEMPTS]
    assert sorted(set(techniques)) == sorted(techniques)
    assert len(techniques) >= 120
