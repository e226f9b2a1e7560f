"""The twenty tests of the workload in the forms that other graders want; standard library alone."""

import ast
import json
import re
from pathlib import Path

from workload.submissions import REFERENCE

SUITE = Path(__file__).parents[1] / "workload/tests/hidden/workload/test_workload.py"
#: What the tests call besides the submission and the reference.
PLAIN = """\
import types
import numpy as np
import pytest

def assert_close(a, b):
    np.testing.assert_allclose(a, b, 1e-12, 1e-14)

def unchanged(f):
    pass
"""
SOLUTION = f"solution = types.SimpleNamespace()\nexec({REFERENCE!r}, vars(solution))\n"


def plain_text():
    """The suite without what only this grader has: the same bodies, `student` a module or namespace."""
    text = SUITE.read_text().replace(
        "from grader import assert_close, unchanged", "from plain import *"
    )
    return re.sub(r"student\.under\(errstate=\{.*?\}\)\.", "student.", text)


def bodies():
    """Each test's name and its statements."""
    for node in ast.parse(plain_text()).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name, "\n".join(map(ast.unparse, node.body))


def as_pytest(folder):
    """A suite for pytest that tests the module `workload` beside it."""
    (folder / "test_workload.py").write_text(plain_text())
    (folder / "plain.py").write_text(PLAIN)
    (folder / "solution_of_workload.py").write_text(REFERENCE)
    (folder / "conftest.py").write_text(
        "import numpy as np, pytest, workload, solution_of_workload\n"
        "@pytest.fixture(scope='session')\ndef student():\n    return workload\n"
        "@pytest.fixture(scope='session')\ndef solution():\n    return solution_of_workload\n"
        "@pytest.fixture\ndef rng():\n    return np.random.default_rng(1)\n"
        "def pytest_configure(config):\n"
        "    for name in ('function', 'group', 'points'):\n"
        "        config.addinivalue_line('markers', name + '(x): declared')\n"
    )


def as_otter():
    """A file of otter's exception-based tests."""
    parts = ["from otter.test_files import test_case", "OK_FORMAT = False", 'name = "workload"']
    parts += [PLAIN, SOLUTION]
    for name, body in bodies():
        lines = ["student = types.SimpleNamespace(**env)", "rng = np.random.default_rng(1)"]
        lines += body.splitlines()
        parts.append(f"@test_case(points=1)\ndef {name}(env):")
        parts += [f"    {line}" for line in lines]
    return "\n".join(parts) + "\n"


def as_notebook():
    """A master notebook for nbgrader: a cell for the submission, and a graded cell for each test."""
    names = [node.name for node in ast.parse(REFERENCE).body if isinstance(node, ast.FunctionDef)]
    student = (
        f"student = types.SimpleNamespace(**{{name: globals().get(name) for name in {names}}})\n"
    )
    cells = [
        _cell("submission", REFERENCE, solution=True),
        _cell("given", PLAIN + SOLUTION + student, locked=True),
    ]
    for name, body in bodies():
        text = f"rng = np.random.default_rng(1)\n{body}"
        cells.append(_cell(name, text, grade=True, locked=True, points=1))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def _cell(name, text, **marks):
    nbgrader = {"grade": False, "solution": False, "locked": False, "task": False} | marks
    return {
        "cell_type": "code",
        "id": name.replace("_", "-"),
        "metadata": {"nbgrader": nbgrader | {"grade_id": name, "schema_version": 3}},
        "execution_count": None,
        "outputs": [],
        "source": text,
    }
