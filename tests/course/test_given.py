"""What students are given with the first assignment: the checks' wording, and the data of the whole course."""

import hashlib
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.course import Course
from grader.sandbox.forkserver import import_given

GIVEN = Course.find().assignment("models_and_losses").source_dir / "given"


@pytest.fixture(scope="module")
def checks() -> Any:
    import_given(str(GIVEN))
    return importlib.import_module("given.checks")


@pytest.fixture(scope="module")
def datasets() -> Any:
    import_given(str(GIVEN))
    return importlib.import_module("given.datasets")


@pytest.mark.parametrize(
    ("check", "arguments", "values", "message"),
    [
        (
            "check_same_shape",
            (),
            {"y_true": [1, 2, 3], "y_pred": [1, 2, 3, 4]},
            "y_true and y_pred must have the same shape, got (3,) and (4,)",
        ),
        (
            "check_vectors",
            (),
            {"y_true": [1, 2, 3], "y_pred": [[1], [2], [3]]},
            "y_true and y_pred must have the same shape, got (3,) and (3, 1)",
        ),
        (
            "check_vectors",
            (),
            {"y_true": [[1], [2]], "y_pred": [[1], [2]]},
            "y_true must have shape (n,), got shape (2, 1)",
        ),
        ("check_shape", (("n", "d"),), {"X": [1]}, "X must have shape (n, d), got shape (1,)"),
        ("check_shape", ((3,),), {"w": [1, 2]}, "w must have shape (3,), got shape (2,)"),
        ("check_not_empty", (), {"y_true": []}, "y_true is empty"),
        ("check_binary_labels", (), {"y_true": [0, 2, 0]}, "labels must be 0 or 1, got [0 2]"),
        (
            "check_binary_labels",
            (),
            {"y_true": [0, np.nan]},
            "labels must be 0 or 1, got [0 nan]",
        ),
        (
            "check_binary_labels",
            (),
            {"y_true": range(12)},
            "labels must be 0 or 1, got [0 1 2 3 4 5 6 7 8 9 ...]",
        ),
        ("check_both_labels", (), {"y_true": [1, 1]}, "y_true must hold both labels, got [1]"),
        (
            "check_class_labels",
            (4,),
            {"y_true": [-1, 4, 1.5]},
            "labels must be integers from 0 to 3, got [-1 1.5 4]",
        ),
        (
            "check_range",
            ("> 0",),
            {"learning_rate": -0.1},
            "learning_rate must be > 0, got -0.1",
        ),
        ("check_range", (">= 1",), {"batch_size": 0}, "batch_size must be >= 1, got 0"),
        ("check_range", ("in [0, 1]",), {"p": [0.5, 1.25]}, "p must be in [0, 1], got 1.25"),
        ("check_range", ("in [0, 1)",), {"momentum": 1}, "momentum must be in [0, 1), got 1"),
        ("check_range", ("in (0, 1)",), {"share": 0.0}, "share must be in (0, 1), got 0"),
        ("check_no_nan", (), {"scores": [1, np.nan]}, "scores contain NaN"),
        (
            "check_option",
            (["relu", "tanh"],),
            {"activation": "swish"},
            "unknown activation 'swish', expected one of 'relu', 'tanh'",
        ),
    ],
)
def test_checks_say_what_is_wrong(
    checks: Any, check: str, arguments: tuple[Any, ...], values: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError) as raised:
        getattr(checks, check)(*arguments, **values)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("check", "arguments", "values"),
    [
        ("check_same_shape", (), {"a": [1, 2], "b": np.ones(2)}),
        ("check_vectors", (), {"a": [], "b": np.zeros(0)}),
        ("check_shape", (("n", 3),), {"X": np.zeros((0, 3))}),
        ("check_not_empty", (), {"a": [0]}),
        ("check_binary_labels", (), {"a": [True, False], "b": [0.0, 1.0], "c": []}),
        ("check_both_labels", (), {"a": [0, 1, 1]}),
        ("check_class_labels", (3,), {"a": [0, 2.0, 1]}),
        ("check_range", ("in [0, 1]",), {"p": [0, 1, np.nan]}),
        ("check_range", ("in [0, 1)",), {"momentum": 0}),
        ("check_range", ("> 0",), {"learning_rate": 1e-300}),
        ("check_no_nan", (), {"scores": [np.inf, -np.inf]}),
        ("check_option", (("relu",),), {"activation": "relu"}),
    ],
)
def test_checks_let_right_values_pass(
    checks: Any, check: str, arguments: tuple[Any, ...], values: dict[str, Any]
) -> None:
    getattr(checks, check)(*arguments, **values)


