"""What a course says of itself is refused where it cannot be meant."""

from typing import Any

import pytest
from pydantic import ValidationError

from grader.manifests import CourseManifest, Experiment, Manifest

ITEM = {"item": "plot", "points": 1, "criteria": "axes with units"}
EXPERIMENT = {"id": "E1", "title": "A valley", "points": 1, "rubric": [ITEM]}
ASSIGNMENT: dict[str, Any] = {
    "schema": 1,
    "name": "small",
    "title": "A small assignment",
    "modules": ["small"],
    "functions": [{"name": "total", "points": 4}],
}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"functions": ASSIGNMENT["functions"] * 2}, "functions listed twice: total"),
        ({"modules": ["small", "small"]}, "modules listed twice: small"),
        ({"experiments": [EXPERIMENT, EXPERIMENT]}, "experiments listed twice: E1"),
        (
            {"experiments": [EXPERIMENT | {"points": 2, "rubric": [ITEM, ITEM]}]},
            "items of E1 listed twice: plot",
        ),
    ],
)
def test_what_is_listed_twice_in_an_assignment_is_refused(more: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Manifest.model_validate(ASSIGNMENT | more)


def test_an_assignment_that_is_listed_twice_in_a_course_is_refused() -> None:
    entries = [{"name": "small"}, {"name": "small", "weight": 2}]
    with pytest.raises(ValidationError, match="assignments listed twice: small"):
        CourseManifest.model_validate({"schema": 1, "name": "A course", "assignments": entries})


def test_a_rubric_adds_up_as_people_add_up() -> None:
    items = [
        {"item": name, "points": points, "criteria": ""}
        for name, points in (("a", 0.1), ("b", 0.2))
    ]
    made = {"id": "E1", "title": "A valley", "rubric": items}
    assert Experiment.model_validate(made | {"points": 0.3}).points == 0.3
    with pytest.raises(ValidationError, match=r"the rubric of E1 adds up to 0\.3 points, not 0\.4"):
        Experiment.model_validate(made | {"points": 0.4})


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"pictures": [{"function": "totl", "kind": "curve"}]}, "no function totl"),
        ({"feedback": [{"functions": ["totl"], "level": "verdict"}]}, "no function totl"),
        (
            {"functions": [{"name": "total", "points": 4, "uses": ["other", "more"]}]},
            "total uses more, other, which this assignment does not have",
        ),
        (
            {"functions": [{"name": "total", "points": 4, "module": "large"}]},
            "total lies in module large, which is not listed",
        ),
    ],
)
def test_names_that_an_assignment_does_not_have_are_refused(
    more: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        Manifest.model_validate(ASSIGNMENT | more)
