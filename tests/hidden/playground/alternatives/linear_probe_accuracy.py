"""Other right implementations of linear_probe_accuracy."""

import numpy as np


def by_the_pseudoinverse(H, y):
    """Fit by the pseudoinverse, count in a loop."""
    H, y = np.array(H, dtype=float), np.array(y, dtype=float)
    if H.ndim != 2 or y.shape != (H.shape[0],):
        raise ValueError(f"shapes {H.shape} and {y.shape}")
    if len(y) == 0:
        raise ValueError("empty")
    for label in y:
        if label not in (0, 1):
            raise ValueError(f"not a label: {label}")
    design = np.hstack([H, np.ones((len(H), 1))])
    fitted = design @ (np.linalg.pinv(design) @ np.where(y == 1, 1.0, -1.0))
    right = 0
    for value, label in zip(fitted, y):
        if (value >= 0 and label == 1) or (value < 0 and label == 0):
            right += 1
    return right / len(y)


def labels_against_one_half(H, y):
    """Fit 0 and 1 and compare with one half, which decides in the same way."""
    H, y = np.asarray(H, dtype=float), np.asarray(y, dtype=float)
    check_shape(("n", "m"), H=H)
    check_shape((len(H),), y=y)
    check_not_empty(y=y)
    check_binary_labels(y=y)
    design = np.c_[np.ones(len(H)), H]
    solution, *_ = np.linalg.lstsq(design, y, rcond=None)
    return float(((design @ solution >= 0.5) == y).mean())


def by_projection(H, y):
    """Project the targets on the span of the columns."""
    H, y = np.asarray(H, dtype=float), np.asarray(y, dtype=float)
    check_shape(("n", "m"), H=H)
    check_shape((len(H),), y=y)
    check_not_empty(y=y)
    check_binary_labels(y=y)
    basis, sizes, _ = np.linalg.svd(np.column_stack([H, np.ones(len(H))]), full_matrices=False)
    basis = basis[:, sizes > 1e-12 * sizes[0]]
    fitted = basis @ (basis.T @ (2 * y - 1))
    return np.mean(np.where(fitted >= 0, 1, 0) == y)
