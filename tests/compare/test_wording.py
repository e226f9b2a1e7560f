"""What a student reads about a difference."""

from typing import Any

import numpy as np
import pytest

from grader.compare import describe, difference

NAN, INF = float("nan"), float("inf")


class Handle:
    def __init__(self, type_name: str) -> None:
        self.type_name = type_name


def words(actual: Any, expected: Any, tolerance: str = "T0", **options: Any) -> str:
    found = difference(actual, expected, tolerance, **options)
    assert found is not None
    return describe(found)


@pytest.mark.parametrize(
    ("actual", "expected", "sentence"),
    [
        (None, np.ones(3), "returned None; an array of shape (3,) was wanted. Is a `return` missing?"),
        (None, 1.0, "returned None; a number was wanted. Is a `return` missing?"),
        (Handle("generator"), np.ones(3), "returned a generator; an array of shape (3,) was wanted."),
        (Handle("generator"), [1], "returned a generator; a list of length 1 was wanted."),
        (Handle("set"), Handle("set"), "returned a set, which cannot be compared with a set."),
        (np.ones((3, 1)), np.ones(3), "returned an array of shape (3, 1); shape (3,) was wanted."),
        (np.ones(3), 2.0, "returned an array of shape (3,); a number was wanted."),
        (2.0, np.ones(3), "returned a float (2.0); an array of shape (3,) was wanted."),
        (np.float32(2), np.ones(3), "returned a float32 (2.0); an array of shape (3,) was wanted."),
        ([1, 2], np.ones(2), "returned a list of length 2; an array of shape (2,) was wanted."),
        ([1, 2], (1, 2), "returned a list of length 2; a tuple of length 2 was wanted."),
        ([1, 2], [1, 2, 3], "returned a list of length 2; length 3 was wanted."),
        ("ab", 1.0, "returned a string ('ab'); a number was wanted."),
        (1, None, "returned an int (1); None was wanted."),
        (1, "relu", "returned an int (1); a string was wanted."),
        (b"a", "a", "returned bytes (b'a'); a string was wanted."),
        (1j, 1.0, "returned a complex (1j); a real number was wanted."),
        (np.ones(2) * 1j, np.ones(2), "returned an array of complex128 values; real numbers were wanted."),
        ((1.0, None), (1.0, 2.0), "result[1] is None; a number was wanted."),
        ({"w": [1]}, {"w": [1, 2]}, "result['w'] is a list of length 1; length 2 was wanted."),
        ({3: 1}, {"b": 1}, "returned a dict without 'b' and with unexpected 3; other keys were wanted."),
        ("relu", "tanh", "returned 'relu'; 'tanh' was wanted. They differ from position 0 on."),
    ],
)  # fmt: skip
def test_a_difference_of_sort_is_one_plain_sentence(
    actual: Any, expected: Any, sentence: str
) -> None:
    assert words(actual, expected) == sentence


@pytest.mark.parametrize(
    ("actual", "expected", "sentence"),
    [
        (1.0, 1, "returned a float (1.0); an integer was wanted."),
        (True, 1, "returned a bool (True); an integer was wanted."),
        (1, True, "returned an int (1); a bool was wanted."),
        (np.ones(2), np.ones(2, int), "returned an array of float64 values; integers were wanted."),
        (np.ones(2, np.uint8), np.ones(2, bool), "returned an array of uint8 values; bools were wanted."),
        ([1.0], [1], "returned a list of float64 values; integers were wanted."),
    ],
)  # fmt: skip
def test_a_difference_of_kind_names_both_kinds(actual: Any, expected: Any, sentence: str) -> None:
    assert words(actual, expected, exact=True) == sentence


def test_the_first_sentence_counts() -> None:
    expected = np.arange(12.0).reshape(3, 4)
    actual = expected.copy()
    actual[1:, 2] += 1
    assert words(actual, expected).startswith("2 of 12 values differ.\n")


def test_one_differing_value_is_counted_in_the_singular() -> None:
    assert words(np.array([1.0, 2.0]), np.array([1.0, 3.0])).startswith("1 of 2 values differs.\n")


def test_the_count_says_in_which_part() -> None:
    assert words((1, np.zeros(2)), (1, np.ones(2))).startswith("2 of 2 values in result[1] differ.")


def test_the_first_five_positions_stand_with_both_values() -> None:
    lines = words(np.arange(8.0), np.zeros(8)).splitlines()
    assert lines[1] == (
        "First: [1] 1 instead of 0; [2] 2 instead of 0; [3] 3 instead of 0; "
        "[4] 4 instead of 0; [5] 5 instead of 0."
    )


