"""A course whose functions use each other, three in a chain and two that pass on a generator and a function."""

from collections.abc import Mapping
from pathlib import Path

from grader import grading
from grader.course import Course
from grader.models import GradeReport, Outcome, Submission, SuiteDigests
from grader.sandbox.process import ForkServer, Setup
from grader.suite.place import hidden_place
from grader.suite.runner import Runner
from grader.suite.session import Suite, with_suite

MANIFEST = """\
schema = 1
name = "chain"
title = "Chain"
modules = ["chain"]

[[functions]]
name = "total"
points = 2

[[functions]]
name = "average"
points = 2
uses = ["total"]

[[functions]]
name = "spread"
points = 2
uses = ["average"]

[[functions]]
name = "order"
points = 2

[[functions]]
name = "deal"
points = 2
uses = ["order"]

[limits]
call = 0.1
test = 0.3
"""
TOTAL = '''
def total(v):
    """Add."""
    if len(v) == 0:
        raise ValueError("v is empty")
    return float(sum(v))
'''
AVERAGE = '''
def average(v):
    """Share."""
    return total(v) / len(v)
'''
SPREAD = '''
def spread(v):
    """Measure."""
    m = average(v)
    return max(abs(x - m) for x in v)
'''
ORDER = '''
def order(v, key, rng):
    """Sort by a key, from a random place on."""
    if len(v) == 0:
        raise ValueError("v is empty")
    first = int(rng.integers(len(v)))
    return sorted(v, key=key)[first:] + sorted(v, key=key)[:first]
'''
DEAL = '''
def deal(v, rng):
    """Order from the largest down, and a number drawn after."""
    return order(v, lambda x: -x, rng), rng.random()
'''
#: What a test calls each function with besides its first argument.
MORE = {"order": ", abs, rng", "deal": ", rng"}
TEST = """
import copy
import pytest
from grader import assert_close

pytestmark = pytest.mark.function("NAME")

@pytest.mark.points(0.5)
def test_the_example_of_NAME(student, solution, rng):
    twin = copy.deepcopy(rng)
    actual = student.NAME([1.0, 2.0, 6.0]MORE)
    rng = twin
    assert_close(actual, solution.NAME([1.0, 2.0, 6.0]MORE))

@pytest.mark.points(1)
def test_random_values_of_NAME(student, solution, rng):
    for _ in range(3):
        v = rng.normal(2.0, 1.0, 5).tolist()
        twin = copy.deepcopy(rng)
        actual = student.NAME(vMORE)
        rng = twin
        assert_close(actual, solution.NAME(vMORE))

@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_nothing_is_an_error_in_NAME(student, rng):
    with pytest.raises(ValueError, match="empty"):
        student.NAME([]MORE)
"""


def make_chain(root: Path) -> Course:
    """The course, built."""
    files = {
        "course.toml": 'schema = 1\nname = "c"\n[[assignments]]\nname = "chain"\n',
        "source/chain/assignment.toml": MANIFEST,
        "solutions/chain/chain.py": TOTAL + AVERAGE + SPREAD + ORDER + DEAL,
        "assignments/chain/given/__init__.py": "",
    }
    for name in ("total", "average", "spread", "order", "deal"):
        test = TEST.replace("NAME", name).replace("MORE", MORE.get(name, ""))
        files[f"tests/hidden/chain/test_{name}.py"] = test
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Course.find(root)


def grade_all(course: Course, sources: Mapping[str, str]) -> dict[str, GradeReport]:
    """Grade submissions, given as source texts, in one session."""
    assignment = course.assignment("chain")
    reports: dict[str, GradeReport] = {}

    def work(suite: Suite) -> None:
        spawner = ForkServer(Setup(assignment.release_dir / "given"))
        runner = Runner(suite, spawner, assignment.manifest.limits)
        try:
            for name, source in sources.items():
                submission = Submission(name, {"chain": source.encode()})
                run = runner.run(submission, "seed")
                reports[name] = grading.report(
                    assignment,
                    submission,
                    run,
                    seed="seed",
                    isolation="base",
                    digests=SuiteDigests("", "", ""),
                )
        finally:
            runner.close()
            spawner.close()

    with_suite(hidden_place(assignment), work)
    return reports


def points(report: GradeReport) -> dict[str, float]:
    """The points of each function."""
    found: dict[str, float] = {}
    for outcome in report.outcomes:
        found[outcome.function] = found.get(outcome.function, 0.0) + (outcome.points or 0.0)
    return found


def of(report: GradeReport, function: str) -> list[Outcome]:
    """The outcomes of a function."""
    return [outcome for outcome in report.outcomes if outcome.function == function]
