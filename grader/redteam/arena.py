"""Where attempts are graded: the real runner in a process of its own, one submission after another."""

import queue
import threading
from typing import Any, Final

from grader.batch import grade
from grader.models import Graded, GradeReport, Submission
from grader.orders import Plan
from grader.redteam.corpus import Attempt
from grader.redteam.world import World

#: Seconds after which a batch that says nothing has been stopped.
PATIENCE: Final = 120.0

#: Graded after each attempt. Neither all right nor all wrong, talkative, and random where it may be.
NEIGHBOUR: Final = Submission(
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


class Arena:
    """A running batch that grades what it is given. Raises what the batch raises, and queue.Empty when it hangs."""

    def __init__(self, world: World, *, confined: bool = True, abi_cap: int | None = None) -> None:
        self.world = world
        self._jobs: queue.Queue[Submission | None] = queue.Queue()
        self._done: queue.Queue[Graded | BaseException] = queue.Queue()
        plan = Plan(world.assignment, b"a secret", confined, abi_cap)
        self._thread = threading.Thread(target=self._run, args=(plan,), daemon=True)
        self._thread.start()

    def _run(self, plan: Plan) -> None:
        try:
            grade(plan, iter(self._jobs.get, None), self._done.put, jobs=1)
        except BaseException as error:  # noqa: BLE001  # whoever waits for a report raises it
            self._done.put(error)

    def attack(self, attempt: Attempt) -> GradeReport:
        """The report of an attempt."""
        return self.grade(self.world.hand_in(attempt))

    def grade(self, submission: Submission) -> GradeReport:
        """The report of a submission."""
        self.send(submission)
        return self.report()

    def send(self, submission: Submission) -> None:
        """Hand a submission in."""
        self._jobs.put(submission)

    def report(self) -> GradeReport:
        """The next report."""
        done = self._done.get(timeout=PATIENCE)
        if isinstance(done, BaseException):
            raise done
        return GradeReport.model_validate_json(done.text)

    def close(self) -> None:
        """End the batch."""
        self._jobs.put(None)
        self._thread.join(PATIENCE)


def without_timings(report: GradeReport) -> dict[str, Any]:
    """A report but for what is never the same twice."""
    data = report.model_dump(mode="json")
    for outcome in data["outcomes"]:
        del outcome["cpu"], outcome["duration"]
    return data
