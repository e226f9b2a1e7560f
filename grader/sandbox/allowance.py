"""What a submission may still use: of its worker's CPU clock and, if it waits instead of computing, of our patience."""

from collections.abc import Callable
from dataclasses import dataclass

from grader.manifests import Limits
from grader.sandbox.channel import Budget

#: The wall clock is only a backstop for workers that wait instead of computing.
WALL_FACTOR = 4
#: Where a worker's CPU time cannot be read, waiting is all that can be measured.
WALL_FACTOR_WITHOUT_CLOCK = 2
#: Seconds by which the same waiting differs when it is added up in another order.
_ROUNDING = 1e-6


@dataclass
class Allowance:
    """The limits of one worker's calls, of the test that runs, and of the submission."""

    clock: Callable[[], float | None]
    limits: Limits
    #: CPU seconds of the submission that are left for this worker.
    submission: float
    #: Seconds that we waited for answers.
    waited: float = 0.0
    _test_end: float = float("inf")
    _test_waits: float = float("inf")

    def __post_init__(self) -> None:
        cpu = self.clock()
        self.start = cpu or 0.0
        self._factor = WALL_FACTOR_WITHOUT_CLOCK if cpu is None else WALL_FACTOR

    def used(self, cpu: float) -> float:
        """What counts against the submission's CPU time: who waits instead of computing pays for that, too."""
        return max(cpu, self.waited / self._factor)

    def begin_test(self, limits: Limits) -> None:
        """Start the clocks of a test."""
        self.limits = limits
        self._test_end = (self.clock() or 0.0) + limits.test
        self._test_waits = limits.test * self._factor

    def budget(self, limit: float) -> Budget:
        """What an exchange may use that is limited to so many CPU seconds itself."""
        left = self.submission * self._factor - self.waited
        wall = max(min(limit * self._factor, self._test_waits, left), 0.0)
        cpu = self.clock()
        if cpu is None:
            return Budget(float("inf"), wall, limit)
        return Budget(min(cpu + limit, self._test_end, self.start + self.submission), wall, limit)

    def spend(self, seconds: float) -> None:
        """Count what an exchange waited."""
        self.waited += seconds
        self._test_waits -= seconds

    def exceeded(self, budget: Budget, granted: float) -> str:
        """Which limit ended an exchange that was granted so many seconds of waiting, as a sentence without full stop:
        the one that was reached first, however late we looked.
        """
        cpu = self.clock()
        if cpu is not None and cpu >= budget.cpu_end:
            if budget.cpu_end == self.start + self.submission:
                return "the submission used up its CPU time"
            if budget.cpu_end == self._test_end:
                return f"the test used more than {self.limits.test:g} s of CPU time"
            return f"it used more than {budget.limit:g} s of CPU time"
        granted += _ROUNDING
        if granted >= self.submission * self._factor - self.waited:
            return f"its answers took more than {self.submission * self._factor:g} s in all"
        if granted >= self._test_waits:
            return f"its answers took more than {self.limits.test * self._factor:g} s in one test"
        return f"no answer within {budget.limit * self._factor:g} s"
