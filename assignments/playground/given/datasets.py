"""Data sets of the course: parking lots, and the shapes of the playground.

Every `make_...` function draws new data from the `numpy.random.Generator` that you pass; `load`
reads the lots that the course ships as files, so that everybody's numbers agree.

The parking lots: one row is one parking space, described by four numbers computed from its
picture: x1 brightness contrast to the asphalt of the lot, x2 edge density, x3 and x4 nuisance
(shadow, distance of the camera). Cars are darker *or* brighter than asphalt, so |x1| is large
where a car stands. The label y is 1 where the space is vacant (the positive class), else 0.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "LOTS",
    "load",
    "make_circle",
    "make_gauss",
    "make_parking_lot",
    "make_plane",
    "make_spiral",
    "make_xor",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: name: (number of spaces, share of vacant ones, seed of the generator)
LOTS: dict[str, tuple[int, float, int]] = {
    "lot_a_train": (4000, 0.05, 10),
    "lot_a_val": (4000, 0.05, 11),
    "lot_a_test": (4000, 0.05, 12),
    "lot_b": (4000, 0.40, 13),
    "lot_balanced": (4000, 0.50, 14),
    "lot_a_small": (200, 0.05, 40),
    "lot_a_small_val": (4000, 0.05, 41),
}


def load(name: str) -> tuple[Floats, Ints]:
    """Return (X, y) of a shipped lot: X (n, 4), y (n,) of 0 and 1; `LOTS` lists the names.

    `load("lot_a_train")` gives 4000 spaces, 200 of them vacant.
    """
    if name not in LOTS:
        raise ValueError(f"unknown lot {name!r}, expected one of {', '.join(LOTS)}")
    folder = Path(__file__).parent / "data"
    return np.load(folder / f"{name}_X.npy"), np.load(folder / f"{name}_y.npy").astype(np.int64)


def make_parking_lot(n: int, vacancy_rate: float, rng: np.random.Generator) -> tuple[Floats, Ints]:
    """Return (X, y) of a lot with n spaces: X (n, 4), y (n,) with 1 for vacant.

    The number of vacant spaces is exact, `vacancy_rate` times n, rounded half up. How a space
    looks depends on whether it is vacant and on nothing else, so lots differ only in their rate.
    """
    k = int(np.floor(n * vacancy_rate + 0.5))
    y = np.zeros(n, np.int64)
    y[:k] = 1
    y = rng.permutation(y)
    car = rng.choice([-1.0, 1.0], n) * rng.normal(1.6, 0.5, n)  # contrast of a car, either sign
    asphalt = rng.normal(0.0, 0.5, n)  # contrast of an empty space
    edge = rng.normal(0.0, 1.0, n) + np.where(y == 1, -0.4, 0.4)
    noise = rng.normal(0.0, 1.0, (n, 2))
    return np.column_stack([np.where(y == 1, asphalt, car), edge, noise]), y


def make_circle(n: int, noise: float, rng: np.random.Generator) -> tuple[Floats, Ints]:
    """Return (X, y) of a disc, label 1, in a ring, label 0: X (n, 2), y (n,).

    `noise` from 0 to 0.5 moves the label, not the point: a point is labelled as if it stood up to
    5 * noise away.
    """
    half = n // 2
    radius = np.concatenate([rng.uniform(0, 2.5, half), rng.uniform(3.5, 5, n - half)])
    angle = rng.uniform(0, 2 * np.pi, n)
    X = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    moved = X + rng.uniform(-5, 5, (n, 2)) * noise
    return X, (np.hypot(moved[:, 0], moved[:, 1]) < 2.5).astype(np.int64)


def make_xor(n: int, noise: float, rng: np.random.Generator) -> tuple[Floats, Ints]:
    """Return (X, y) of four squares, label 1 where both coordinates have the same sign.

    X (n, 2), y (n,). A gap of 0.3 on both sides of the axes is empty; `noise` from 0 to 0.5 moves
    the label, not the point.
    """
    X = rng.uniform(-5, 5, (n, 2))
    X = X + np.where(X > 0, 0.3, -0.3)
    moved = X + rng.uniform(-5, 5, (n, 2)) * noise
    return X, (moved[:, 0] * moved[:, 1] >= 0).astype(np.int64)


def make_gauss(n: int, noise: float, rng: np.random.Generator) -> tuple[Floats, Ints]:
    """Return (X, y) of two round clouds, label 1 around (2, 2) and label 0 around (-2, -2).

    X (n, 2), y (n,). The variance of each coordinate is 0.5 + 7 * noise, `noise` from 0 to 0.5.
    """
    half = n // 2
    y = np.concatenate([np.ones(half, np.int64), np.zeros(n - half, np.int64)])
    centre = np.where(y == 1, 2.0, -2.0)[:, np.newaxis]
    return centre + rng.normal(0.0, np.sqrt(0.5 + 7 * noise), (n, 2)), y


def make_spiral(n: int, noise: float, rng: np.random.Generator) -> tuple[Floats, Ints]:
    """Return (X, y) of two arms of a spiral, one a label: X (n, 2), y (n,).

    `noise` from 0 to 0.5 moves each coordinate of a point by up to that much.
    """
    half = n // 2
    y = np.concatenate([np.ones(half, np.int64), np.zeros(n - half, np.int64)])
    share = np.concatenate([np.arange(half) / half, np.arange(n - half) / (n - half)])
    turn = 1.75 * share * 2 * np.pi + np.where(y == 1, 0.0, np.pi)
    X = 5 * share[:, np.newaxis] * np.column_stack([np.sin(turn), np.cos(turn)])
    return X + rng.uniform(-1, 1, (n, 2)) * noise, y


def make_plane(n: int, noise: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return (X, y) of a plane for regression, y = (x1 + x2) / 10: X (n, 2), y (n,) of floats.

    `noise` from 0 to 0.5 shifts the point at which the plane is read, by up to 6 * noise in each
    coordinate.
    """
    X = rng.uniform(-6, 6, (n, 2))
    moved = X + rng.uniform(-6, 6, (n, 2)) * noise
    return X, moved.sum(axis=1) / 10
