"""Pictures of decisions; needs matplotlib, which only the notebook has."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["plot_decision"]


def plot_decision(
    predict: Callable[[NDArray[np.float64]], ArrayLike],
    X: ArrayLike,
    y: ArrayLike,
    axes: Any = None,
    resolution: int = 120,
) -> Any:
    """Draw which scores a model gives to the plane, with the examples on top; return the axes.

    predict: takes points of shape (m, 2) and returns one score each: a logit or a probability
       minus one half, so that blue, above 0, stands for label 1 and red for label 0. The black line
       is where the score is 0.
    X, y: the examples, shape (n, 2), and their labels 0 or 1.
    """
    import matplotlib.pyplot as plt

    X = np.asarray(X, dtype=float)
    y = np.asarray(y)
    axes = plt.gca() if axes is None else axes
    low, high = X.min(axis=0) - 0.5, X.max(axis=0) + 0.5
    x1, x2 = (np.linspace(low[i], high[i], resolution) for i in range(2))
    points = np.stack(np.meshgrid(x1, x2), axis=-1).reshape(-1, 2)
    scores = np.asarray(predict(points), dtype=float).reshape(resolution, resolution)
    bound = max(float(np.abs(scores).max()), 1e-9)
    axes.pcolormesh(x1, x2, scores, cmap="RdBu", vmin=-bound, vmax=bound, shading="auto")
    if scores.min() < 0 < scores.max():
        axes.contour(x1, x2, scores, levels=[0.0], colors="black", linewidths=1)
    for label, colour in ((0, "tab:red"), (1, "tab:blue")):
        axes.scatter(*X[y == label].T, s=12, color=colour, edgecolor="white", linewidth=0.4)
    axes.set_xlabel("x1")
    axes.set_ylabel("x2")
    axes.set_aspect("equal")
    return axes
