"""Gradescope's results.json."""

import json
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from grader.models import GradeReport
from tests.exchange.samples import graded, grades, hostile, made
from tests.feedback.samples import finding, outcome, report

#: Every field that Gradescope knows, and the values of those that are one of a few.
TOP = {
    "score",
    "execution_time",
    "output",
    "output_format",
    "test_output_format",
    "test_name_format",
    "visibility",
    "stdout_visibility",
    "extra_data",
    "tests",
    "leaderboard",
}
TEST = {
    "score",
    "max_score",
    "status",
    "name",
    "name_format",
    "number",
    "output",
    "output_format",
    "tags",
    "visibility",
    "extra_data",
}
VISIBILITIES = {"visible", "hidden", "after_due_date", "after_published"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}


def results(tmp_path: Path, one: GradeReport) -> dict[str, Any]:
    (data,) = made("gradescope", grades(tmp_path, one)).files.values()
    content: dict[str, Any] = json.loads(data)
    return content


def test_only_fields_and_values_that_gradescope_knows_are_written(tmp_path: Path) -> None:
    content = results(tmp_path, graded("ann", 4.25))
    assert set(content) <= TOP
    assert all(set(test) <= TEST for test in content["tests"])
    assert {content["visibility"], content["stdout_visibility"]} <= VISIBILITIES
    assert {content["output_format"], content["test_output_format"]} <= FORMATS


def test_the_tests_add_up_to_the_score(tmp_path: Path) -> None:
    content = results(tmp_path, graded("ann", 4.25))
    assert content["score"] == sum(test["score"] for test in content["tests"]) == 4.25


def test_a_function_passes_only_with_all_of_its_points(tmp_path: Path) -> None:
    content = results(
        tmp_path, report(outcome("total"), outcome("scaled", verdict="failed"), student="ann")
    )
    states = {test["name"]: test["status"] for test in content["tests"]}
    assert states == {"total": "passed", "scaled": "failed"}


def test_the_page_tells_what_the_policy_lets_a_student_see(tmp_path: Path) -> None:
    wrong = outcome(
        "total", verdict="failed", message="secret-values", findings=(finding(),), compared=True
    )
    text = json.dumps(results(tmp_path, report(wrong)))
    assert "2 times too large" in text
    assert "secret-values" not in text
    assert "test_number_1" not in text
    assert "secret-seed" not in text


def test_no_text_of_a_submission_becomes_markup(tmp_path: Path) -> None:
    content = results(tmp_path, hostile())
    texts = [content["output"], *(test["output"] for test in content["tests"])]
    pages = [MarkdownIt("commonmark", {"html": True}).render(text) for text in texts]
    assert not any(tag in page for page in pages for tag in ("<script", "<img", "<a "))


def test_who_has_no_score_has_no_results(tmp_path: Path) -> None:
    files = made("gradescope", grades(tmp_path)).files
    assert sorted(name.split("/")[0][:3] for name in files) == ["ann", "bob", "zo_"]
