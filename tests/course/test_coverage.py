"""The page that says where the course treats its ideas is fresh, and names nothing that does not exist."""

import runpy
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course

ROOT = Path(__file__).parents[2]
COURSE = Course.find(ROOT)


@pytest.fixture(scope="module")
def page() -> Callable[[Course, Mapping[str, Any]], str]:
    made: Callable[[Course, Mapping[str, Any]], str] = runpy.run_path(
        str(ROOT / "docs/coverage.py")
    )["page"]
    return made


@pytest.fixture
def data() -> dict[str, Any]:
    return tomllib.loads((ROOT / "docs/coverage.toml").read_text("utf-8"))


def test_the_page_is_fresh(page: Any, data: dict[str, Any]) -> None:
    assert (ROOT / "docs/coverage.md").read_text("utf-8") == page(COURSE, data), "run: make docs"


def test_every_experiment_serves_an_idea(data: dict[str, Any]) -> None:
    ideas = [idea for chapter in data["chapter"] for idea in chapter["idea"]]
    assert {name for idea in ideas for name in idea.get("experiments", ())} == {
        experiment.id
        for name in COURSE.names
        for experiment in COURSE.assignment(name).manifest.experiments
    }


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("functions", "playground.fly", "playground has no function fly"),
        ("functions", "golf.swing", "no assignment golf"),
        ("sections", "playground/Swings and slides", "no notebook has the section"),
        ("experiments", "E7", "no assignment has the experiment E7"),
        ("tests", "playground/test_activation.py::test_swings", "no hidden test"),
    ],
)
def test_what_does_not_exist_cannot_be_named(
    page: Any, data: dict[str, Any], key: str, value: str, message: str
) -> None:
    data["chapter"][0]["idea"][0][key] = [value]
    with pytest.raises(ValueError, match=message):
        page(COURSE, data)


def test_a_function_that_serves_no_idea_is_told(page: Any, data: dict[str, Any]) -> None:
    for chapter in data["chapter"]:
        for idea in chapter["idea"]:
            names = idea.get("functions", ())
            idea["functions"] = [name for name in names if name != "model_selection.grid_search"]
    with pytest.raises(ValueError, match=r"model_selection\.grid_search serves no idea"):
        page(COURSE, data)
