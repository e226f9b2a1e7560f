"""Why tests of one submission failed: hands the failures of a run to diagnosis, and lets no error of ours through."""

import logging
from collections.abc import Mapping

from grader.diagnose.diagnoser import Diagnoser
from grader.diagnose.record import Failure
from grader.errors import GraderFault
from grader.manifests import Limits
from grader.mistakes import load_alternatives, load_mistakes
from grader.models import Finding, Submission, Verdict
from grader.suite.reference import sources
from grader.suite.results import Run
from grader.suite.runner import Runner
from grader.suite.session import Suite

log = logging.getLogger(__name__)


class Explainer:
    """The diagnosis of one suite's submissions, in one process."""

    def __init__(self, suite: Suite, runner: Runner, limits: Limits) -> None:
        self._runner = runner
        #: None where the suite has nothing to compare with.
        self.diagnoser: Diagnoser | None = None
        if suite.solution is None or not suite.domains:
            return
        assignment = suite.assignment
        reference = Submission("", sources(assignment.solution_dir))
        self.diagnoser = Diagnoser(
            vars(suite.solution),
            suite.domains,
            limits,
            lambda _: runner.load(reference, float("inf")),
            load_mistakes(assignment),
            load_alternatives(assignment),
            assignment.manifest.pictures,
            runner.beat,
        )

    def explain(self, submission: Submission, run: Run) -> Mapping[str, tuple[Finding, ...]]:
        """Findings by test; none where nothing failed, and none where we fail.

        Raises GraderFault or OSError where workers can be neither made nor ended any more.
        """
        failed = failures(run)
        if self.diagnoser is None or not failed:
            return {}
        try:
            return self.diagnoser.examine(lambda left: self._runner.load(submission, left), failed)
        except (GraderFault, OSError):
            raise
        except Exception:
            log.exception("a submission could not be diagnosed")
            return {}

    def close(self) -> None:
        """End every worker."""
        if self.diagnoser is not None:
            self.diagnoser.close()


def failures(run: Run) -> list[Failure]:
    """The tests whose failure is the submission's own, and may have a cause that can be told."""
    return [
        Failure(
            result.test.spec.id, result.test.spec.function, result.test.spec.group, result.calls
        )
        for result in run.results
        if result.verdict in (Verdict.FAILED, Verdict.RAISED) and result.consequential_of is None
    ]