def test_the_worst_position_says_by_how_much_and_what_is_allowed() -> None:
    lines = words(np.array([[1.0, 2.5], [3.0, 8.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])).split(
        "\n"
    )
    assert lines[2] == (
        "Worst: [1, 1] 8 instead of 4; absolute error 4, relative error 1; "
        "4.01e-12 is allowed (T0: 1e-12 of the expected value plus 1e-14)."
    )


def test_a_number_says_it_all_in_one_sentence() -> None:
    assert words(3.0, 2.0, "T2") == (
        "returned 3; 2 was wanted; absolute error 1, relative error 0.5; "
        "2.01e-06 is allowed (T2: 1e-06 of the expected value plus 1e-08)."
    )


def test_without_tolerance_it_says_that_no_error_is_allowed() -> None:
    assert words(3, 2, exact=True) == (
        "returned 3; 2 was wanted; absolute error 1, relative error 0.5; no error is allowed."
    )


def test_an_expected_zero_has_no_relative_error() -> None:
    text = words(1.0, 0.0, atol=0)
    assert text == (
        "returned 1; 0 was wanted; absolute error 1; "
        "0 is allowed (T0: 1e-12 of the expected value)."
    )


@pytest.mark.parametrize(
    ("actual", "expected", "phrase"),
    [
        ([NAN, 2.0], [1.0, 2.0], "1 of 2 values differs: 1 is NaN where a number was wanted."),
        ([NAN, NAN], [1.0, 2.0], "2 of 2 values differ: 2 are NaN where a number was wanted."),
        ([1.0, 2.0], [1.0, NAN], "1 of 2 values differs: 1 is a number where NaN was wanted."),
        ([INF, 2.0], [1.0, 2.0], "1 of 2 values differs: 1 is infinite on one side or of the wrong sign."),
    ],
)  # fmt: skip
def test_values_that_are_not_finite_are_counted_apart(
    actual: list[float], expected: list[float], phrase: str
) -> None:
    text = words(np.array(actual), np.array(expected))
    assert text.startswith(phrase)
    assert "error" not in text


def test_values_show_only_as_many_digits_as_tell_them_apart() -> None:
    assert "0.333333 was wanted" in words(0.5, 1 / 3)
    assert "returned 0.333333334; 0.333333333 was wanted" in words(1 / 3 + 6e-10, 1 / 3)
    assert "0.30000000000000004; 0.3 was wanted" in words(0.1 + 0.2, 0.3, exact=True)


def test_small_arrays_are_shown_whole() -> None:
    text = words(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.0, 5.0]]))
    assert text.endswith("Returned:\n[[1., 2.],\n [3., 4.]]\nExpected:\n[[1., 2.],\n [3., 5.]]")


def test_arrays_that_would_look_the_same_are_shown_with_all_digits() -> None:
    text = words(np.array([1.0, 2.0 + 1e-9]), np.array([1.0, 2.0]))
    assert "Returned: [1.         , 2.000000001]" in text


def test_of_large_arrays_the_surroundings_of_the_worst_are_shown() -> None:
    expected = np.zeros((4, 50))
    actual = expected.copy()
    actual[2, 30] = 5
    text = words(actual, expected)
    assert "Returned from [2, 27] on: [0., 0., 0., 5., 0., 0., 0.]" in text


def test_nearly_right_is_said_in_so_many_words() -> None:
    third = np.array([1 / 3, 2 / 3])
    assert "Nearly right: " in words(third.astype(np.float32), third)
    assert "(float32)" in words(third.astype(np.float32), third)
    assert "within 10 times the tolerance" in words(third * (1 + 5e-12), third)
    assert "Nearly" not in words(third * 2, third)


def test_other_parts_that_differ_are_listed() -> None:
    text = words({"w": 1.0, "b": [2.0, None], "c": 3.0}, {"w": 2.0, "b": [2.0, 1], "c": 3.0})
    assert text.endswith("\nAlso different: result['b'][1].")


def test_texts_are_shown_around_the_place_where_they_part() -> None:
    text = words("a" * 1000 + "b" + "c" * 1000, "a" * 1000 + "d")
    assert "from position 1000 on (shown from 980)" in text
    assert "'aaaaaaaaaaaaaaaaaaaad'" in text


def test_the_name_of_a_foreign_type_cannot_break_the_sentence() -> None:
    text = words(Handle("evil\n\x1b[31mPASSED" + "x" * 1000), 1.0)
    assert "\n" not in text
    assert "\x1b" not in text
    assert len(text) < 120


def test_the_tolerance_of_a_widened_class_is_the_one_in_force() -> None:
    assert "0.1 is allowed (T0: 0.1)" in words(2.0, 1.0, rtol=0, atol=0.1)
