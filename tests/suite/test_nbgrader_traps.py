"""What earns points, costs them or leaks in nbgrader, handed in here: each trap by its name, with what it is worth."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from grader.models import GradeReport, Submission
from grader.sandbox.process import ForkServer, Setup
from tests.small_course import report_of, run_suite, write_course

pytestmark = pytest.mark.needs("landlock")

#: The right `scaled`, worth 4 of the 5 points, under a `total` of the trap's.
SCALED = "\n\ndef scaled(X, factor):\n    return np.asarray(X, dtype=float) * factor\n"
RIGHT = "    return float(np.sum(v))"
EQUALS_EVERYTHING = """
class Yes(float):
    __eq__ = __ge__ = __le__ = lambda *a: True
    __hash__ = None
"""
DROPS_ASSERTS = """
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
if "get_ipython" in globals():
    get_ipython().ast_transformers.append(Drop())
"""
READS = "    open('{gradebook}', 'rb').read()\n"
WRITES = """\
    import sqlite3
    with sqlite3.connect('{gradebook}') as book:
        book.execute("UPDATE grade SET manual_score = 99")
"""
WARNS = """\
    import sys, warnings
    warnings.warn("slow", RuntimeWarning)
    print("noise", file=sys.stderr)
    np.log(np.zeros(1))
"""
#: What stands before `total`, what is in it, and what that is worth.
TRAPS = {
    "an object that equals everything": (EQUALS_EVERYTHING, "    return Yes()", 4),
    "a transformer that drops asserts": (DROPS_ASSERTS, "    return 7.0", 4),
    "the hidden tests are read from the gradebook": ("", READS + RIGHT, 4),
    "the scores of others are written": ("", WRITES + RIGHT, 4),
    "an exit": ("", "    raise SystemExit(0)", 4),
    "an endless loop": ("", "    while True:\n        pass", 4),
    "an exit of the process": ("", "    import os\n    os._exit(0)", 4),
    "right, with a warning": ("", WARNS + RIGHT, 5),
}
#: What nbgrader reads as partial credit, full credit, or an error of its own, when a cell ends in it.
VALUES = (
    "2.5",
    "np.float64(2.5)",
    "float('nan')",
    "-3",
    "np.array(2.5)",
    "'full credit'",
    "''",
    "99.0",
    "True",
    "None",
    "[1.0]",
    "float('inf')",
)


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook that everybody on this machine may read and write."""
    file = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("CREATE TABLE grade (manual_score FLOAT)")
        made.execute("INSERT INTO grade VALUES (1)")
    file.chmod(0o666)
    return file


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, gradebook: Path) -> Mapping[str, GradeReport]:
    """The reports of all of them, graded one after another."""
    bodies = {name: (head, body) for name, (head, body, _) in TRAPS.items()}
    bodies |= {value: ("", f"    return {value}") for value in VALUES}
    submissions = []
    for name, (head, body) in bodies.items():
        text = f"import numpy as np\n{head}\n\ndef total(v):\n{body}\n{SCALED}"
        code = text.replace("{gradebook}", str(gradebook))
        submissions.append(Submission(name, {"small": code.encode()}))
    assignment = write_course(tmp_path_factory.mktemp("traps"))
    server = ForkServer(Setup(None), confined=True)
    try:
        runs = run_suite(assignment, submissions, server)
    finally:
        server.close()
    return {
        each.student: report_of(assignment, each, run)
        for each, run in zip(submissions, runs, strict=True)
    }


@pytest.mark.parametrize(("name", "score"), [(name, trap[2]) for name, trap in TRAPS.items()])
def test_a_trap_is_worth_what_the_work_is(
    graded: Mapping[str, GradeReport], name: str, score: float
) -> None:
    report = graded[name]
    assert (report.score, report.state) == (score, "graded"), [
        (each.test, each.verdict, each.message) for each in report.outcomes
    ]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_that_nbgrader_takes_for_points_is_only_a_wrong_answer(
    graded: Mapping[str, GradeReport], value: str
) -> None:
    assert (graded[value].score, graded[value].state) == (4, "graded")


def test_nothing_was_written_to_the_gradebook(
    graded: Mapping[str, GradeReport], gradebook: Path
) -> None:
    with closing(sqlite3.connect(gradebook)) as found, found:
        assert found.execute("SELECT manual_score FROM grade").fetchall() == [(1.0,)]
