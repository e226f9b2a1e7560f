import hashlib
import json
import random
import sys
from typing import Any

import pytest

from grader.authoring.build import build
from grader.authoring.notebook import release_notebook
from grader.course import Course
from grader.errors import CourseError, MissingExtraError
from tests.authoring.samples import MASTER_NOTEBOOK, cell, notebook, write


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


needs_nbgrader = pytest.mark.needs("nbgrader")


def released(course: Course, data: bytes = MASTER_NOTEBOOK) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(release_notebook(course, "averages", "averages", data))
    return made


def test_without_nbgrader_a_notebook_cannot_be_built_and_the_remedy_is_said(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nbgrader", None)
    monkeypatch.setattr("grader.authoring.notebook.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'grading-descent\[lab\]'"):
        release_notebook(course, "averages", "averages", MASTER_NOTEBOOK)


@needs_nbgrader
def test_solutions_hidden_tests_mark_schemes_and_outputs_are_gone(course: Course) -> None:
    text = json.dumps(released(course))
    for secret in ("np.median", "probe", "half of all values", "Two points", "secret output"):
        assert secret not in text
    sources = [source(cell) for cell in released(course)["cells"]]
    assert sources[2] == "def spread(v):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    assert sources[3] == "assert spread([1, 2, 9]) == 7"
    assert sources[4] == "YOUR ANSWER HERE"
    assert sources[5] == "Draw it."


@needs_nbgrader
def test_what_autograding_needs_stays(course: Course) -> None:
    test_cell = released(course)["cells"][3]
    marked = test_cell["metadata"]["nbgrader"]
    assert marked["grade"] is True
    assert marked["points"] == 2
    # As nbgrader computes it: source, type, grade, solution, locked, id, points.
    parts = [source(test_cell), "code", "True", "False", "True", "test_spread", "2.0"]
    digest = hashlib.md5("".join(parts).encode(), usedforsecurity=False)
    assert marked["checksum"] == digest.hexdigest()
    assert test_cell["metadata"]["editable"] is False


@needs_nbgrader
def test_the_same_master_gives_the_same_bytes(course: Course) -> None:
    first = release_notebook(course, "averages", "averages", MASTER_NOTEBOOK)
    random.seed(1)
    assert release_notebook(course, "averages", "averages", MASTER_NOTEBOOK) == first
    identifiers = [cell["id"] for cell in json.loads(first)["cells"]]
    assert len(set(identifiers)) == 6
    assert first.endswith(b"}\n")


@needs_nbgrader
def test_identifiers_that_a_master_has_are_kept(course: Course) -> None:
    data = notebook({**cell("markdown", "Hello"), "id": "welcome"}, minor=5)
    assert released(course, data)["cells"][0]["id"] == "welcome"


@needs_nbgrader
def test_what_nbgrader_refuses_is_an_error_that_names_the_notebook(course: Course) -> None:
    data = notebook(cell("code", "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"))
    with pytest.raises(CourseError, match=r"source/averages/averages\.ipynb: nbgrader refuses it"):
        release_notebook(course, "averages", "averages", data)


@needs_nbgrader
def test_the_configuration_of_the_course_is_obeyed(course: Course) -> None:
    config = course.root / "nbgrader_config.py"
    line = 'c.ClearSolutions.code_stub = {"python": "# here"}\n'
    config.write_text(config.read_text("utf-8") + line, "utf-8")
    assert source(released(course)["cells"][2]) == "def spread(v):\n    # here"


@needs_nbgrader
def test_a_build_releases_the_notebook_and_is_fresh_afterwards(with_notebook: Course) -> None:
    build(with_notebook)
    data = (with_notebook.root / "assignments/averages/averages.ipynb").read_bytes()
    assert b"np.median" not in data
    assert build(with_notebook, check=True).stale == []
    assert build(with_notebook, check=True, notebooks=False).stale == []


@needs_nbgrader
def test_a_solution_shown_elsewhere_in_the_notebook_is_a_leak(with_notebook: Course) -> None:
    file = with_notebook.root / "source/averages/averages.ipynb"
    content = json.loads(file.read_bytes())
    hint = "A hint:\n\n    centre = np.median(v)\n    return np.max(np.abs(v - centre))\n"
    content["cells"].append(cell("markdown", hint))
    file.write_text(json.dumps(content), "utf-8")
    with pytest.raises(CourseError) as caught:
        build(with_notebook)
    assert (
        "assignments/averages/averages.ipynb, cell 7 repeats the solution of a notebook "
        "(source/averages/averages.ipynb, cell 3, line 3)" in str(caught.value)
    )


@needs_nbgrader
@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("raise ValueError('no')", "ValueError: no"),
        ("def (", "SyntaxError: "),
        ("raise SystemExit('not here')", "not here"),
    ],
)
def test_a_configuration_of_nbgrader_that_cannot_be_read_is_told(
    with_notebook: Course, program: str, said: str
) -> None:
    write(with_notebook, "nbgrader_config.py", program)
    with pytest.raises(CourseError, match=f"^nbgrader_config.py: {said}"):
        build(with_notebook)


def test_a_notebook_is_left_out_of_a_check_that_says_so(with_notebook: Course) -> None:
    build_without = build(with_notebook, check=True, notebooks=False)
    assert all(file.suffix != ".ipynb" for file in build_without.stale)


def test_a_build_without_notebooks_is_refused(course: Course) -> None:
    with pytest.raises(ValueError, match="no build"):
        build(course, notebooks=False)
