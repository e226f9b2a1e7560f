import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.needs("nbgrader")

ROOT = Path(__file__).parents[2]
RIGHT = "import numpy as np\ndef sigmoid(z):\n    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))\n"
WRONG = "def sigmoid(z):\n    return z + nowhere\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The first assignment as a student gets it."""
    return shutil.copytree(ROOT / "assignments" / "models_and_losses", tmp_path / "work")


def test_a_check_says_what_the_terminal_says(folder: Path) -> None:
    from grader.feedback.notebook import check

    checked = check(["sigmoid"], folder)
    assert "sigmoid is not written yet" in repr(checked)
    assert "sigmoid is not written yet" in checked._repr_html_()


def test_a_cell_is_checked_in_place_of_what_was_saved(folder: Path) -> None:
    from grader.feedback.notebook import check_cell

    before = (folder / "models_and_losses.py").read_bytes()
    assert "2 of 2 public tests passed" in repr(check_cell(RIGHT, "sigmoid", folder))
    assert (folder / "models_and_losses.py").read_bytes() == before


def test_an_error_is_told_by_the_line_of_the_cell(folder: Path) -> None:
    from grader.feedback.notebook import check_cell

    # Line 1 of the cell is the magic itself.
    assert "name 'nowhere' is not defined (line 3)" in repr(check_cell(WRONG, "sigmoid", folder))


def test_a_cell_may_use_what_the_saved_file_defines(folder: Path) -> None:
    from grader.feedback.notebook import check_cell

    solution = (ROOT / "solutions" / "models_and_losses" / "models_and_losses.py").read_text()
    (folder / "models_and_losses.py").write_text(solution)
    cell = "def root_mean_squared_error(y_true, y_pred):\n    return mean_squared_error(y_true, y_pred) ** 0.5\n"
    checked = check_cell(cell, "root_mean_squared_error", folder)
    assert "2 of 2 public tests passed" in repr(checked)


def test_files_beside_the_notebook_do_not_stand_in_for_packages(folder: Path) -> None:
    from grader.feedback.notebook import check

    for name in ("numpy", "grader", "typing"):
        (folder / f"{name}.py").write_text("raise SystemExit('the wrong one')\n")
    said = repr(check(["sigmoid"], folder))
    assert "the wrong one" not in said
    assert "sigmoid is not written yet" in said


def test_what_the_page_breaks_off_goes_on_below_the_beginning_of_its_line() -> None:
    from grader.feedback.notebook import Checked

    shown = Checked(
        "\x1b[1mSmall\x1b[0m\n\n      \x1b[31ma long line\x1b[0m\n", False
    )._repr_html_()
    assert re.findall(r"0 (\d)ch; text-indent: -\1ch", shown) == ["0", "0", "6"]


def test_what_a_submission_says_is_text_on_the_page(folder: Path) -> None:
    from grader.feedback.notebook import check_cell

    cell = "def sigmoid(z):\n    raise ValueError('<script>alert(1)</script>\\x1b[2J')\n"
    shown = check_cell(cell, "sigmoid", folder)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "\x1b" not in shown


def test_a_function_that_is_none_and_a_folder_without_assignment_are_told(
    folder: Path, tmp_path: Path
) -> None:
    from grader.errors import UsageError
    from grader.feedback.notebook import check_cell

    with pytest.raises(UsageError, match="has no function sigmiod"):
        check_cell(RIGHT, "sigmiod", folder)
    with pytest.raises(UsageError, match="open the notebook"):
        check_cell(RIGHT, "sigmoid", tmp_path)


@pytest.fixture
def magics(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The magics in a notebook of that folder, where cells that say so fail."""
    from grader.feedback import notebook

    asked: list[Any] = []
    monkeypatch.setattr(notebook, "check", lambda *words: asked.append(words))
    monkeypatch.chdir(folder)
    shell = SimpleNamespace(run_cell=lambda cell: SimpleNamespace(success="fails" not in cell))
    shell.register_magics = lambda kind: setattr(shell, "kind", kind)
    notebook.load_ipython_extension(shell)  # type: ignore[arg-type]  # what the magics ask of it
    made = shell.kind(shell)
    made.asked = asked
    return made


def test_a_line_checks_the_functions_that_it_names_in_the_saved_file(
    magics: Any, folder: Path
) -> None:
    magics.check("sigmoid linear_predict")
    assert magics.asked == [(["sigmoid", "linear_predict"], folder)]


def test_a_cell_is_run_and_then_checked(magics: Any, folder: Path) -> None:
    magics.check("sigmoid", RIGHT)
    ((words, place),) = magics.asked
    assert words == ["sigmoid"]
    assert place != folder


def test_a_cell_that_fails_is_not_checked(magics: Any) -> None:
    assert magics.check("sigmoid", "this fails") is None
    assert magics.asked == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "say which function this cell is about"),
        ("sigmoid softmax", "say which function this cell is about"),
        ("sigmiod", "has no function sigmiod"),
    ],
)
def test_a_cell_that_is_about_no_function_is_told_in_one_line(
    magics: Any, line: str, said: str
) -> None:
    from IPython.core.error import UsageError

    with pytest.raises(UsageError, match=said):
        magics.check(line, RIGHT)