def test_every_check_is_exported_and_tried_above(checks: Any) -> None:
    defined = {name for name in vars(checks) if name.startswith("check_")}
    assert defined == set(checks.__all__)


def test_the_shipped_files_are_those_of_the_checksums() -> None:
    listed = {}
    for line in (GIVEN / "data" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        listed[name] = digest
    files = {file.name: file for file in Path(GIVEN / "data").glob("*.npy")}
    assert {
        name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()
    } == listed


@pytest.mark.parametrize(
    ("name", "n", "vacant", "total"),
    [
        ("lot_a_train", 4000, 200, 1568.4607),
        ("lot_a_val", 4000, 200, 1491.7486),
        ("lot_a_test", 4000, 200, 1570.9879),
        ("lot_b", 4000, 1600, 328.3642),
        ("lot_balanced", 4000, 2000, None),
        ("lot_a_small", 200, 10, None),
        ("lot_a_small_val", 4000, 200, None),
    ],
)
def test_the_lots_are_those_of_the_exercise_set(
    datasets: Any, name: str, n: int, vacant: int, total: float | None
) -> None:
    X, y = datasets.load(name)
    assert X.shape == (n, 4)
    assert X.dtype == np.float64
    assert y.shape == (n,)
    assert y.dtype == np.int64
    assert y.sum() == vacant
    if total is not None:
        assert round(float(X.sum()), 4) == total


def test_every_lot_is_what_its_generator_draws(datasets: Any) -> None:
    for name, (n, rate, seed) in datasets.LOTS.items():
        drawn = datasets.make_parking_lot(n, rate, np.random.default_rng(seed))
        for got, shipped in zip(drawn, datasets.load(name), strict=True):
            np.testing.assert_allclose(got, shipped, rtol=1e-12)


def test_an_unknown_lot_is_named(datasets: Any) -> None:
    with pytest.raises(ValueError, match="lot_c"):
        datasets.load("lot_c")


def test_the_number_of_vacant_spaces_is_exact(datasets: Any) -> None:
    for n, rate, vacant in [(10, 0.25, 3), (10, 0.24, 2), (7, 0.0, 0), (7, 1.0, 7)]:
        _, y = datasets.make_parking_lot(n, rate, np.random.default_rng(0))
        assert y.sum() == vacant


def linear_probe(features: NDArray[np.float64], y: NDArray[np.int64]) -> float:
    """Accuracy of a least-squares fit of the labels."""
    X = np.column_stack([features, np.ones(len(features))])
    fitted = X @ np.linalg.lstsq(X, 2 * y - 1, rcond=None)[0]
    return float(np.mean((fitted >= 0) == (y == 1)))


@pytest.mark.parametrize(
    ("name", "raw", "features", "expanded"),
    [
        ("make_circle", 0.490, lambda x1, x2: (x1**2, x2**2), 1.000),
        ("make_xor", 0.566, lambda x1, x2: (x1 * x2,), 1.000),
        ("make_gauss", 1.000, lambda x1, x2: (), 1.000),
        (
            "make_spiral",
            0.574,
            lambda x1, x2: (x1**2, x2**2, x1 * x2, np.sin(x1), np.sin(x2)),
            0.578,
        ),
    ],
)
def test_how_separable_the_shapes_of_the_playground_are(
    datasets: Any, name: str, raw: float, features: Callable[..., Any], expanded: float
) -> None:
    X, y = getattr(datasets, name)(500, 0.0, np.random.default_rng(20))
    assert set(np.unique(y)) == {0, 1}
    assert round(linear_probe(X, y), 3) == raw
    crossed = np.column_stack([X, *features(*X.T)])
    assert round(linear_probe(crossed, y), 3) == expanded


def test_noise_moves_the_labels_of_circle_and_xor_and_the_points_of_the_spiral(
    datasets: Any,
) -> None:
    for name, moves_points in [("make_circle", False), ("make_xor", False), ("make_spiral", True)]:
        make = getattr(datasets, name)
        quiet, labels = make(400, 0.0, np.random.default_rng(3))
        noisy, other = make(400, 0.4, np.random.default_rng(3))
        assert np.array_equal(quiet, noisy) != moves_points
        assert np.array_equal(labels, other) == moves_points


def test_the_plane_is_the_mean_slope_of_both_coordinates(datasets: Any) -> None:
    X, y = datasets.make_plane(200, 0.0, np.random.default_rng(1))
    np.testing.assert_allclose(y, X.sum(axis=1) / 10)
    _, noisy = datasets.make_plane(200, 0.1, np.random.default_rng(1))
    assert 0 < np.abs(noisy - y).max() <= 0.12
