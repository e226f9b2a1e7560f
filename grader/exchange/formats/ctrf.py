"""CTRF, the Common Test Report Format: every test of every student as JSON; for staff."""

import json
from collections import Counter
from functools import lru_cache
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
    tests: list[str] = []
    verdicts: Counter[Verdict] = Counter()
    taken = 0
    for sheet in grades.sheets:
        for student, result in sheet.results.items():
            who = f"{_json(sheet.assignment)},{_json(clean(student) or '?')}"
            for outcome in result.report.outcomes if result.report is not None else ():
                duration = round(outcome.duration * 1000)
                tests.append(f'{{"duration":{duration},"suite":[{who},{_test(outcome)}')
                taken += duration
                verdicts[outcome.verdict] += 1
    states: Counter[str] = Counter()
    for verdict, count in verdicts.items():
        states[_state(verdict)] += count
    moment = round(request.at.timestamp() * 1000)
    results = {
        "tool": {"name": "grading-descent", "version": __version__},
        "summary": {
            "tests": len(tests),
            **{state: states[state] for state in _SUMMARY},
            "start": moment,
            "stop": moment,
            "duration": taken,
        },
    }
    content = {
        "reportFormat": "CTRF",
        "specVersion": "1.0.0",
        "timestamp": request.at.isoformat(timespec="seconds"),
        "generatedBy": "grading-descent",
    }
    data = _ending(content, "results", _ending(results, "tests", f"[{','.join(tests)}]"))
    return Export({FORMAT.file: data.encode()}, new_scores(grades, request))


def _test(outcome: Outcome) -> str:
    """A test from the last name of its suite on: its function."""
    passed = outcome.verdict is Verdict.PASSED
    return _told(
        outcome.function,
        outcome.test,
        outcome.verdict,
        outcome.group,
        outcome.points,
        outcome.max_points,
        outcome.visibility,
        outcome.consequential_of,
        None if passed else clean(cause(outcome), 500),
    )


# A class has the same few outcomes of each test.
@lru_cache(1 << 14)
def _told(
    function: str,
    test: str,
    verdict: Verdict,
    group: str,
    points: float | None,
    max_points: float,
    visibility: str,
    consequential_of: str | None,
    message: str | None,
) -> str:
    facts: dict[str, Any] = {
        "name": test,
        "status": _state(verdict),
        "rawStatus": verdict.value,
        "tags": [group],
        "extra": {
            "grader": {
                "points": points,
                "max_points": max_points,
                "visibility": visibility,
                "consequential_of": consequential_of,
            }
        },
    }
    if message is not None:
        facts["message"] = message
    return f"{_json(function)}],{_json(facts)[1:]}"


def _state(verdict: Verdict) -> str:
    return _STATES.get(verdict, "failed")


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _ending(content: dict[str, Any], key: str, value: str) -> str:
    """An object with one more member, which is JSON already."""
    return f"{_json(content)[:-1]},{_json(key)}:{value}}}"


FORMAT = Format("ctrf", "CTRF, every test of every student; for staff.", "ctrf.json", make)
