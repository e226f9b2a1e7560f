"""What `nbgrader_config.py` calls after plain `nbgrader generate_assignment`."""

import shutil
import sys
from fnmatch import fnmatchcase
from pathlib import Path

from grader.authoring.build import build
from grader.course import Course
from grader.errors import GraderError


def complete_release(root: Path, pattern: str) -> None:
    """Build the assignments that nbgrader has just released, or remove their folders.

    `pattern` is nbgrader's assignment id, which may be a glob. Ends the program on any error: nbgrader
    swallows exceptions of its hooks and would report success.
    """
    released = [
        folder
        for folder in sorted((root / "assignments").glob("*"))
        if folder.is_dir() and fnmatchcase(folder.name, pattern)
    ]
    try:
        course = Course.find(root)
        report = build(course, [folder.name for folder in released])
    except GraderError as error:
        for folder in released:
            shutil.rmtree(folder)
        gone = ", ".join(f"assignments/{folder.name}" for folder in released)
        sys.stderr.write(f"grader: {error}\ngrader: removed what nbgrader released: {gone}\n")
        raise SystemExit(error.exit_code) from error
    for warning in report.warnings:
        sys.stderr.write(f"grader: {warning}\n")
