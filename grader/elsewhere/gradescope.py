"""Gradescope's autograder: the zip that a course uploads, and what its `run_autograder` does there.

A run that is killed leaves what `results.json` held, so that is written before the first test and again after each:
what was reached counts, and the student reads that grading did not finish.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.course import Assignment, Course
from grader.elsewhere.archive import archive
from grader.elsewhere.grading import grade_one, payload, write
from grader.exchange.cells import exact
from grader.exchange.formats.gradescope import results
from grader.feedback.view import View
from grader.models import GradeReport

#: The Pythons that can grade; the course's own goes before them.
_PYTHONS = ("3.11", "3.12", "3.13")
SETUP = """\
#!/usr/bin/env bash
# Runs once, as root and with a network, when the image is built.
set -euo pipefail
root="${1:-/autograder}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# Each release of Ubuntu has another of these.
for version in PYTHONS; do
    if apt-get install -yqq --no-install-recommends "python$version" "python$version-venv"; then
        break
    fi
done
"python$version" -m venv "$root/env"
"$root/env/bin/pip" install -q "$root"/source/*.whl -r "$root/source/requirements.txt"
"""
RUN = """\
#!/usr/bin/env bash
# Runs once for each submission; GRADER_PYTHON names another Python than the one that setup.sh made.
root="${1:-/autograder}"
exec "${GRADER_PYTHON:-$root/env/bin/python}" -m grader.elsewhere.gradescope "$root"
"""


def build(course: Course, assignment: Assignment) -> bytes:
    """The zip to upload: what grades the assignment, and the two programs that Gradescope starts."""
    own = course.manifest.python
    pythons = dict.fromkeys([".".join(own.split(".")[:2]), *_PYTHONS] if own else _PYTHONS)
    programs = {
        "setup.sh": SETUP.replace("PYTHONS", " ".join(pythons)).encode(),
        "run_autograder": RUN.encode(),
    }
    return archive(payload(course, assignment) | programs, programs)


@dataclass(frozen=True)
class _Results:
    """Makes `results.json` of a report."""

    file: Path

    def __call__(self, report: GradeReport, shown: View) -> Mapping[Path, str]:
        # Without a score Gradescope tells staff that it could not grade, and keeps the student's earlier one.
        score = None if report.state == "needs_review" else exact(report.score)
        return {self.file: json.dumps(results(report, shown, score=score), indent=1) + "\n"}


def run(root: Path) -> str:
    """Grade what lies in `submission`, and write `results.json`; the level of confinement, and why no better."""
    file = root / "results" / "results.json"
    nothing = {"score": 0, "output": "Grading did not finish. Tell your teachers."}
    write(file, json.dumps(nothing) + "\n")
    student = _student(root / "submission_metadata.json")
    return grade_one(root / "source", root / "submission", student, _Results(file))


def _student(metadata: Path) -> str:
    """Who handed in; some harnesses leave this file empty."""
    try:
        users = json.loads(metadata.read_text("utf-8"))["users"]
        return str(users[0]["email"] or users[0]["id"])[:100]
    except (OSError, ValueError, LookupError, TypeError):
        return "student"


if __name__ == "__main__":
    print(f"confinement: {run(Path(sys.argv[1]))}")  # noqa: T201  # the harness shows it to staff
