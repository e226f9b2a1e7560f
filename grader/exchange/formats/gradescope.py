"""Gradescope's `results.json`, one a student: what the policy lets a student see, and nothing else."""

import json
from decimal import Decimal
from typing import Any

from grader.exchange.cells import exact, rounded
from grader.exchange.export import Export, Format, Request, new_scores, only_sheet
from grader.exchange.grades import Grades
from grader.exchange.shown import viewer
from grader.feedback.files import file_name
from grader.feedback.markdown import markdown, prose
from grader.feedback.view import View
from grader.models import GradeReport


def make(grades: Grades, request: Request) -> Export:
    """A file for each student."""
    sheet = only_sheet(grades, FORMAT.name)
    see = viewer(grades, sheet, request.phase)
    made = Export(changes=new_scores(grades, request))
    for student, result in sheet.results.items():
        shown = see(result)
        if shown is None or result.report is None or result.score is None:
            continue
        content = results(result.report, shown, score=result.score, places=request.places)
        name = f"{file_name(student)}/results.json"
        made.files[name] = (json.dumps(content) + "\n").encode()
    return made


def results(
    report: GradeReport, shown: View, *, score: Decimal | None, places: int = 2
) -> dict[str, Any]:
    """The content of a `results.json`; without a score Gradescope shows that it could not grade."""
    content: dict[str, Any] = {
        "output": markdown(shown),
        "output_format": "md",
        "test_output_format": "md",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(sum(outcome.duration for outcome in report.outcomes)),
        "extra_data": {"isolation": report.isolation},
        "tests": [],
    }
    if score is not None:
        content["score"] = float(rounded(score, places))
    for row in shown.functions:
        mine = [message for message in shown.messages if row.name in message.functions]
        test: dict[str, Any] = {
            "name": row.name,
            "max_score": row.max_points,
            "output": "\n\n".join(prose(message.what.text) for message in mine),
            "visibility": "visible",
        }
        if row.points is not None:
            test["score"] = float(rounded(exact(row.points), places))
            test["status"] = "passed" if row.state in ("right", "excused") else "failed"
        content["tests"].append(test)
    return content


FORMAT = Format(
    "gradescope", "Gradescope's results.json, one a student.", "gradescope", make, folder=True
)
