"""CTRF, the Common Test Report Format: every test of every student as JSON; for staff."""

import json
from collections import Counter
from typing import Any

from grader import __version__
from grader.exchange.cells import clean
from grader.exchange.export import Export, Format, Request, new_scores
from grader.exchange.formats.junit import cause
from grader.exchange.grades import Grades
from grader.models import Outcome, Verdict

_STATES = {Verdict.PASSED: "passed", Verdict.BLOCKED: "skipped", Verdict.FAULT: "other"}
_SUMMARY = ("passed", "failed", "skipped", "pending", "other")


def make(grades: Grades, request: Request) -> Export:
    """The document."""
    tests: list[dict[str, Any]] = []
    for sheet in grades.sheets:
        for student, result in sheet.results.items():
            suite = [sheet.assignment, clean(student) or "?"]
            outcomes = result.report.outcomes if result.report is not None else ()
            tests += [_test(outcome, suite) for outcome in outcomes]
    states = Counter(test["status"] for test in tests)
    moment = round(request.at.timestamp() * 1000)
    taken = sum(test["duration"] for test in tests)
    content = {
        "reportFormat": "CTRF",
        "specVersion": "1.0.0",
        "timestamp": request.at.isoformat(timespec="seconds"),
        "generatedBy": "grading-descent",
        "results": {
            "tool": {"name": "grading-descent", "version": __version__},
            "summary": {
                "tests": len(tests),
                **{state: states[state] for state in _SUMMARY},
                "start": moment,
                "stop": moment,
                "duration": taken,
            },
            "tests": tests,
        },
    }
    data = json.dumps(content, separators=(",", ":")).encode()
    return Export({FORMAT.file: data}, new_scores(grades, request))


def _test(outcome: Outcome, suite: list[str]) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": outcome.test,
        "status": _STATES.get(outcome.verdict, "failed"),
        "duration": round(outcome.duration * 1000),
        "suite": [*suite, outcome.function],
        "rawStatus": outcome.verdict.value,
        "tags": [outcome.group],
        "extra": {
            "grader": {
                "points": outcome.points,
                "max_points": outcome.max_points,
                "visibility": outcome.visibility,
                "consequential_of": outcome.consequential_of,
            }
        },
    }
    if outcome.verdict is not Verdict.PASSED:
        test["message"] = clean(cause(outcome), 500)
    return test


FORMAT = Format("ctrf", "CTRF, every test of every student; for staff.", "ctrf.json", make)
