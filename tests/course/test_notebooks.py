"""The notebooks of the course, run from top to bottom: as students get them, and with the reference."""

import asyncio
import gc
import os
import re
import shutil
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.course import Assignment, Course

pytestmark = pytest.mark.needs("nbgrader")

COURSE = Course.find(Path(__file__).parents[2])
ASSIGNMENTS = [COURSE.assignment(name) for name in COURSE.names]
each = pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=list(COURSE.names))
NEEDED = re.compile(r"^\*Needs\b(.*?)\*$", re.MULTILINE | re.DOTALL)
# Lays no figure out and draws it small, which finds the mistakes in it at a tenth of the cost.
BACKEND = """
from matplotlib._pylab_helpers import Gcf
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas

def show(*_, **__):
    for manager in Gcf.get_all_fig_managers():
        manager.canvas.figure.set(dpi=20, layout_engine="none")
        manager.canvas.draw()
    Gcf.destroy_all()
"""


def read(file: Path) -> Any:
    import nbformat

    return nbformat.read(file, as_version=4)


def master(assignment: Assignment) -> Any:
    return read(assignment.source_dir / f"{assignment.name}.ipynb")


def released(assignment: Assignment) -> Any:
    return read(assignment.release_dir / f"{assignment.name}.ipynb")


def marked(notebook: Any) -> dict[str, Any]:
    """The cells that nbgrader knows, by their grade ids."""
    cells = (cell for cell in notebook.cells if "nbgrader" in cell.metadata)
    return {cell.metadata.nbgrader.grade_id: cell for cell in cells}


def needed(text: str) -> set[str]:
    """The functions that a text says are needed."""
    return {name for line in NEEDED.findall(text) for name in re.findall(r"`(\w+)`", line)}


async def execute(client: Any, notebook: Any) -> Any:
    """Run a notebook in the client's kernel up to the first error, and return it with its outputs."""
    client.nb = notebook
    client.reset_execution_trackers()
    for number, cell in enumerate(notebook.cells):
        await client.async_execute_cell(cell, number)
        if any(output.output_type == "error" for output in cell.get("outputs", ())):
            break
    return notebook


async def as_a_student(assignment: Assignment, folder: Path) -> tuple[Any, Any]:
    """Run the released notebook with the stubs, write the functions, and run the master in the same kernel."""
    from nbclient import NotebookClient

    shutil.copytree(assignment.release_dir, folder)
    (folder / "small_figures.py").write_text(BACKEND, "utf-8")
    client = NotebookClient(
        released(assignment),
        timeout=300,
        # What a cell printed, errors too, comes another way than its end, and on a busy machine much later.
        iopub_timeout=300,
        raise_on_iopub_timeout=True,
        startup_timeout=300,
        # A kernel that is to stop at an error also drops what it is asked right after.
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--HistoryManager.enabled=False"],
    )
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    environment = {**os.environ, **one_thread, "MPLBACKEND": "module://small_figures"}
    async with client.async_setup_kernel(env=environment):
        with_stubs = await execute(client, client.nb)
        for module in assignment.solution_dir.glob("*.py"):
            shutil.copy(module, folder)
        return with_stubs, await execute(client, master(assignment))


def errors(notebook: Any) -> list[str]:
    """What the errors in a notebook say."""
    return [
        f"{cell.id}: {output.ename}: {output.evalue}\n" + "\n".join(output.traceback)
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "error"
    ]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Any, Any]]:
    """Of each assignment the released notebook and the master, both executed."""
    folder = tmp_path_factory.mktemp("students")

    async def run_all() -> list[tuple[Any, Any]]:
        places = asyncio.Semaphore(os.cpu_count() or 1)

        async def run(assignment: Assignment) -> tuple[Any, Any]:
            async with places:
                return await as_a_student(assignment, folder / assignment.name)

        return await asyncio.gather(*map(run, ASSIGNMENTS))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries that run notebooks
        finished = asyncio.run(run_all())
        gc.collect()
    return dict(zip(COURSE.names, finished, strict=True))


@pytest.mark.slow
@each
def test_with_the_reference_every_cell_runs(
    assignment: Assignment, runs: Mapping[str, tuple[Any, Any]]
) -> None:
    _, notebook = runs[assignment.name]
    assert errors(notebook) == []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if cell.execution_count is None] == []


