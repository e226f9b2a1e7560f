"""Says why tests failed: asks the student's functions about fresh inputs, and weighs what explains the answers.

Theory of operation. For each function with failing tests the student's function is called, in a worker of its own, on
inputs drawn from the function's domain. Two sorts of explanations compete: relations between a wrong result and the
right one, and suspects, functions that may have been computed instead, the assignment's mistakes among them. What
holds of all answers, and of three wrong ones at least, may be told. Failures on special inputs are explained by giving
what is special about them to fresh inputs. Nothing here can change a verdict, and everything has a limit of time.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from grader.diagnose.answers import Answer
from grader.diagnose.ask import Asker, Spent, Start
from grader.diagnose.bench import Bench
from grader.diagnose.examination import Examination
from grader.diagnose.judge import Judge
from grader.diagnose.record import Failure
from grader.diagnose.timer import OutOfTime, within
from grader.domains import Domain
from grader.manifests import Limits, Sketch
from grader.mistakes import Alternative, Mistake
from grader.models import Finding
from grader.steps import Step

__all__ = ["Diagnoser", "Failure", "Start"]

log = logging.getLogger(__name__)

#: CPU seconds of this process for one function of one submission.
FUNCTION_TIME: Final = 3.0


@contextmanager
def _hushed() -> Iterator[None]:
    """Let nothing reach the terminal: given nonsense, LAPACK writes to descriptors of its own accord."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        yield
    finally:
        for descriptor, copy in enumerate(kept, start=1):
            os.dup2(copy, descriptor)
            os.close(copy)
        os.close(nowhere)


@dataclass
class Diagnoser:
    """Explains failures of one assignment's submissions; made once per suite."""

    reference: Mapping[str, Callable[..., Any]]
    domains: Mapping[str, Domain]
    limits: Limits
    #: Makes a worker that holds the reference, for calls whose arguments a submission may have chosen.
    start_reference: Start
    mistakes: Sequence[Mistake] = ()
    alternatives: Sequence[Alternative] = ()
    sketches: Sequence[Sketch] = ()
    #: Told before each step that may hang.
    beat: Callable[[str], None] = lambda phase: None
    _judges: dict[str, Judge] = field(default_factory=dict)
    _answering: Asker | None = None

    def judge(self, function: str) -> Judge:
        """The judge of one function, made once."""
        if function not in self._judges:
            bench = Bench(
                function,
                self.reference[function],
                self.domains[function],
                self.reference,
                tuple(one for one in self.mistakes if one.function == function),
                tuple(one for one in self.alternatives if one.function == function),
                next((one for one in self.sketches if one.function == function), None),
            )
            self._judges[function] = Judge(bench)
        return self._judges[function]

    def examine(self, start: Start, failures: Sequence[Failure]) -> dict[str, tuple[Finding, ...]]:
        """Findings by test. `start` makes a fresh worker that holds the submission."""
        found: dict[str, tuple[Finding, ...]] = {}
        asker = Asker(start, self.limits)
        try:
            for function in dict.fromkeys(failure.function for failure in failures):
                if function in self.domains and function in self.reference:
                    self.beat(Step.DIAGNOSIS.phase(function))
                    mine = [failure for failure in failures if failure.function == function]
                    found.update(self._one(function, asker, mine))
        finally:
            asker.end()
        return found

    def close(self) -> None:
        """End the reference's worker."""
        if self._answering is not None:
            self._answering.end()

    def _one(
        self, function: str, asker: Asker, failures: Sequence[Failure]
    ) -> dict[str, tuple[Finding, ...]]:
        examination: Examination | None = None
        try:
            with within(FUNCTION_TIME), _hushed():
                asker.begin()
                examination = Examination(self.judge(function), asker, self._ask_reference)
                examination.run(failures)
        except (Spent, OutOfTime) as error:
            log.info("the diagnosis of %s ended early: %r", function, error)
        except Exception:
            log.exception("the diagnosis of %s failed", function)
        return {} if examination is None else examination.findings()

    def _ask_reference(
        self, function: str, args: tuple[Any, ...], errstate: Mapping[str, str] | None
    ) -> Answer:
        """The reference's answer to recorded arguments, which a submission may have chosen."""
        for _ in range(2):
            if self._answering is None:
                self._answering = Asker(self.start_reference, self.limits)
            try:
                return self._answering.answer(function, args, errstate)
            except Spent:
                self._answering.end()
                self._answering = None
        return Answer(lost="timeout")
