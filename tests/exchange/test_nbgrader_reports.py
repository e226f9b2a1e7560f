"""What formgrader and feedback show of a submission: its code, its experiment, and what a student is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.exchange.nbgrader.parts import EXPERIMENTS, Layout, parts_of
from grader.exchange.nbgrader.reports import Work, attempt_in, notebooks
from grader.feedback.catalogue import catalogue
from grader.feedback.view import View
from grader.models import Frame, Thrown
from tests.exchange.nbgrader_course import EXPERIMENT
from tests.feedback.handmade import PICTURE, cell, notebook
from tests.feedback.samples import finding, outcome, report, seen
from tests.small_course import write_course


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """The small course with an experiment."""
    root = tmp_path_factory.mktemp("course")
    write_course(root)
    file = root / "source" / "small" / "assignment.toml"
    file.write_text(file.read_text() + EXPERIMENT)
    assignment = Course.find(root).assignment("small")
    return Layout(assignment, tuple(parts_of(assignment)), {})


def cells(
    plan: Layout, work: Work, view: View | None = None, name: str = "small"
) -> list[dict[str, Any]]:
    made = json.loads(notebooks(plan, work, view, catalogue("en"))[f"{name}.ipynb"])
    found: list[dict[str, Any]] = made["cells"]
    return found


def code(plan: Layout, **files: bytes) -> str:
    """The cell with the student's code."""
    named = {name.replace("_ipynb", ".ipynb"): data for name, data in files.items()}
    shown: str = cells(plan, Work(files=named))[1]["source"]
    return shown


CELLS = notebook(cell("", "y = 2"))


def test_the_code_is_that_of_the_file_and_of_the_notebook_beside_it(plan: Layout) -> None:
    assert code(plan, small=b"x = 1", small_ipynb=CELLS) == "x = 1\n\ny = 2"


@pytest.mark.parametrize("files", [{}, {"small": b" \n"}])
def test_where_there_is_no_code_that_is_said(plan: Layout, files: dict[str, bytes]) -> None:
    assert code(plan, **files) == "# There is nothing of small, or it is not at hand."


def test_a_notebook_that_cannot_be_read_does_not_hide_the_file(plan: Layout) -> None:
    shown = code(plan, small=b"x = 1", small_ipynb=b"{")
    assert shown == "x = 1\n\n# The notebook cannot be read."


def test_what_steers_a_terminal_stays_text(plan: Layout) -> None:
    assert code(plan, small=b"x = '\x1b[2J'") == r"x = '\x1b[2J'"


WORK = notebook(
    cell("E1-plot", "It **falls**.", kind="markdown"),
    cell("", "draw()", PICTURE, {"text": "done"}, {"data": {"text/html": "<b>"}}),
)


def test_an_experiment_shows_prose_code_and_outputs_before_what_is_to_be_graded(
    plan: Layout,
) -> None:
    shown = cells(plan, Work(notebook=WORK), name=EXPERIMENTS)
    kinds = [(one["cell_type"], one["metadata"] != {}) for one in shown]
    assert kinds == [
        ("markdown", False),
        ("markdown", False),
        ("markdown", False),
        ("code", False),
        ("markdown", True),
        ("markdown", True),
    ]
    assert "It **falls**." in shown[2]["source"]
    assert shown[3]["source"] == "draw()"
    picture, text, note = shown[3]["outputs"]
    assert list(picture["data"]) == ["image/png"]
    assert text["text"] == "done\n"
    assert "not shown: text/html" in note["text"]


def test_who_handed_in_no_notebook_is_graded_all_the_same(plan: Layout) -> None:
    shown = cells(plan, Work(), name=EXPERIMENTS)
    assert "No notebook was handed in" in shown[2]["source"]
    assert [one["metadata"]["nbgrader"]["points"] for one in shown[3:]] == [4, 6]


def test_a_notebook_whose_cells_lost_their_names_is_shown_whole(plan: Layout) -> None:
    shown = cells(plan, Work(notebook=CELLS), name=EXPERIMENTS)
    assert "the whole notebook is shown" in shown[2]["source"]
    assert shown[3]["source"] == "y = 2"


def told(plan: Layout, view: View, function: str = "total") -> list[str]:
    """The lines below a function."""
    for one in cells(plan, Work(), view):
        if one["source"] == f"# {function}":
            lines: list[str] = one["outputs"][0]["text"].splitlines()
            return lines
    raise LookupError(function)


def test_a_cause_is_told_with_its_example_and_what_to_do(plan: Layout) -> None:
    view = seen(report(outcome("total", verdict="failed", findings=(finding(),))))
    assert told(plan, view)[-5:] == [
        "  Try it: softmax([[0, 1]])",
        "  you get: [[1, 2]]",
        "  wanted: [[0.5, 1]]",
        "  Likely cause: Your result is 2 times too large.",
        "  Next step: Where does the 2 come from?",
    ]


def test_an_error_is_told_with_its_line(plan: Layout) -> None:
    frame = Frame(file="small.py", line=3, function="total", text="return nothing")
    thrown = Thrown(known="NameError", line=3, frames=(frame,))
    raised = outcome("total", verdict="raised", visibility="public", error=thrown, message="no")
    lines = told(plan, seen(report(raised)))
    assert [line for line in lines if "line 3" in line]


@pytest.mark.parametrize(
    ("content", "attempt"),
    [
        ('{"metadata": {"grader": {"attempt": 2}}}', 2),
        ('{"metadata": {"grader": {"attempt": "2"}}}', None),
        ('{"metadata": {}}', None),
        ("[]", None),
        ("[" * 100_000, None),
        (None, None),
    ],
    ids=["ours", "a text", "of another program", "a list", "deep", "not there"],
)
def test_the_attempt_of_a_notebook_is_known_only_of_ours(
    content: str | None, attempt: int | None, tmp_path: Path
) -> None:
    file = tmp_path / "small.ipynb"
    if content is not None:
        file.write_text(content)
    assert attempt_in(file) == attempt
