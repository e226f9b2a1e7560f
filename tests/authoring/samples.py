"""What the tests of the authoring tools are tried on: notebooks, assignments, ways to look at folders."""

import json
from pathlib import Path
from typing import Any

from grader.course import Course


def cell(kind: str, source: str, grade_id: str = "", **nbgrader: Any) -> dict[str, Any]:
    """A cell of a master notebook, as one that was just executed looks."""
    metadata: dict[str, Any] = {}
    if grade_id:
        flags = {"grade": False, "solution": False, "locked": False, "task": False} | nbgrader
        metadata["nbgrader"] = {"grade_id": grade_id, "schema_version": 3, **flags}
    made: dict[str, Any] = {"cell_type": kind, "metadata": metadata, "source": source}
    if kind == "code":
        stream = {"name": "stdout", "output_type": "stream", "text": "the secret output\n"}
        made |= {"execution_count": 7, "outputs": [stream]}
    return made


def notebook(*cells: dict[str, Any], minor: int = 4) -> bytes:
    """A notebook of format 4 with a Python kernel."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {
        "cells": list(cells),
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": minor,
    }
    return json.dumps(content).encode()


MASTER_NOTEBOOK = notebook(
    cell("markdown", "# Averages\n\nRead this first.", "intro", locked=True),
    cell("code", "%matplotlib inline\nimport numpy as np\nfrom averages import weighted_mean"),
    cell(
        "code",
        "def spread(v):\n    ### BEGIN SOLUTION\n    centre = np.median(v)\n"
        "    return np.max(np.abs(v - centre))\n    ### END SOLUTION",
        "spread",
        solution=True,
    ),
    cell(
        "code",
        "assert spread([1, 2, 9]) == 7\n### BEGIN HIDDEN TESTS\n"
        "probe = np.linspace(-3, 11, 17) ** 2\nassert spread(probe) == 96.0\n### END HIDDEN TESTS",
        "test_spread",
        grade=True,
        locked=True,
        points=2,
    ),
    cell(
        "markdown",
        "The median is robust since half of all values would have to move before it does.",
        "why",
        grade=True,
        solution=True,
        points=3,
    ),
    cell(
        "markdown",
        "Draw it.\n### BEGIN MARK SCHEME\nTwo points for axes with units, one for the legend "
        "inside the frame.\n### END MARK SCHEME",
        "task",
        task=True,
        locked=True,
        points=3,
    ),
)


def write(course: Course, path: str, text: str) -> Path:
    """Write a file of a course."""
    file = course.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def tree(folder: Path) -> dict[str, bytes]:
    """All files under a folder with their contents."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


LATER_MASTER = '''\
"""The second assignment."""

from given.averages import weighted_mean


def centred(values, weights):
    """Return the values minus their weighted mean."""
    ### BEGIN SOLUTION
    centre = weighted_mean(values, weights)
    return [value - centre for value in values]
    ### END SOLUTION
'''
LATER_MANIFEST = """\
schema = 1
name = "later"
title = "Later"
modules = ["later"]

[[functions]]
name = "centred"
points = 4

[[given]]
from = "averages"
files = ["checks.py"]
functions = ["weighted_mean"]
"""
