"""JUnit XML, a suite for each student: verdicts and causes for tools of continuous integration; for staff.

A message tells the cause that was found, never the inputs of a hidden test. Points are properties of the suite, since
strict readers know none of a test.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from grader.exchange.cells import clean
from grader.exchange.export import Export, Format, Request, new_scores
from grader.exchange.grades import Grades, Result, Sheet
from grader.models import Outcome, Verdict

_ELEMENTS = {Verdict.PASSED: None, Verdict.BLOCKED: "skipped", Verdict.FAULT: "error"}


def make(grades: Grades, request: Request) -> Export:
    """The document."""
    root = Element("testsuites", name="grader")
    when = request.at.isoformat(timespec="seconds")
    for sheet in grades.sheets:
        for result in sheet.results.values():
            root.append(_suite(sheet, result, when))
    data = f"<?xml version='1.0' encoding='utf-8'?>\n{tostring(root, encoding='unicode')}".encode()
    return Export({FORMAT.file: data}, new_scores(grades, request))


def _suite(sheet: Sheet, result: Result, when: str) -> Element:
    outcomes = result.report.outcomes if result.report is not None else ()
    kinds = [_ELEMENTS.get(outcome.verdict, "failure") for outcome in outcomes]
    student = clean(result.student) or "?"
    suite = Element(
        "testsuite",
        name=f"{sheet.assignment}: {student}",
        tests=str(len(kinds)),
        failures=str(kinds.count("failure")),
        errors=str(kinds.count("error")),
        skipped=str(kinds.count("skipped")),
        time=f"{sum(outcome.duration for outcome in outcomes):.3f}",
        timestamp=when,
    )
    properties = SubElement(suite, "properties")
    for name, value in _facts(result):
        SubElement(properties, "property", name=f"grader.{name}", value=value)
    for outcome, kind in zip(outcomes, kinds, strict=True):
        case = SubElement(
            suite,
            "testcase",
            classname=f"{sheet.assignment}.{outcome.function}",
            name=outcome.test,
            time=f"{outcome.duration:.3f}",
        )
        if kind is not None:
            verdict = outcome.verdict.value
            SubElement(case, kind, type=verdict, message=clean(cause(outcome), 500))
    return suite


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
