"""What is drawn of a wrong result, in lines and in words."""

import re
from typing import Any

import numpy as np
import pytest

from grader.feedback.catalogue import catalogue
from grader.feedback.pictures import describe, picture
from grader.manifests import Sketch
from grader.models import Picture
from grader.sketches import MOST_POINTS, MOST_ROWS, sketch
from tests.feedback.samples import HOSTILE
from tests.feedback.samples import picture as matrix

WORDS = catalogue("en")
CURVE = Sketch(function="f", kind="curve", part=1, x=0, x_label="x", y_label="y")
WHOLE = Sketch(function="f", kind="curve")
MATRIX = Sketch(function="f", kind="matrix")


def test_a_curve_is_taken_from_the_parts_that_are_named() -> None:
    made = sketch(CURVE, ([0, 1], np.array([1.0, np.nan]), "more"), ([0, 1], [1, 2], None))
    assert made is not None
    assert (made.got, made.expected) == (((1.0, None),), ((1.0, 2.0),))
    assert (made.got_x, made.x_label) == ((0.0, 1.0), "x")


def test_a_matrix_is_taken_whole() -> None:
    made = sketch(MATRIX, np.eye(2), np.zeros((3, 2)))
    assert made is not None
    assert made.got == ((1.0, 0.0), (0.0, 1.0))
    assert len(made.expected) == 3


class Handle:
    """What stands for a value that could not cross."""

    def __array__(self, *_: Any) -> Any:
        raise SystemError

    def __len__(self) -> int:
        raise SystemError


@pytest.mark.parametrize(
    "got",
    [
        None,
        Handle(),
        [Handle()],
        "text",
        [],
        [[1.0], [1.0, 2.0]],
        np.zeros((2, 2, 2)),
        np.zeros(MOST_POINTS + 1),
        ["a", "b"],
        {"a": 1},
    ],
)
def test_anything_else_makes_no_picture(got: Any) -> None:
    assert sketch(WHOLE, got, np.arange(3.0)) is None
    assert sketch(MATRIX, got, np.eye(3)) is None
    assert sketch(CURVE, (got, got), ([0.0], [1.0])) is None


def test_large_matrices_make_no_picture() -> None:
    assert sketch(MATRIX, np.zeros((2, MOST_ROWS + 1)), np.eye(2)) is None


def test_where_both_are_the_same_there_is_nothing_to_see() -> None:
    assert sketch(MATRIX, np.eye(2), np.eye(2)) is None


def test_places_and_heights_of_a_curve_must_fit() -> None:
    assert sketch(CURVE, ([0, 1, 2], [1, 2]), ([0, 1], [1, 2])) is None


def test_words_name_the_entry_that_is_furthest_off() -> None:
    assert "row 1, column 1: 9 instead of 4" in describe(matrix(), WORDS)


def test_words_name_the_largest_gap_of_a_curve() -> None:
    curve = Picture(kind="curve", got=((0.0, 5.0, 1.0),), expected=((0.0, 1.0, 2.0),))
    assert "largest gap is 4, at position 1" in describe(curve, WORDS)


def test_words_name_other_shapes_and_other_lengths() -> None:
    assert "2 × 2" in describe(matrix(expected=((1.0,),)), WORDS)
    curve = Picture(kind="curve", got=((0.0, 5.0),), expected=((0.0,),))
    assert "2 points" in describe(curve, WORDS)


def test_a_picture_is_drawn_in_the_colours_of_the_page() -> None:
    svg = picture(matrix(), "p1", WORDS)
    assert svg.startswith("<svg")
    assert svg.endswith("</svg>")
    assert "var(--ink)" in svg
    assert not re.search(r"#[0-9a-f]{6}", svg.replace("#p1", ""))
    assert "<style" not in svg
    assert 'role="img"' in svg


def test_two_pictures_on_a_page_share_no_ids() -> None:
    ids = [
        set(re.findall(r'\bid="([^"]+)"', picture(matrix(), name, WORDS))) for name in ("a", "b")
    ]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])


def test_the_same_picture_is_drawn_again_byte_for_byte() -> None:
    assert picture(matrix(), "p", WORDS) == picture(matrix(), "p", WORDS)


def test_labels_stay_text() -> None:
    curve = Picture(
        kind="curve",
        got=((0.0, 1.0),),
        expected=((1.0, 1.0),),
        x_label=HOSTILE[:80],
        y_label="$x^$",
    )
    svg = picture(curve, "p", WORDS)
    assert "<script" not in svg
    assert "&lt;script" in svg


@pytest.mark.parametrize(
    "odd",
    [
        {"got": ((None, None), (None, None))},
        {"got": ((1e300, -1e300), (0.0, 1e-300))},
        {"got": ((1.0,),)},
        {"kind": "curve", "got": ((1.0,),), "expected": ((None,),)},
        {"kind": "curve", "got": ((1e300, 1.0),), "expected": ((1.0, -1e300),)},
    ],
)
def test_odd_numbers_are_drawn_too(odd: dict[str, Any]) -> None:
    assert picture(matrix(**odd), "p", WORDS).startswith("<svg")
    assert describe(matrix(**odd), WORDS)
