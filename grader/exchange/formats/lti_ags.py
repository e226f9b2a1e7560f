"""Bodies for LTI's Assignment and Grade Services, one JSON line a score: whatever holds the token posts them.

A platform ignores a score whose time is not later than the last one's, so each export has a time of its own.
"""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from grader.exchange.cells import clean, rounded
from grader.exchange.export import Export, Format, Request, new_scores, only_sheet
from grader.exchange.grades import Grades, Result

CONTENT_TYPE = "application/vnd.ims.lis.v1.score+json"


def make(grades: Grades, request: Request) -> Export:
    """The lines, and a note that says where they go."""
    sheet = only_sheet(grades, FORMAT.name)
    lines = []
    for number, (student, result) in enumerate(sheet.results.items()):
        if result.report is not None and result.report.state == "missing" and result.score is None:
            continue
        body = {
            "userId": grades.person(student).ids.get("LTI", clean(student)),
            # Later by a little each, so that no two are of one moment.
            "timestamp": (request.at + timedelta(milliseconds=number)).isoformat(
                timespec="milliseconds"
            ),
            **_score(result, request.places),
        }
        lines.append(json.dumps(body))
    where = (
        scores_url(request.address) if request.address else "the line item's address with /scores"
    )
    notes = [f"POST each line to {where} as {CONTENT_TYPE}"]
    data = "".join(f"{line}\n" for line in lines).encode()
    return Export({FORMAT.file: data}, new_scores(grades, request), notes)


def _score(result: Result, places: int) -> dict[str, Any]:
    if result.score is None:
        return {"activityProgress": "Submitted", "gradingProgress": "PendingManual"}
    open_parts = result.report is not None and result.report.provisional
    return {
        "scoreGiven": float(max(rounded(result.score, places), rounded(result.score * 0, places))),
        "scoreMaximum": float(rounded(result.max_score, places)),
        "activityProgress": "Completed",
        "gradingProgress": "PendingManual" if open_parts else "FullyGraded",
    }


def scores_url(line_item: str) -> str:
    """Where the scores of a line item go: the path ends in /scores, before what follows a question mark."""
    parts = urlsplit(line_item)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/scores"))


FORMAT = Format("lti-ags", "Score bodies for LTI AGS, as JSON lines.", "scores.jsonl", make)
