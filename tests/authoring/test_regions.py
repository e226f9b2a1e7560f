import pytest

from grader.authoring.regions import notebook_regions, read_notebook
from grader.errors import CourseError
from tests.authoring.samples import MASTER_NOTEBOOK, cell, notebook


def regions(data: bytes) -> list[tuple[str, str]]:
    found = notebook_regions(read_notebook(data, "n.ipynb"), "n.ipynb")
    return [(region.kind, region.where) for region in found]


def test_solutions_hidden_tests_and_mark_schemes_are_found_where_they_stand() -> None:
    assert regions(MASTER_NOTEBOOK) == [
        ("solution", "n.ipynb, cell 3, line 3"),
        ("hidden test", "n.ipynb, cell 4, line 3"),
        ("solution", "n.ipynb, cell 5"),
        ("mark scheme", "n.ipynb, cell 6, line 3"),
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("x\n### END SOLUTION", "cell 1, line 2: END SOLUTION without BEGIN SOLUTION"),
        ("### BEGIN HIDDEN TESTS\nx", "cell 1, line 1: BEGIN HIDDEN TESTS without END"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION", "cell 1, line 2: BEGIN SOLUTION inside"),
    ],
)
def test_a_region_without_an_end_or_a_beginning_is_an_error(source: str, words: str) -> None:
    with pytest.raises(CourseError, match=words):
        regions(notebook(cell("code", source)))


@pytest.mark.parametrize(
    "data",
    [
        b"no json",
        b"[]",
        b'{"worksheets": []}',
        b"\xff",
        b'{"cells": [], "nbformat_minor": "5"}',
        b'{"cells": [1]}',
        b'{"cells": [{"source": [1]}]}',
        b'{"cells": [{"metadata": []}]}',
        b'{"cells": [{"metadata": {"nbgrader": []}}]}',
    ],
)
def test_what_is_no_notebook_is_an_error_that_names_the_file(data: bytes) -> None:
    with pytest.raises(CourseError, match=r"n\.ipynb: not a notebook"):
        read_notebook(data, "n.ipynb")
