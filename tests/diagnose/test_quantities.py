"""The numbers that stand in the arguments of a call have names by which a sentence can call them."""

from typing import Any

import numpy as np
import pytest

from grader.diagnose.answers import Answer
from grader.diagnose.bench import Bench, Case
from grader.diagnose.quantities import plain, quantities, spell
from grader.domains import Domain, Size


def named(reference: Any, *args: Any, size: Size | None = None) -> dict[str, float]:
    bench = Bench("f", reference, Domain("f", lambda rng, size: args, "T0"), {})
    return quantities(bench, Case(args, Answer(0.0), size or Size()))


def test_sizes_are_called_by_the_letters_of_the_domain_and_else_by_their_array() -> None:
    found = named(lambda X, y, extra: 0, np.zeros((7, 3)), np.zeros(7), np.zeros(5))
    assert (found["n"], found["d"]) == (7, 3)
    assert (found["n * d"], found["n / d"]) == (21, 7 / 3)
    assert found["len(extra)"] == 5
    assert "k" not in found


def test_the_first_array_is_as_long_as_n_whatever_its_domain_says() -> None:
    assert named(lambda x: 0, np.zeros(2))["n"] == 2


def test_numbers_are_taken_alone_and_two_by_two() -> None:
    found = named(lambda a, b, flag, name: 0, 2.0, 3, True, "text")
    assert (found["a"], found["b"]) == (2, 3)
    assert (found["a * b"], found["a - b"], found["b / a"]) == (6, -1, 1.5)
    assert found["a / (a + b)"] == 0.4
    assert "flag" not in found


def test_nothing_is_divided_by_zero() -> None:
    found = named(lambda a, b: 0, 0.0, 3.0)
    assert found["a + b"] == 3
    assert "a / b" not in found
    assert "b / a" not in found


def test_arrays_have_statistics_and_labels_are_counted() -> None:
    found = named(lambda x, y: 0, np.array([1.0, 3.0]), np.array([1, 0, 1]))
    assert (found["sum(x)"], found["max(x)"], found["n / sum(x)"]) == (4, 3, 0.5)
    assert (found["sum(y == 1)"], found["sum(y == 0)"]) == (2, 1)
    assert "std(y)" not in found


def test_what_is_no_number_is_no_quantity() -> None:
    found = named(lambda x, y: 0, np.array([np.inf, 1.0]), np.zeros(0))
    assert "sum(x)" not in found
    assert found["min(x)"] == 1
    assert "mean(y)" not in found


def test_the_arrays_of_a_list_are_called_by_their_places() -> None:
    found = named(lambda parts, row: 0, [np.ones(2), np.ones((3, 4))], [1.0, 5.0])
    assert (found["len(parts[0])"], found["parts[1].shape[1]"]) == (2, 4)
    assert found["max(row)"] == 5


@pytest.mark.parametrize(
    ("form", "name", "said"),
    [
        ("{}", "n", "n"),
        ("{}", "a + b", "(a + b)"),
        ("1 / {}", "a * b", "1 / (a * b)"),
        ("sqrt({})", "a + b", "sqrt(a + b)"),
        ("{}**2", "sum(x)", "sum(x)**2"),
        ("{0} / ({0} - 1)", "n", "n / (n - 1)"),
    ],
)
def test_a_form_is_spelled_with_brackets_where_it_needs_them(
    form: str, name: str, said: str
) -> None:
    assert spell(form, name) == said


def test_sizes_and_parameters_are_plain_and_statistics_are_not() -> None:
    assert [plain(name) for name in ("n", "len(x)", "a / b", "sum(x)", "n / max(x)")] == [
        True,
        True,
        True,
        False,
        False,
    ]
