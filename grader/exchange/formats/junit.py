"""JUnit XML, a suite for each student: verdicts and causes for tools of continuous integration; for staff.

A message tells the cause that was found, never the inputs of a hidden test. Points are properties of the suite, since
strict readers know none of a test.
"""

from collections.abc import Iterable
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from grader.exchange.cells import clean
from grader.exchange.export import Export, Format, Request, new_scores
from grader.exchange.grades import Grades, Result, Sheet
from grader.models import Outcome, Verdict

_ELEMENTS = {Verdict.PASSED: None, Verdict.BLOCKED: "skipped", Verdict.FAULT: "error"}


def make(grades: Grades, request: Request) -> Export:
    """The document."""
    when = request.at.isoformat(timespec="seconds")
    suites = (
        _suite(sheet, result, when) for sheet in grades.sheets for result in sheet.results.values()
    )
    data = (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        f'<testsuites name="grader">{"".join(suites)}</testsuites>'
    )
    return Export({FORMAT.file: data.encode()}, new_scores(grades, request))


def _suite(sheet: Sheet, result: Result, when: str) -> str:
    outcomes = result.report.outcomes if result.report is not None else ()
    kinds = [_ELEMENTS.get(outcome.verdict, "failure") for outcome in outcomes]
    counts = {
        "tests": len(kinds),
        "failures": kinds.count("failure"),
        "errors": kinds.count("error"),
        "skipped": kinds.count("skipped"),
        "time": f"{sum(outcome.duration for outcome in outcomes):.3f}",
        "timestamp": when,
    }
    name = f"{sheet.assignment}: {clean(result.student) or '?'}"
    parts = [f"<testsuite{_attributes(name=name, **counts)}><properties>"]
    for fact, value in _facts(result):
        parts.append(f"<property{_attributes(name=f'grader.{fact}', value=value)} />")
    parts.append("</properties>")
    for outcome, kind in zip(outcomes, kinds, strict=True):
        message = "" if kind is None else clean(cause(outcome), 500)
        told = _told(
            f"{sheet.assignment}.{outcome.function}", outcome.test, outcome.verdict, kind, message
        )
        parts.append(f'<testcase time="{outcome.duration:.3f}"{told}')
    return "".join([*parts, "</testsuite>"])


# A class has the same few outcomes of each test.
@lru_cache(1 << 14)
def _told(suite: str, test: str, verdict: Verdict, kind: str | None, message: str) -> str:
    """A test without its time."""
    names = _attributes(classname=suite, name=test)
    if kind is None:
        return f"{names} />"
    return f"{names}><{kind}{_attributes(type=verdict.value, message=message)} /></testcase>"


def _attributes(**values: object) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items())


def _facts(result: Result) -> Iterable[tuple[str, str]]:
    yield "student", clean(result.student)
    yield "score", "" if result.score is None else str(result.score)
    yield "max_score", str(result.max_score)
    if result.report is not None:
        yield "state", result.report.state
        yield "isolation", result.report.isolation


def cause(outcome: Outcome) -> str:
    """Why a test did not pass, without its inputs: what was found, else the verdict."""
    if outcome.findings:
        return " ".join(finding.message for finding in outcome.findings)
    if outcome.blocked_by is not None:
        return f"blocked: {outcome.blocked_by}"
    if outcome.error is not None and outcome.error.known is not None:
        return f"{outcome.verdict.value}: {outcome.error.known}"
    return outcome.verdict.value


FORMAT = Format("junit", "JUnit XML, a suite for each student; for staff.", "junit.xml", make)
