"""One submission becomes one `GradeReport`; the score is a pure function of outcomes."""

import difflib
import hashlib
import hmac
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from grader.bundles import digest, files_in
from grader.course import Assignment
from grader.diagnose.sentences import say
from grader.manifests import Sketch
from grader.models import (
    Digests,
    Environment,
    Finding,
    Frame,
    GradeReport,
    Load,
    ManualItem,
    Outcome,
    Submission,
    SuiteDigests,
    Thrown,
    Verdict,
    Warned,
)
from grader.sandbox.records import Raised
from grader.sketches import sketch
from grader.suite.exceptions import known
from grader.suite.reference import sources
from grader.suite.results import Run, TestResult
from grader.suite.wording import named

_DEFINED = re.compile(rb"^def\s+([A-Za-z_]\w{,60})\b", re.MULTILINE)
#: Of what a submission defines, what is compared with the name of a function that is missing.
_MOST_NAMES = 300


def derive_seed(secret: bytes | None, assignment: Assignment, student: str) -> str:
    """The seed of one student's grading; without a secret it is the same for all and can be known."""
    version = f"{assignment.name}\0{assignment.manifest.version}"
    if secret is None:
        return hashlib.sha256(version.encode()).hexdigest()
    return hmac.digest(secret, f"{version}\0{student}".encode(), "sha256").hex()


def tree_digest(folder: Path, suffixes: tuple[str, ...] | None = None) -> str:
    """The digest of a folder's files; of those with these suffixes alone, if any are named."""
    return digest(
        {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in files_in(folder)
            if suffixes is None or file.suffix in suffixes
        }
    )


def suite_digests(assignment: Assignment) -> SuiteDigests:
    """The digests of what a score depends on besides the submission: suite with its limits, given, reference."""
    limits = assignment.manifest.model_dump_json(
        include={"version", "modules", "allow", "functions", "limits"}
    )
    suite = digest(
        {"suite": tree_digest(assignment.hidden_dir).encode(), "manifest": limits.encode()}
    )
    given = assignment.release_dir / "given"
    return SuiteDigests(suite, tree_digest(given), digest(sources(assignment.solution_dir)))


def score(results: Iterable[TestResult]) -> tuple[float, dict[str, float | None]]:
    """The points of a submission and of each of its tests.

    A function's edge, property and contract points count only if one of its value tests passed. A fault has no points;
    what another function's fault explains has them all.
    """
    listed = list(results)

    def good(result: TestResult) -> bool:
        return result.verdict is Verdict.PASSED or result.consequential_of is not None

    worthy = {
        result.test.spec.function
        for result in listed
        if result.test.spec.group == "value" and good(result)
    }
    points: dict[str, float | None] = {}
    for result in listed:
        spec = result.test.spec
        if result.verdict is Verdict.FAULT:
            points[spec.id] = None
        else:
            earned = good(result) and (spec.group == "value" or spec.function in worthy)
            points[spec.id] = spec.points if earned else 0.0
    return sum(value for value in points.values() if value is not None), points


@cache
def environment() -> Environment:
    """What grades here."""
    return Environment(
        python=platform.python_version(),
        numpy=np.__version__,
        machine=f"{platform.system()} {platform.machine()}",
    )


def report(
    assignment: Assignment,
    submission: Submission,
    run: Run,
    *,
    seed: str,
    isolation: str,
    digests: SuiteDigests,
    findings: Mapping[str, tuple[Finding, ...]] | None = None,
) -> GradeReport:
    """The report of one graded submission."""
    total, points = score(run.results)
    manual = tuple(
        ManualItem(item=item, max_points=points)
        for item, points in assignment.manifest.rubric.items()
    )
    error = run.loaded.error
    newer = None if error is None else error.get("newer")
    faulty = any(result.verdict is Verdict.FAULT for result in run.results)
    message = None if error is None else _load_error(error)
    drawn = {each.function: each for each in assignment.manifest.pictures}
    return GradeReport(
        student=submission.student,
        state="needs_review" if faulty or newer else "graded",
        provisional=bool(manual),
        score=total,
        max_score=sum(result.test.spec.points for result in run.results),
        manual=manual,
        isolation=isolation,
        environment=environment(),
        seed=seed,
        digests=Digests(submission=digest(submission.contents), **digests._asdict()),
        load=Load(
            error=message,
            notes=submission.notes + run.loaded.notes,
            alike=_alike(submission, run.results),
        ),
        outcomes=tuple(
            _outcome(
                result,
                points[result.test.spec.id],
                findings or {},
                drawn.get(result.test.spec.function),
                stateful=run.loaded.stateful,
            )
            for result in run.results
        ),
    )


