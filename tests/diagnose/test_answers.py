"""A predicted result is compared with what was got, whatever either of them is."""

from typing import Any

import numpy as np
import pytest

from grader.compare import TOLERANCES
from grader.diagnose.answers import MAX_NUMBERS, Answer, Closeness, alike, leaves, numbers, one_line
from grader.sandbox.records import Raised

CLOSE = Closeness.named("T0")
NAN = float("nan")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (NAN, np.float64("nan")),
        (10**400, 10**400),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan])),
        (np.array([1, 2]), np.array([1.0, 2.0])),
        (np.array([True]), np.array([1])),
        ([1.0, (2.0, "a")], [1.0, (2.0, "a")]),
        ({"a": 1.0, "b": None}, {"b": None, "a": 1.0}),
    ],
)
def test_results_that_say_the_same_are_alike(one: Any, other: Any) -> None:
    assert alike(one, other, TOLERANCES["T0"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1.0, 1.1),
        (1.0, NAN),
        (10**400, 10**400 + 1),
        (np.zeros(2), np.zeros(3)),
        (np.zeros(2), np.array(["a", "b"])),
        (np.array(["a"]), np.array(["a"])),
        ([1.0], (1.0,)),
        ([1.0], [1.0, 2.0]),
        ([1.0], 1.0),
        ({"a": 1.0}, {"b": 1.0}),
        ({"a": 1.0}, {"a": 2.0}),
        ({"a": 1.0}, [1.0]),
        ("a", "b"),
        (None, 0),
        (object(), object()),
    ],
)
def test_results_that_differ_are_not_alike(one: Any, other: Any) -> None:
    assert not alike(one, other, TOLERANCES["T0"])


def raised(kind: str, *bases: str) -> Answer:
    return Answer(raised=Raised(kind, bases, "no"))


@pytest.mark.parametrize(
    ("got", "wrong"),
    [
        (raised("ValueError"), False),
        (raised("UnicodeError", "ValueError"), False),
        (raised("TypeError"), True),
        (Answer(1.0), True),
    ],
)
def test_an_error_is_right_where_it_is_the_wanted_one_or_a_kind_of_it(
    got: Answer, wrong: bool
) -> None:
    assert CLOSE.wrong(got, raised("ValueError")) == wrong


def test_an_end_is_predicted_by_its_type_and_a_lost_call_by_nothing() -> None:
    assert CLOSE.predicts(raised("KeyError"), raised("KeyError"))
    assert not CLOSE.predicts(raised("KeyError"), raised("TypeError"))
    assert not CLOSE.predicts(Answer(lost="timeout"), Answer(lost="timeout"))


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ([[1, 2], [3, 4.5]], (2, 2)),
        (np.float32(1), ()),
        (True, ()),
        ([], None),
        ([[1, 2], [3]], None),
        ([1, "a"], None),
        (10**400, None),
        ("1", None),
        (np.array(["a"]), None),
        (np.zeros(MAX_NUMBERS + 1), None),
        ([0] * (MAX_NUMBERS + 1), None),
        ([np.zeros(MAX_NUMBERS)] * 2, None),
    ],
    ids=lambda value: None if value is None or isinstance(value, tuple) else "",
)
def test_real_numbers_are_taken_as_floats_unless_they_are_too_many(
    value: Any, shape: tuple[int, ...] | None
) -> None:
    found = numbers(value)
    assert (None if found is None else found.shape) == shape


def test_the_parts_of_a_result_are_compared_where_they_stand() -> None:
    value = {"a": [1.0, 2.0], ("k", 1): ("x",)}
    assert list(leaves(value)) == [
        (("a",), [1.0, 2.0]),
        (("('k', 1)", 0), "x"),
    ]


def test_a_line_of_a_student_is_cut_and_steers_nothing() -> None:
    assert one_line(" \x1b[31mred\nmore", 20) == "?[31mred"
    assert one_line("abcdef", 3) == "abc…"
