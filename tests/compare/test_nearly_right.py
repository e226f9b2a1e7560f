"""When a result is called nearly right, and when it is not."""

from functools import reduce
from operator import add
from typing import Any

import numpy as np
import pytest

from grader.compare import difference

RNG = np.random.default_rng(20240)
VALUES = RNG.normal(size=50)
X, W = RNG.normal(size=(7, 30)), RNG.normal(size=30)


def nearly(actual: Any, expected: Any, tolerance: str = "T0", **bounds: Any) -> str | None:
    found = difference(actual, expected, tolerance, **bounds)
    assert found is not None
    return found.nearly


def test_values_rounded_to_single_precision_are_recognised_by_their_type() -> None:
    assert nearly(VALUES.astype(np.float32), VALUES) == "float32"


def test_and_by_their_digits_when_they_were_widened_again() -> None:
    assert nearly(VALUES.astype(np.float32).astype(float), VALUES) == "float32"


def test_a_computation_in_single_precision_is_recognised() -> None:
    assert nearly(X.astype(np.float32) @ W.astype(np.float32), X @ W, "T1") == "float32"


def test_a_single_number_in_single_precision_is_recognised() -> None:
    assert nearly(float(np.float32(0.1)), 0.1) == "float32"
    assert nearly(np.float32(0.1), 0.1) == "float32"


def test_a_list_in_single_precision_is_recognised() -> None:
    assert nearly(VALUES.astype(np.float32).tolist(), VALUES.tolist()) == "float32"


def test_single_precision_is_recognised_without_any_tolerance() -> None:
    assert nearly(np.float32(0.1), 0.1, exact=True) == "float32"


def test_another_order_of_summation_is_recognised() -> None:
    # From Python 3.12 on, `sum` makes up for what rounding lost.
    forwards = reduce(add, VALUES.tolist())
    backwards = reduce(add, VALUES.tolist()[::-1])
    assert nearly(forwards, backwards, rtol=0, atol=0) == "summation order"
    assert nearly(0.1 + 0.2, 0.3, exact=True) == "summation order"


def test_cancellation_in_a_product_is_recognised() -> None:
    expected = np.array([1.0, 1e-15])
    assert nearly(np.array([1.0, 1.2e-15]), expected, atol=0) == "summation order"


@pytest.mark.parametrize("times", [2, 9])
def test_within_ten_times_the_tolerance_is_recognised(times: float) -> None:
    assert nearly(VALUES * (1 + times * 1e-9), VALUES, "T1") == "within 10x tolerance"
    assert nearly(1.0 + times * 1e-9, 1, "T1") == "within 10x tolerance"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (VALUES * 2, VALUES),
        (VALUES + 1e-8, VALUES),
        (VALUES * (1 + 3e-8), VALUES),
        (VALUES * (1 + 1e-7), VALUES),
        (VALUES.astype(np.float16), VALUES),
        (np.round(VALUES, 6), VALUES),
        (np.round(VALUES), VALUES),
        (0.5, 0.5 + 1e-9),
        (np.array([0.5, 0.25]), np.array([0.5 + 1e-9, 0.25 - 1e-9])),
        (np.zeros(50), VALUES),
        (np.zeros(50), np.full(50, 1e-9)),
        (np.float32(0.1) * 2, 0.1),
        (np.where(VALUES > 0, VALUES, np.nan).astype(np.float32), VALUES),
        (np.where(VALUES > 1, np.inf, VALUES), VALUES),
        (np.append(VALUES.astype(np.float32)[:-1], 7), VALUES),
        (3, 4),
        (np.arange(5), np.arange(5) + 1),
        (2**60 + 1, 2**60),
        (10**400, 10**400 + 1),
    ],
)
def test_it_stays_silent_where_the_cause_is_another(actual: Any, expected: Any) -> None:
    found = difference(actual, expected, rtol=1e-20)
    assert found is not None
    assert found.nearly is None


def test_large_integers_that_differ_by_one_are_not_nearly_right() -> None:
    assert nearly(np.array([2**60 + 1]), np.array([2**60]), exact=True) is None


def test_a_wrong_value_among_single_precision_ones_silences_it() -> None:
    actual = VALUES.astype(np.float32)
    actual[3] += 1
    assert nearly(actual, VALUES) is None


def test_beyond_ten_times_the_tolerance_is_silent() -> None:
    assert nearly(VALUES * (1 + 1.2e-8), VALUES, "T1") is None


def test_nan_in_the_same_place_does_not_hide_single_precision() -> None:
    expected = np.append(VALUES, [np.nan, np.inf])
    assert nearly(expected.astype(np.float32), expected) == "float32"


def test_nothing_is_said_where_no_numbers_were_compared() -> None:
    assert nearly(None, VALUES) is None
    assert nearly(VALUES[:3], VALUES) is None
