"""Right implementations of numerical_gradient, other than the reference."""

import numpy as np


def moves_there_and_back(f, w, h=1e-5):
    """Move the entries of one copy, and put each back."""
    if not h > 0:
        raise ValueError(f"h must be positive, not {h}")
    point = np.array(w, dtype=float)
    gradient = np.empty(point.shape)
    for entry in np.ndindex(point.shape):
        kept = point[entry]
        point[entry] = kept + h
        above = f(point.copy())
        point[entry] = kept - h
        below = f(point.copy())
        point[entry] = kept
        gradient[entry] = (above - below) / (2 * h)
    return gradient


def adds_rows_of_a_unit_matrix(f, w, h=1e-5):
    """Flatten w and add h times the rows of a unit matrix."""
    if h <= 0:
        raise ValueError("h <= 0")
    w = np.asarray(w, dtype=float)
    steps = [h * row.reshape(w.shape) for row in np.eye(w.size)]
    slopes = [0.5 * (f(w + step) - f(w - step)) / h for step in steps]
    return np.array(slopes, dtype=float).reshape(w.shape)


def first_above_then_below(f, w, h=1e-5):
    """Evaluate all points above first, then all points below."""
    if h <= 0:
        raise ValueError("h must be greater than 0")
    w = np.asarray(w, dtype=float)
    values = {}
    for sign in (1.0, -1.0):
        points = [w.copy() for _ in range(w.size)]
        for i, point in enumerate(points):
            point.reshape(-1)[i] += sign * h
        values[sign] = np.array([float(f(point)) for point in points])
    return ((values[1.0] - values[-1.0]) / (h + h)).reshape(w.shape)


def nditer(f, w, h=1e-5):
    """Walk over the entries with an iterator of numpy, which refuses an array without any."""
    check_range("> 0", h=h)
    w = np.array(w, dtype=float)
    gradient = np.zeros_like(w)
    entries = np.nditer(w, flags=["multi_index"])
    while not entries.finished:
        above, below = w.copy(), w.copy()
        above[entries.multi_index] += h
        below[entries.multi_index] -= h
        gradient[entries.multi_index] = (f(above) - f(below)) / (2 * h)
        entries.iternext()
    return gradient
