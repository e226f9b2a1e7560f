"""Turns nbgrader master notebooks into released ones, with nbgrader's own preprocessors.

The preprocessors are those of `nbgrader generate_assignment`, configured by the course's
`nbgrader_config.py`, without the one that writes hidden tests into a gradebook. What they leave to
chance (cell ids that an older notebook lacks, counters, layout of the JSON) is settled here, so that
the same master gives the same bytes.
"""

import contextlib
import hashlib
import json
import logging
from importlib.util import find_spec
from typing import Any

from grader.authoring.regions import read_notebook, source_of
from grader.course import Course
from grader.errors import CourseError, MissingExtraError

CONFIG_FILE = "nbgrader_config.py"
#: The oldest minor version of format 4 in which cells have ids.
_MINOR_WITH_IDS = 5


def release_notebook(course: Course, assignment: str, name: str, data: bytes) -> bytes:
    """The notebook that students get for the master notebook `name` (without suffix).

    Raises MissingExtraError without nbgrader, CourseError for a master that nbgrader refuses.
    """
    shown = f"source/{assignment}/{name}.ipynb"
    if find_spec("nbgrader") is None:
        raise MissingExtraError("lab", f"building {shown}")
    master = _with_ids(read_notebook(data, shown))
    notebook = _preprocess(course, assignment, name, master, shown)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
            cell["execution_count"] = None
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def _preprocess(
    course: Course, assignment: str, name: str, master: dict[str, Any], shown: str
) -> dict[str, Any]:
    from nbconvert.exporters import NotebookExporter
    from nbformat import from_dict
    from nbgrader.converters import GenerateAssignment
    from nbgrader.preprocessors import SaveCells

    config = _config(course)
    config.Exporter.default_preprocessors = []
    exporter = NotebookExporter(config=config)
    converter = GenerateAssignment(config=config)
    for preprocessor in converter.preprocessors:
        if preprocessor is not SaveCells:
            exporter.register_preprocessor(preprocessor, enabled=True)
    resources = {
        "unique_key": name,
        "output_files_dir": f"{name}_files",
        "nbgrader": {"assignment": assignment, "notebook": name, "student": ".", "db_url": ""},
    }
    # Headers and footers are named relative to the course.
    with contextlib.chdir(course.root), _quiet():
        try:
            text, _ = exporter.from_notebook_node(from_dict(master), resources=resources)
        except Exception as error:  # nbgrader raises whatever its parts raise
            raise CourseError(f"{shown}: nbgrader refuses it: {error}") from error
    return read_notebook(text.encode(), shown)


def _config(course: Course) -> Any:
    """The course's configuration of nbgrader."""
    from traitlets.config import Config, PyFileConfigLoader

    if not (course.root / CONFIG_FILE).is_file():
        return Config()
    try:
        return PyFileConfigLoader(CONFIG_FILE, path=str(course.root)).load_config()
    except SystemExit as error:
        raise CourseError(f"{CONFIG_FILE}: {error}") from error
    except Exception as error:  # a program of the course's own
        raise CourseError(f"{CONFIG_FILE}: {type(error).__name__}: {error}") from error


@contextlib.contextmanager
def _quiet() -> Any:
    """Keep nbgrader from logging what is raised as well."""
    logger = logging.getLogger("traitlets")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


def _with_ids(notebook: dict[str, Any]) -> dict[str, Any]:
    """Give each cell without an id one that depends on nothing but its place and text."""
    notebook["nbformat_minor"] = max(notebook.get("nbformat_minor", 0), _MINOR_WITH_IDS)
    for number, cell in enumerate(notebook["cells"]):
        digest = hashlib.sha256(f"{number} {source_of(cell)}".encode()).hexdigest()
        cell.setdefault("id", digest[:8])
        if isinstance(cell.get("source"), list):
            cell["source"] = source_of(cell)
    return notebook
