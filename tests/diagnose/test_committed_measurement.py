"""What docs/ says of diagnosis was measured with the code, mistakes and domains of today, and is good enough."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader.course import Course

ROOT = Path(__file__).parents[2]
RENEW = "renew it with: make diagnosis"


@pytest.fixture(scope="module")
def program() -> ModuleType:
    """The program that measures; importing it measures nothing."""
    spec = importlib.util.spec_from_file_location("diagnosis", ROOT / "benchmarks" / "diagnosis.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs" / "diagnosis.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", Course.find(ROOT).names)
def test_the_measurement_is_of_today(
    name: str, measured: dict[str, Any], program: ModuleType
) -> None:
    assert measured[name]["digest"] == program.digest(name), RENEW


def test_nine_of_ten_mistakes_are_named_and_one_of_a_hundred_at_most_wrongly(
    measured: dict[str, Any],
) -> None:
    rows = [row for result in measured.values() for row in result["rows"]]
    outcomes = [row["outcome"] for row in rows]
    assert (outcomes.count("named") + outcomes.count("rule")) / len(rows) >= 0.9
    assert outcomes.count("false") / len(rows) <= 0.01


def test_nothing_is_said_of_random_arrays_or_of_right_solutions(measured: dict[str, Any]) -> None:
    assert sum(result["random"] for result in measured.values()) >= 200
    assert sum(result["random_told"] for result in measured.values()) == 0
    assert sum(result["right_told"] for result in measured.values()) == 0


@pytest.mark.slow
@pytest.mark.needs("landlock")
def test_what_is_measured_anew_is_as_good(program: ModuleType) -> None:
    # Confusion matrices, curves and thresholds: every kind of rule has something to say of them.
    found = program.measure(Course.find(ROOT), "performance_metrics", share=20)
    outcomes = [row.outcome for row in found.rows]
    alone = [row.alone for row in found.rows]
    assert len(outcomes) > 50
    assert outcomes.count("named") + outcomes.count("rule") >= 0.9 * len(outcomes)
    assert alone.count("rule") >= 0.7 * len(alone)
    assert {*outcomes, *alone} <= {"named", "rule", "silent"}
    assert (found.random, found.random_told, found.right_told) == (20, 0, 0)