@pytest.mark.slow
@each
def test_with_the_reference_nothing_is_warned_about(
    assignment: Assignment, runs: Mapping[str, tuple[Any, Any]]
) -> None:
    _, notebook = runs[assignment.name]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []


@pytest.mark.slow
@each
def test_the_self_check_finds_all_public_tests_passed(
    assignment: Assignment, runs: Mapping[str, tuple[Any, Any]]
) -> None:
    _, notebook = runs[assignment.name]
    (cell,) = (cell for cell in notebook.cells if cell.id == "check-run")
    text = "".join(output.text for output in cell.outputs)
    found = re.search(r"(\d+) of (\d+) public tests passed", text)
    assert found is not None, text
    assert found[1] == found[2]


@pytest.mark.slow
@each
def test_a_new_student_meets_the_first_function_to_write(
    assignment: Assignment, runs: Mapping[str, tuple[Any, Any]]
) -> None:
    notebook, _ = runs[assignment.name]
    (error,) = errors(notebook)
    stopped = error.partition(":")[0]
    assert stopped != "setup"
    assert "NotImplementedError" in error.splitlines()[0]
    plain = re.sub(r"\x1b\[[0-9;]*m", "", error)
    frames = re.findall(rf"{assignment.name}\.py.*?, in (\w+)\(", plain)
    above = []
    for cell in notebook.cells:
        above.append(cell.source)
        if cell.id == stopped:
            break
    announced = [names for names in map(needed, above) if names][-1]
    assert frames[-1] in announced


@each
def test_every_function_is_needed_somewhere_and_no_other(assignment: Assignment) -> None:
    texts = [cell.source for cell in master(assignment).cells if cell.cell_type == "markdown"]
    assert set().union(*map(needed, texts)) == set(assignment.functions)


@each
def test_masters_are_valid_and_hold_no_output(assignment: Assignment) -> None:
    import nbformat

    notebook = master(assignment)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.id for cell in cells if cell.outputs or cell.execution_count is not None] == []


@each
def test_nbgrader_accepts_the_metadata(assignment: Assignment) -> None:
    from nbgrader.nbgraderformat import MetadataValidator

    for notebook in (master(assignment), released(assignment)):
        MetadataValidator().validate_nb(notebook)


@each
def test_each_item_of_the_rubric_has_a_cell_with_its_points(assignment: Assignment) -> None:
    wanted = {
        f"{experiment.id}-{entry.item.replace(' ', '-')}": entry.points
        for experiment in assignment.manifest.experiments
        for entry in experiment.rubric
    }
    for notebook in (master(assignment), released(assignment)):
        graded = {
            name: cell.metadata.nbgrader.points
            for name, cell in marked(notebook).items()
            if cell.metadata.nbgrader.grade or cell.metadata.nbgrader.task
        }
        assert graded == wanted
    assert sum(wanted.values()) == 20


@each
def test_experiments_hold_worked_solutions_and_locked_tasks(assignment: Assignment) -> None:
    cells = marked(master(assignment)).values()
    worked = [cell for cell in cells if cell.metadata.nbgrader.solution]
    tasks = [cell for cell in cells if cell.metadata.nbgrader.task]
    assert {cell.cell_type for cell in worked} == {"code", "markdown"}
    assert tasks
    assert all(cell.metadata.nbgrader.locked for cell in tasks)
    for cell in worked:
        assert len(cell.source) > 100, cell.id


@each
def test_mark_schemes_state_the_whole_rubric(assignment: Assignment) -> None:
    tasks = [cell for cell in marked(master(assignment)).values() if cell.metadata.nbgrader.task]
    schemes = "\n".join(cell.source.partition("=== BEGIN MARK SCHEME ===")[2] for cell in tasks)
    for experiment in assignment.manifest.experiments:
        for entry in experiment.rubric:
            assert f"- {entry.item}: {entry.criteria}\n" in schemes


@each
def test_what_is_released_holds_no_solution_no_mark_scheme_and_no_output(
    assignment: Assignment,
) -> None:
    notebook = released(assignment)
    assert not re.search("BEGIN|END SOLUTION|MARK SCHEME", "".join(map(str, notebook.cells)))
    for name, cell in marked(notebook).items():
        if cell.metadata.nbgrader.solution:
            stub = "raise NotImplementedError()" if cell.cell_type == "code" else "YOUR ANSWER HERE"
            assert cell.source.endswith(stub), name
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.id for cell in cells if cell.outputs or cell.execution_count is not None] == []
