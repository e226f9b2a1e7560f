"""Runs attempts and judges what became of each: its verdicts, its neighbour, what it reached, what it left behind."""

import queue
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from grader.models import GradeReport
from grader.redteam.arena import NEIGHBOUR, Arena, without_timings
from grader.redteam.corpus import FAMILIES, UNREAD, Attempt
from grader.redteam.readers import told
from grader.redteam.world import World


@dataclass(frozen=True)
class Trial:
    """What became of one attempt; it held where there is no complaint."""

    attempt: Attempt
    verdicts: tuple[str, ...]
    isolation: str
    complaints: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether the grader withstood."""
        return not self.complaints


@dataclass(frozen=True)
class Tally:
    """How many attempts of a family were withstood."""

    family: str
    survived: int
    total: int


class Judge:
    """Grades attempts and a neighbour after each, in an arena of its own."""

    def __init__(self, *, confined: bool = True, abi_cap: int | None = None) -> None:
        self.world = World()
        self._level = "base" if confined else "none"
        try:
            self.arena = Arena(self.world, confined=confined, abi_cap=abi_cap)
            self._alone = self._neighbour()
        except BaseException:
            self.world.close()
            raise

    def _neighbour(self) -> dict[str, Any]:
        return without_timings(self.arena.grade(NEIGHBOUR))

    def judge(self, attempt: Attempt) -> Trial:
        """Try an attempt."""
        report = self.arena.attack(attempt)
        complaints = list(self._complaints(attempt, report))
        if self._neighbour() != self._alone:
            complaints.append("the neighbour got another report than alone")
        complaints += self.world.harm()
        ended = sorted({outcome.verdict.value for outcome in report.outcomes}) or [UNREAD]
        return Trial(attempt, tuple(ended), report.isolation, tuple(complaints))

    def _complaints(self, attempt: Attempt, report: GradeReport) -> Iterator[str]:
        ended = {outcome.verdict.value for outcome in report.outcomes}
        if not attempt.ends_as_it_must(ended):
            how = "; ".join(
                f"{outcome.test}: {outcome.verdict.value}: {outcome.message[:200]}"
                for outcome in report.outcomes
            )
            yield f"it must end in {', '.join(sorted(attempt.verdicts))}: {how or UNREAD}"
        if report.score != 0:
            yield f"it earned {report.score:g} of {report.max_score:g} points"
        if report.state == "needs_review":
            yield f"it made the grader blame itself: {report.load.error}"
        if report.isolation != self._level:
            yield f"it was graded at the level {report.isolation}"
        yield from told(report, self.world.assignment)

    def close(self) -> None:
        """Take the arena and the world down."""
        self.arena.close()
        self.world.close()


def survey(
    attempts: Sequence[Attempt], *, jobs: int = 2, abi_cap: int | None = None
) -> Iterator[Trial]:
    """Try attempts in so many arenas at once; trials come as they end. Raises what stops an arena."""
    ahead = iter(attempts)
    lock = threading.Lock()
    done: queue.Queue[Trial | BaseException] = queue.Queue()

    def take() -> Attempt | None:
        with lock:
            return next(ahead, None)

    def work() -> None:
        try:
            judge = Judge(abi_cap=abi_cap)
            try:
                while (attempt := take()) is not None:
                    done.put(judge.judge(attempt))
            finally:
                judge.close()
        except BaseException as error:  # noqa: BLE001  # whoever waits for trials raises it
            done.put(error)

    threads = [threading.Thread(target=work) for _ in range(min(jobs, len(attempts)))]
    for thread in threads:
        thread.start()
    try:
        for _ in attempts:
            trial = done.get()
            if isinstance(trial, BaseException):
                raise trial
            yield trial
    finally:
        while take() is not None:
            pass
        for thread in threads:
            thread.join()


def tallies(trials: Iterable[Trial]) -> list[Tally]:
    """The count of each family that was tried."""
    tried, held = Counter[str](), Counter[str]()
    for trial in trials:
        tried[trial.attempt.family] += 1
        held[trial.attempt.family] += trial.held
    return [Tally(family, held[family], tried[family]) for family in FAMILIES if tried[family]]
