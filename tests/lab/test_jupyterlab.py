"""The magics as a student meets them: in JupyterLab, in a browser."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.feedback.browser import headless
from tests.lab.served import TOKEN, served

pytestmark = [pytest.mark.needs("chromium", "nbgrader"), pytest.mark.slow]

ROOT = Path(__file__).parents[2]
CELLS = (
    "%load_ext grader\nimport numpy as np",
    "%check sigmoid",
    "%%check sigmoid\ndef sigmoid(z):\n    return z + nowhere",
    "%%check sigmoid\nimport numpy as np\ndef sigmoid(z):\n    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))",
)


def notebook() -> str:
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(CELLS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab whose folder is a student's."""
    home = tmp_path_factory.mktemp("home")
    folder = shutil.copytree(ROOT / "assignments" / "models_and_losses", home / "work")
    (folder / "try.ipynb").write_text(notebook())
    environment = {
        "HOME": str(home),
        "PATH": str(Path(sys.executable).parent),
        "JUPYTER_PLATFORM_DIRS": "1",
    }
    with served("jupyterlab", folder, environment) as address:
        yield f"{address}/lab/tree/try.ipynb?token={TOKEN}"


@pytest.fixture(scope="module")
def page(lab: str) -> Iterator[Page]:
    """The notebook, all of its cells run."""
    with headless() as browser:
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(lab)
        page.locator(".jp-Notebook .jp-Cell").nth(len(CELLS) - 1).wait_for()
        # Before that, JupyterLab would ask for a kernel instead of running a cell.
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.locator(".jp-Notebook .jp-Cell .jp-InputArea-editor").first.click()
        for _ in CELLS:
            page.keyboard.press("Shift+Enter")
        page.get_by_text("2 of 2 public tests passed").wait_for()
        yield page


def output(page: Page, cell: int) -> str:
    return (
        page.locator(".jp-Notebook .jp-Cell")
        .nth(cell)
        .locator(".jp-OutputArea-output")
        .inner_text()
    )


def test_a_line_checks_the_saved_file(page: Page) -> None:
    assert "sigmoid is not written yet" in output(page, 1)


def test_a_cell_is_checked_as_it_stands(page: Page) -> None:
    assert "name 'nowhere' is not defined (line 3)" in output(page, 2)
    assert "2 of 2 public tests passed" in output(page, 3)


def test_what_is_shown_is_a_page_s_text_in_colour(page: Page) -> None:
    cell = page.locator(".jp-Notebook .jp-Cell").nth(3)
    tick = cell.locator(".jp-OutputArea-output pre span", has_text="✓").first
    assert tick.evaluate("node => getComputedStyle(node).color") == "rgb(13, 128, 60)"
