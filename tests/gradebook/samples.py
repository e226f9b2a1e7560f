"""Reports that nobody graded, and ways to put them into a gradebook."""

import hashlib
from collections.abc import Iterable

from grader.bundles import pack
from grader.gradebook.attempts import Context
from grader.gradebook.connection import Gradebook
from grader.gradebook.keeping import Keeping
from grader.models import (
    GRADING_VERSION,
    Digests,
    Environment,
    Graded,
    GradeReport,
    Load,
    Outcome,
    Submission,
    SuiteDigests,
    Verdict,
)
from grader.orders import Again

BUNDLE = {"tests/hidden/small/test_total.py": b"def test_total(student): ...\n"}
BUNDLE_DIGEST = hashlib.sha256(pack(BUNDLE)).hexdigest()


def context(suite: str = "suite", assignment: str = "small") -> Context:
    return Context(
        assignment,
        SuiteDigests(suite, "given", "reference"),
        BUNDLE_DIGEST,
        "base",
        "3.11.4",
        "2.4.0",
        GRADING_VERSION,
    )


def seed_of(student: str) -> str:
    return f"seed of {student}"


def handed_in(
    student: str = "ann", text: str = "x = 1\n", submitted: str | None = None
) -> Submission:
    source = None if submitted is None else "timestamp.txt"
    return Submission(student, {"small": text.encode()}, submitted=submitted, source=source)


def outcome(test: str, points: float | None, of: float, function: str = "total") -> Outcome:
    verdict = Verdict.FAULT if points is None else Verdict.PASSED if points else Verdict.FAILED
    return Outcome(
        test=test,
        function=function,
        group="value",
        visibility="hidden",
        verdict=verdict,
        points=points,
        max_points=of,
    )


def report(
    submission: Submission,
    points: Iterable[float | None] = (1.0, 0.0),
    suite: str = "suite",
    state: str | None = None,
) -> GradeReport:
    """A report in which each test is worth 2 points."""
    outcomes = tuple(
        outcome(f"test_total.py::test_{number}", each, 2.0) for number, each in enumerate(points)
    )
    faulty = any(each.points is None for each in outcomes)
    digest = hashlib.sha256(pack(submission.contents)).hexdigest()
    return GradeReport.model_validate(
        {
            "student": submission.student,
            "state": state or ("needs_review" if faulty else "graded"),
            "provisional": False,
            "score": sum(each.points or 0.0 for each in outcomes),
            "max_score": 2.0 * len(outcomes),
            "isolation": "base",
            "environment": Environment(python="3.11.4", numpy="2.4.0", machine="a machine"),
            "seed": seed_of(submission.student),
            "digests": Digests(
                submission=digest, suite=suite, given="given", reference="reference"
            ),
            "load": Load(error=submission.problem),
            "outcomes": outcomes,
        }
    )


def graded(made: GradeReport) -> Graded:
    return Graded(
        made.student,
        made.state,
        made.score,
        made.max_score,
        made.load.error,
        0.01,
        made.model_dump_json(),
    )


def grade(
    book: Gradebook,
    *submissions: Submission,
    points: Iterable[float | None] = (1.0, 0.0),
    suite: str = "suite",
    again: Again = Again.STALE,
    assignment: str = "small",
    since: int | None = None,
) -> tuple[list[str], list[GradeReport]]:
    """Pretend to grade: who was graded, and all the reports that were announced."""
    announced: list[Graded] = []
    done = []
    wanted = list(points)
    with Keeping(
        book, context(suite, assignment), BUNDLE, seed_of, announced.append, again, since
    ) as keeping:
        for submission in keeping.unfinished(submissions):
            done.append(submission.student)
            keeping.keep(graded(report(submission, wanted, suite)))
    return done, [GradeReport.model_validate_json(each.text) for each in announced]
