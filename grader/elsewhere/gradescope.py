"""Gradescope's autograder: the zip that a course uploads, and what its `run_autograder` does there.

A run that is killed leaves what `results.json` held, so that is written before the first test: the student then reads
that grading did not finish, and staff find the reason in the harness's own output.
"""

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from grader import __version__
from grader.batch import Plan, grade, require_confinement
from grader.bundles import bundle
from grader.course import Assignment, Course
from grader.errors import ConfinementError
from grader.exchange.cells import exact
from grader.exchange.folders import read_submission
from grader.exchange.formats.gradescope import results
from grader.feedback.catalogue import catalogue
from grader.feedback.compose import About, Reading, view
from grader.models import Graded, GradeReport
from grader.readers import Audience, Phase

#: Zip files know no earlier time; the same course makes the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)
SETUP = """\
#!/usr/bin/env bash
# Runs once, as root and with a network, when the image is built.
set -euo pipefail
apt-get update -qq
apt-get install -yqq --no-install-recommends python3.11 python3.11-venv
python3.11 -m venv /autograder/env
/autograder/env/bin/pip install -q 'grading-descent=={version}' 'numpy{numpy}'
"""
RUN = """\
#!/usr/bin/env bash
# Runs once for each submission; GRADER_PYTHON names another Python than the one that setup.sh made.
exec "${GRADER_PYTHON:-/autograder/env/bin/python}" -m grader.elsewhere.gradescope "${1:-/autograder}"
"""


def build(course: Course, assignment: Assignment) -> bytes:
    """The zip to upload: what grades the assignment, and the two programs that Gradescope starts."""
    numpy = course.manifest.numpy
    files = {f"course/{name}": data for name, data in bundle(assignment).items()}
    toml = (
        f"schema = 1\nname = {json.dumps(course.manifest.name)}\n"
        f"language = {json.dumps(course.manifest.language)}\n\n"
        f"[[assignments]]\nname = {json.dumps(assignment.name)}\n"
    )
    programs = {
        "setup.sh": SETUP.format(version=__version__, numpy=f"=={numpy}.*" if numpy else ""),
        "run_autograder": RUN,
        "assignment.txt": f"{assignment.name}\n",
        "course/course.toml": toml,
    }
    files |= {name: text.encode() for name, text in programs.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _TIME)
            mode = 0o755 if name in ("setup.sh", "run_autograder") else 0o644
            info.external_attr = (0o100000 | mode) << 16
            archive.writestr(info, files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def run(root: Path) -> str:
    """Grade what lies in `submission`, and write `results.json`; the level of confinement, and why no better."""
    source = root / "source"
    name = (source / "assignment.txt").read_text("utf-8").strip()
    course = Course.find(source / "course")
    assignment = course.assignment(name)
    file = root / "results" / "results.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    _write(file, {"score": 0, "output": "Grading did not finish. Tell your teachers."})
    lacking = ""
    try:
        require_confinement()
    except ConfinementError as error:
        lacking = f": {error}"
    student = _student(root / "submission_metadata.json")
    submission = read_submission(student, root / "submission", assignment)
    found: list[Graded] = []
    grade(Plan(assignment, None, not lacking), [submission], found.append, jobs=1)
    report = GradeReport.model_validate_json(found[0].text)
    about = About(assignment.name, assignment.manifest.title, tuple(assignment.functions))
    reading = Reading(Audience.STUDENT, Phase.BEFORE_DUE, assignment.manifest.feedback)
    shown = view(report, about, reading, catalogue(course.manifest.language))
    # Without a score Gradescope tells staff that it could not grade, and keeps the student's earlier one.
    score = None if report.state == "needs_review" else exact(report.score)
    _write(file, results(report, shown, score=score))
    return report.isolation + lacking


def _student(metadata: Path) -> str:
    """Who handed in; some harnesses leave this file empty."""
    try:
        users = json.loads(metadata.read_text("utf-8"))["users"]
        return str(users[0]["email"] or users[0]["id"])[:100]
    except (OSError, ValueError, LookupError, TypeError):
        return "student"


def _write(file: Path, content: dict[str, Any]) -> None:
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(file)


if __name__ == "__main__":
    print(f"confinement: {run(Path(sys.argv[1]))}")  # noqa: T201  # the harness shows it to staff
