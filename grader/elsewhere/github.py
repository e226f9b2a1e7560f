"""GitHub Classroom: the workflow of students' repositories, what a private one must hold, and what runs there.

The workflow fetches what grades from a repository that students cannot read, since whatever lies in theirs is theirs.
Its answer is that of Classroom's own graders: JSON in base64, as an output of the step, which their reporter adds up.
"""

import base64
import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course import Assignment, Course
from grader.elsewhere.grading import grade_one, payload, write
from grader.exchange.cells import exact, rounded
from grader.feedback.files import write_private
from grader.feedback.markdown import markdown
from grader.feedback.view import View
from grader.models import GradeReport

WORKFLOW_FILE = "students/.github/workflows/classroom.yml"
#: The most of a message that its reader prints.
_LONGEST = 500
WORKFLOW = """\
# Grades every push. What grades comes from a repository that students cannot read; see the README of this kit.
name: Autograding Tests
on: [push, workflow_dispatch]
permissions:
  checks: write
  actions: read
  contents: read
jobs:
  run-autograding-tests:
    runs-on: ubuntu-latest
    if: github.actor != 'github-classroom[bot]'
    steps:
      - name: Fetch the submission
        uses: actions/checkout@v4
        with:
          path: submission
          persist-credentials: false
      - name: Fetch what grades it
        uses: actions/checkout@v4
        with:
          repository: ${{ github.repository_owner }}/${{ vars.GRADING_REPOSITORY || 'grading' }}
          token: ${{ secrets.GRADING_TOKEN }}
          path: grading
          persist-credentials: false
      - name: Set up Python
        uses: actions/setup-python@v5
        with:
          python-version: "PYTHON"
      - name: Install the grader
        run: python -m pip install -q grading/ASSIGNMENT/*.whl -r grading/ASSIGNMENT/requirements.txt
      - name: Grade
        id: grade
        timeout-minutes: 10
        env:
          STUDENT: ${{ github.repository }}
        run: python -m grader.elsewhere.github grading/ASSIGNMENT submission
      - name: Report
        if: always()
        uses: classroom-resources/autograding-grading-reporter@v1
        env:
          GRADE_RESULTS: ${{ steps.grade.outputs.result }}
        with:
          runners: grade
"""
README = """\
# Autograding of ASSIGNMENT in GitHub Classroom

1. Put `grading/ASSIGNMENT/` into a private repository of the organisation that owns the classroom, named `grading`
   (or set the organisation's Actions variable GRADING_REPOSITORY to its name). It holds the hidden suite, the
   reference and the grader itself, to be installed there: students must not be able to read it.
2. Make a fine-grained token that may read the contents of that repository and nothing else, and store it as the
   organisation's Actions secret GRADING_TOKEN.
3. Put `students/.github/` beside the students' files (`grader release`) in the template repository of the assignment.
   In the classroom choose "Custom YAML", and protect the path `.github/**/*`.

Students read their report in the summary of each run, and the points in the classroom. The log of the step "Grade"
says under which confinement their code ran; on GitHub's Ubuntu runners the kernel gives all that is asked for.

What is not kept from them: who changes the workflow can use the token, and so read the suite. That leaves a commit,
and Classroom tells you when a protected file changed. Where points matter, grade again on a machine of yours:
`grader import submissions CLONES --assignment ASSIGNMENT --format github`, then `grader grade`.
"""


def build(course: Course, assignment: Assignment) -> dict[str, bytes]:
    """The kit, as files of one folder: what goes to students, what grades, and how to put both in place."""
    filled = {"PYTHON": course.manifest.python or "3.11", "ASSIGNMENT": assignment.name}
    files = {
        f"grading/{assignment.name}/{name}": data
        for name, data in payload(course, assignment).items()
    }
    holes = re.compile("|".join(filled))
    for name, text in ((WORKFLOW_FILE, WORKFLOW), ("README.md", README)):
        files[name] = holes.sub(lambda found: filled[found[0]], text).encode()
    return files


def write_kit(course: Course, assignment: Assignment, folder: Path) -> None:
    """Write the kit, readable by its owner alone. Raises StoreError."""
    for name, data in build(course, assignment).items():
        write_private(folder / name, data)


def result(report: GradeReport, shown: View) -> dict[str, Any]:
    """What Classroom's reporter reads: a test for each function, with its points."""
    review = report.state == "needs_review"
    tests = []
    for row in shown.functions:
        mine = [message for message in shown.messages if row.name in message.functions]
        text = "; ".join(" ".join(message.what.text.split()) for message in mine)
        right = row.state in ("right", "excused")
        tests.append(
            {
                "name": row.name,
                "status": "error" if row.state == "review" else "pass" if right else "fail",
                "score": float(rounded(exact(row.points), 2)) if row.points is not None else 0.0,
                "message": text[:_LONGEST],
                "test_code": "",
                "filename": "",
                "line_no": 0,
                "duration": 0,
            }
        )
    if not tests or review:
        # The reporter fails on a result without any test.
        reason = "A person must look at this." if review else "Nothing could be graded."
        tests.append({"name": "grading", "status": "error", "score": 0.0, "message": reason})
    full = bool(report.outcomes) and report.score >= report.max_score
    status = "error" if review else "pass" if full else "fail"
    return {"version": 1, "status": status, "max_score": report.max_score, "tests": tests}


@dataclass(frozen=True)
class _Outputs:
    """Makes the step's output and its summary of a report."""

    output: Path
    summary: Path

    def __call__(self, report: GradeReport, shown: View) -> Mapping[Path, str]:
        level = f"\nYour code ran under confinement: {report.isolation}.\n"
        return {
            self.output: _encoded(result(report, shown)),
            self.summary: markdown(shown) + level,
        }


def _encoded(content: Mapping[str, Any]) -> str:
    return f"result={base64.b64encode(json.dumps(content).encode()).decode()}\n"


def run(payload: Path, submission: Path, environment: Mapping[str, str]) -> str:
    """Grade a checkout, and write the step's output and summary; the level of confinement, and why no better."""
    outputs = _Outputs(Path(environment["GITHUB_OUTPUT"]), Path(environment["GITHUB_STEP_SUMMARY"]))
    unfinished = {"name": "grading", "status": "error", "score": 0.0, "message": "It did not end."}
    nothing = {"version": 1, "status": "error", "max_score": 0, "tests": [unfinished]}
    write(outputs.output, _encoded(nothing))
    return grade_one(payload, submission, environment.get("STUDENT") or "student", outputs)


if __name__ == "__main__":
    level = run(Path(sys.argv[1]), Path(sys.argv[2]), os.environ)
    print(f"confinement: {level}")  # noqa: T201  # stands in the log of the step