def ungraded(
    assignment: Assignment,
    submission: Submission,
    *,
    seed: str,
    isolation: str,
    digests: SuiteDigests,
    error: str | None = None,
) -> GradeReport:
    """The report of a submission none of whose tests ran.

    Nothing handed in is `missing`; what was handed in and cannot be read is graded, with nothing; `error` tells of a
    fault of ours, which a person must look at.
    """
    state: Literal["graded", "needs_review", "missing"] = (
        "graded" if submission.problem else "missing"
    )
    return GradeReport(
        student=submission.student,
        state="needs_review" if error else state,
        provisional=bool(assignment.manifest.experiments),
        score=0.0,
        max_score=sum(function.points for function in assignment.functions.values()),
        isolation=isolation,
        environment=environment(),
        seed=seed,
        digests=Digests(submission=digest(submission.contents), **digests._asdict()),
        load=Load(
            error=error or submission.problem or "nothing to grade was handed in",
            notes=submission.notes,
        ),
    )


def _alike(submission: Submission, results: Sequence[TestResult]) -> dict[str, str]:
    """For functions that are missing, what the submission defines under nearly that name."""
    missing = {each.test.spec.function for each in results if each.blocked_by == "missing"}
    if not missing:
        return {}
    found = {name for source in submission.files.values() for name in _DEFINED.findall(source)}
    names = sorted(name.decode() for name in found)[:_MOST_NAMES]
    others = set(names) - {each.test.spec.function for each in results}
    return {name: near for name in sorted(missing) if (near := nearest(name, others))}


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that is most like this one, if any is."""
    return next(iter(difflib.get_close_matches(name, sorted(names), n=1)), None)


def _load_error(error: Mapping[str, object]) -> str:
    cell = f"cell {error['cell']}, " if error.get("cell") else ""
    where = f"{cell}line {error['line']}: " if error.get("line") else ""
    kind, message = error.get("type"), str(error["message"])
    said = named(str(kind), message) if kind else message
    newer = f" (this is Python {error['newer']} or newer)" if error.get("newer") else ""
    return f"{where}{said}{newer}"


def _outcome(
    result: TestResult,
    points: float | None,
    findings: Mapping[str, tuple[Finding, ...]],
    drawn: Sketch | None,
    *,
    stateful: bool,
) -> Outcome:
    spec = result.test.spec
    found = findings.get(spec.id, ())
    if result.unstable is not None and stateful:
        found = (*found, _unstable(result.unstable, result.verdict))
    details: dict[str, Any] = {}
    # A test that passed has none of them, and each costs as much as a part of judging it.
    if result.verdict is not Verdict.PASSED or result.output or result.warnings or found:
        details = _details(result, drawn) | {"findings": found}
    return Outcome(
        test=spec.id,
        function=spec.function,
        group=spec.group,
        visibility=spec.visibility,
        verdict=result.verdict,
        points=points,
        max_points=spec.points,
        cpu=_to_microseconds(result.cpu),
        duration=_to_microseconds(result.duration),
        **details,
    )


def _to_microseconds(seconds: float) -> float:
    """As `round` to six digits would, at a tenth of its cost."""
    return int(seconds * 1e6 + 0.5) / 1e6


def _details(result: TestResult, drawn: Sketch | None) -> dict[str, Any]:
    """What an outcome tells besides how the test ended."""
    failed = result.verdict is Verdict.FAILED
    return {
        "consequential_of": result.consequential_of,
        "message": result.message,
        "hint": result.test.spec.hint if failed or result.verdict is Verdict.RAISED else None,
        "compared": result.compared and failed,
        "blocked_by": result.blocked_by,
        "error": None if result.raised is None else _thrown(result.raised),
        "picture": None if drawn is None or result.pair is None else sketch(drawn, *result.pair),
        "output": result.output,
        "warnings": tuple(
            Warned(category=category, message=text, line=line)
            for category, text, line in result.warnings
        ),
    }


def _thrown(raised: Raised) -> Thrown:
    return Thrown(
        known=known(raised),
        line=raised.line,
        frames=tuple(
            Frame(file=file, line=line, function=function, text=text)
            for file, line, function, text in raised.frames
        ),
    )


def _unstable(first: Verdict, counted: Verdict) -> Finding:
    kind = "state-kept-between-calls"
    params = {"text": kind, "first": first.value, "counted": counted.value}
    message, hint = say(params)
    return Finding(kind=kind, params=params, confidence=1.0, message=message, hint=hint)
