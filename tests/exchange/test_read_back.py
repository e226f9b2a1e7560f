"""Each format is read back by a reader that is not ours and holds what was put in."""

import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import jsonschema
import openpyxl
import pandas as pd
import pytest
import xmlschema
from junitparser import Error, Failure, JUnitXml, Skipped

from grader.exchange import registry
from grader.exchange.grades import Grades
from tests.exchange.samples import grades, hostile_grades, made, only, scores
from tests.feedback.samples import finding, outcome, report

#: As others publish them, unchanged: CTRF's in the package `ctrf` of npm, JUnit's in the sources of pytest.
SCHEMAS = Path(__file__).parent / "schemas"
#: Where the student and the score stand.
COLUMNS = {
    "brightspace": ("Username", "A small assignment Points Grade"),
    "canvas": ("SIS Login ID", "A small assignment"),
    "csv": ("student", "small score"),
    "moodle-gradebook": ("Username", "A small assignment"),
    "nbgrader": ("student_id", "score"),
}


def held(name: str, frame: pd.DataFrame) -> dict[str, Decimal]:
    student, score = COLUMNS[name]
    known = frame[frame[score].notna() & ~frame[student].isin(["", "mia"]) & frame[student].notna()]
    return {row[student]: Decimal(row[score]) for _, row in known.iterrows()}


@pytest.mark.parametrize("name", COLUMNS)
def test_pandas_reads_every_score_of_a_table(name: str, tmp_path: Path) -> None:
    given = grades(tmp_path)
    frame = pd.read_csv(io.BytesIO(only(made(name, given))), dtype=str, keep_default_na=True)
    assert held(name, frame) == scores(given)


def test_pandas_reads_every_test(tmp_path: Path) -> None:
    given = grades(tmp_path)
    frame = pd.read_csv(io.BytesIO(only(made("tests-csv", given))))
    assert frame.groupby("student")["points"].sum().to_dict() == {
        "ann": 4.25,
        "bob": 0.0,
        "roy": 0.0,
        "zoë": 5.0,
    }


@pytest.mark.needs("staff")
def test_openpyxl_and_pandas_read_every_score_of_the_workbook(tmp_path: Path) -> None:
    given = grades(tmp_path)
    frame = pd.read_excel(io.BytesIO(only(made("xlsx", given))), dtype={"student": str})
    known = frame[frame["small score"].notna()]
    assert dict(zip(known["student"], known["small score"], strict=True)) == {
        student: float(score) for student, score in scores(given).items()
    }


@pytest.mark.needs("staff")
def test_no_cell_of_the_workbook_is_a_formula(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(only(made("xlsx", hostile_grades(tmp_path)))))
    cells = [cell for row in book["Grades"].iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    texts = [str(cell.value).lstrip(" ") for cell in cells if cell.data_type != "n"]
    assert [text for text in texts if text.startswith(("=", "+", "-", "@"))] == []


def test_junitparser_counts_what_was_graded(tmp_path: Path) -> None:
    tests = (
        outcome("total", 1),
        outcome("total", 2, verdict="failed", findings=(finding(),)),
        outcome("scaled", 1, verdict="raised"),
        outcome("scaled", 2, verdict="timeout"),
        outcome("scaled", 3, verdict="blocked", blocked_by="stub"),
        outcome("scaled", 4, verdict="fault"),
    )
    given = grades(tmp_path, report(*tests, student="ann", state="needs_review"))
    (suite,) = JUnitXml.fromstring(only(made("junit", given)))
    assert (suite.tests, suite.failures, suite.skipped, suite.errors) == (6, 3, 1, 1)
    kinds = [type(case.result[0]) for case in suite if case.result]
    assert kinds == [Failure, Failure, Failure, Skipped, Error]


@pytest.mark.parametrize("given", [grades, hostile_grades])
def test_junit_is_valid_by_the_strict_schema(
    given: Callable[[Path], Grades], tmp_path: Path
) -> None:
    schema = xmlschema.XMLSchema(str(SCHEMAS / "junit.xsd"))
    schema.validate(only(made("junit", given(tmp_path))).decode())


@pytest.mark.parametrize("name", ["junit", "ctrf"])
def test_a_message_never_tells_what_the_student_alone_wrote(name: str, tmp_path: Path) -> None:
    wrong = outcome("total", verdict="failed", message="secret", output="secret", compared=True)
    assert b"secret" not in only(made(name, grades(tmp_path, report(wrong)))).replace(b"-seed", b"")


@pytest.mark.parametrize("given", [grades, hostile_grades])
def test_ctrf_is_valid_by_its_own_schema(given: Callable[[Path], Grades], tmp_path: Path) -> None:
    schema = json.loads((SCHEMAS / "ctrf.json").read_text("utf-8"))
    content = json.loads(only(made("ctrf", given(tmp_path))))
    jsonschema.validate(content, schema, format_checker=jsonschema.FormatChecker())


def test_ctrf_counts_its_tests(tmp_path: Path) -> None:
    results = json.loads(only(made("ctrf", grades(tmp_path))))["results"]
    states = [test["status"] for test in results["tests"]]
    assert results["summary"]["tests"] == len(states)
    for state in set(states):
        assert results["summary"][state] == states.count(state)


def test_every_format_of_ours_is_read_back_somewhere() -> None:
    elsewhere = {"tests-csv", "xlsx", "junit", "ctrf", "gradescope", "lti-ags"}
    edited = {"blackboard", "moodle", "moodle-feedback"}
    assert set(COLUMNS) | elsewhere | edited == set(registry.OURS)
