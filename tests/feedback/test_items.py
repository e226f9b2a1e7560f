"""The formulas of item analysis, on numbers worked out by hand and on their limits."""

import numpy as np
import pytest

from grader.feedback.items import FEWEST, discrimination, facility, quartiles, upper_lower


def test_facility_is_the_mean_share() -> None:
    assert facility(np.array([0.0, 0.5, 1.0, 1.0])) == 0.625


def test_discrimination_is_the_correlation_with_the_rest_of_the_total() -> None:
    item = np.array([0.0, 0, 0, 0, 1, 1, 1, 1])
    rest = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    # Pearson's r of a split in halves with 1 to 8: covariance 1, deviations 0.5 and sqrt(5.25).
    assert discrimination(item, item + rest) == pytest.approx(1 / (0.5 * np.sqrt(5.25)))


def test_an_item_that_the_weak_master_has_a_negative_discrimination() -> None:
    item, rest = np.array([1.0, 1, 1, 1, 0, 0, 0, 0]), np.arange(8.0)
    found = discrimination(item, item + rest)
    assert found is not None
    assert found < -0.8


@pytest.mark.parametrize(
    ("item", "rest"),
    [
        (np.ones(FEWEST), np.arange(float(FEWEST))),
        (np.arange(float(FEWEST)), np.ones(FEWEST)),
        (np.arange(float(FEWEST - 1)), np.arange(float(FEWEST - 1))),
        (np.array([]), np.array([])),
    ],
)
def test_without_spread_or_numbers_there_is_no_discrimination(
    item: np.ndarray, rest: np.ndarray
) -> None:
    assert discrimination(item, item + rest) is None


def test_upper_lower_compares_the_best_27_percent_with_the_weakest() -> None:
    total = np.arange(11.0)
    # round(0.27 * 11) = 3: totals 8, 9, 10 against 0, 1, 2.
    item = np.array([0.0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1])
    assert upper_lower(item, total) == pytest.approx(1 - 1 / 3)


def test_equal_totals_belong_to_one_group() -> None:
    total = np.array([0.0, 0, 0, 0, 0, 5, 10, 10, 10, 10])
    item = np.array([0.0, 1, 0, 1, 0, 1, 1, 1, 1, 0])
    assert upper_lower(item, total) == pytest.approx(3 / 4 - 2 / 5)


def test_groups_that_meet_say_nothing() -> None:
    assert upper_lower(np.arange(10.0), np.full(10, 5.0)) is None
    assert upper_lower(np.array([1.0]), np.array([1.0])) is None


def test_quartiles_lie_between_values() -> None:
    assert quartiles([1, 2, 3, 4]) == (1.75, 2.5, 3.25)
