"""What is wrong with an array is recognised by how it is related to the right one, on inputs of any kind."""

from typing import Any

import numpy as np
import pytest

from grader.domains import Size
from tests.diagnose.asked import findings, judge, judge_of, only


def mean_squared_error(y_true: Any, y_pred: Any) -> float:
    return float(np.mean((y_true - y_pred) ** 2))


def two_vectors(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    if size.integers:
        drawn = rng.integers(-3, 4, (2, size.n)).astype(float)
        return drawn[0], drawn[1]
    return rng.normal(size=size.n), rng.normal(size=size.n)


def linear(X: Any, w: Any, b: Any) -> Any:
    return X @ w + b


def model(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    X, w = rng.normal(size=(size.n, size.d)), rng.normal(size=size.d)
    if size.integers:
        return np.rint(3 * X), np.rint(3 * w), 2.0
    return X, w, float(rng.uniform(1, 3))


def powers(x: Any, k: Any) -> Any:
    return x[:, None] ** np.arange(k)


def vector_and_degree(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return rng.normal(size=size.n), size.k


def shares(X: Any) -> Any:
    return np.exp(X) / np.exp(X).sum(axis=1, keepdims=True)


def one_table(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return (rng.normal(size=(size.n, size.d)),)


def both(x: Any) -> Any:
    return float(x.min()), float(x.max())


def one_vector(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return (rng.normal(size=size.n),)


def positive(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return (rng.uniform(0.5, 3, size=size.n),)


def totals(x: Any) -> Any:
    return np.cumsum(x)


def logarithms(x: Any) -> Any:
    return np.log(x)


MSE = (mean_squared_error, two_vectors)
LINEAR = (linear, model)
POWERS = (powers, vector_and_degree)
SHARES = (shares, one_table)
BOTH = (both, one_vector)
TOTALS = (totals, one_vector)
LOGS = (logarithms, positive)

WRONG: list[tuple[str, Any, Any, str]] = [
    ("a sum for a mean", MSE, lambda y, p: float(np.sum((y - p) ** 2)), "factor.sum"),
    ("half", MSE, lambda y, p: mean_squared_error(y, p) / 2, "factor.half"),
    ("n - 1 for n", MSE, lambda y, p: float(np.sum((y - p) ** 2)) / (len(y) - 1), "factor.sample"),
    ("the wrong sign", MSE, lambda y, p: -mean_squared_error(y, p), "sign"),
    ("a root too many", MSE, lambda y, p: mean_squared_error(y, p) ** 0.5, "power"),
    ("one more", MSE, lambda y, p: mean_squared_error(y, p) + 1, "offset.large"),
    ("a constant factor", MSE, lambda y, p: 0.37 * mean_squared_error(y, p), "factor.constant"),
    ("all pairs", MSE, lambda y, p: float(np.mean((y[:, None] - p) ** 2)), "all-pairs"),
    ("no square", MSE, lambda y, p: float(np.mean(np.abs(y - p))), "statistic.of"),
    ("rounding", MSE, lambda y, p: round(mean_squared_error(y, p), 2), "rounded"),
    (
        "without the last",
        MSE,
        lambda y, p: mean_squared_error(y[:-1], p[:-1]),
        "other-examples.without-last",
    ),
    ("always 0", MSE, lambda y, p: 0.0, "constant.is"),
    ("an argument", MSE, lambda y, p: y, "returns-argument"),
    ("nothing", MSE, lambda y, p: None, "returns-nothing"),
    ("a text", MSE, lambda y, p: str(mean_squared_error(y, p)), "wrong-type"),
    ("no mean", MSE, lambda y, p: (y - p) ** 2, "not-reduced"),
    ("NaN", MSE, lambda y, p: float("nan"), "non-finite.nan"),
    ("no b", LINEAR, lambda X, w, b: X @ w, "ignored-argument"),
    ("minus b", LINEAR, lambda X, w, b: X @ w - b, "changed-argument.sign"),
    ("b for each column", LINEAR, lambda X, w, b: (X * w + b).sum(axis=1), "offset"),
    ("a column", LINEAR, lambda X, w, b: linear(X, w, b)[:, None], "extra-axis"),
    ("backwards", LINEAR, lambda X, w, b: linear(X, w, b)[::-1], "reordered.formula"),
    ("sorted", LINEAR, lambda X, w, b: np.sort(linear(X, w, b)), "reordered.formula"),
    ("a list", LINEAR, lambda X, w, b: linear(X, w, b).tolist(), "wrong-type.container"),
    (
        "single precision",
        LINEAR,
        lambda X, w, b: linear(X, w, b).astype(np.float32),
        "single-precision",
    ),
    ("the mean of it", LINEAR, lambda X, w, b: float(linear(X, w, b).mean()), "reduced"),
    ("cut off at 0", LINEAR, lambda X, w, b: np.maximum(linear(X, w, b), 0), "magnitude"),
    ("transposed", POWERS, lambda x, k: powers(x, k).T, "transposed"),
    ("column by column", SHARES, lambda X: np.exp(X) / np.exp(X).sum(axis=0), "wrong-axis.columns"),
    ("all at once", SHARES, lambda X: np.exp(X) / np.exp(X).sum(), "wrong-axis.everything"),
    ("the complement", SHARES, lambda X: 1 - shares(X), "complement"),
    ("exchanged values", BOTH, lambda x: both(x)[::-1], "parts.exchanged"),
    ("one value only", BOTH, lambda x: both(x)[0], "parts.only"),
    ("one entry short", TOTALS, lambda x: np.cumsum(x)[1:], "entries.missing-one-start"),
    ("base 2", LOGS, np.log2, "factor.base-2"),
]


@pytest.mark.parametrize(
    ("right", "wrong", "text"),
    [pytest.param(*rest, id=name) for name, *rest in WRONG],
)
def test_a_fault_is_named(right: Any, wrong: Any, text: str) -> None:
    found = only(findings(judge_of(*right), wrong))
    assert found.params["text"] == text, found.message
    assert found.kind == text.partition(".")[0]


def test_a_list_of_whole_numbers_is_an_array_of_whole_numbers_in_a_list() -> None:
    def ranks(x: Any) -> Any:
        return np.argsort(np.argsort(x))

    # Rounding would leave its numbers right, and says nothing.
    judged = judge(ranks, one_vector, "EXACT")
    found = only(findings(judged, lambda x: ranks(x).tolist()))
    assert found.params["text"] == "wrong-type.container", found.message


def test_the_sentence_names_the_size_and_its_value_here() -> None:
    found = only(findings(judge_of(*MSE), lambda y, p: float(np.sum((y - p) ** 2))))
    assert found.message.startswith("Your result is n times too large (n = ")
    assert "a sum where a mean was asked?" in found.message


def test_a_part_of_a_result_is_named() -> None:
    found = only(findings(judge_of(*BOTH), lambda x: (float(x.min()), -float(x.max()))))
    assert found.message == "The second returned value has the wrong sign."


def test_the_lengths_may_differ_from_call_to_call() -> None:
    def runs(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
        return (rng.normal(size=size.n + int(rng.integers(5))),)

    found = only(findings(judge(totals, runs), lambda x: -np.cumsum(x)))
    assert found.params["text"] == "sign"


def test_a_fault_under_one_option_alone_is_told_with_the_option() -> None:
    def loss(y: Any, kind: Any) -> float:
        return float(np.mean(y**2) if kind == "square" else np.mean(np.abs(y)))

    def drawer(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
        return rng.normal(size=size.n), ("square", "absolute")[int(rng.integers(2))]

    def wrong(y: Any, kind: Any) -> float:
        return loss(y, kind) * (len(y) if kind == "square" else 1)

    found = only(findings(judge(loss, drawer), wrong))
    assert found.message.startswith("With kind = 'square', your result is n times too large")
