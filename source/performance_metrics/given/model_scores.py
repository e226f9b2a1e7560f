"""Scores of six trained models on two parking lots, for the notebook and the experiment.

All six are logistic regressions, trained on the lot `lot_a_train` by gradient descent with full
batches, from weights and bias 0. They differ in their features, in the weight that a vacant space
had in the training loss, and in how long they were trained; `MODELS` says how. A score is the
predicted probability that a space is vacant. The labels are those of `given.datasets.load(lot)`.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["MODELS", "SCORED_LOTS", "Training", "load_scores"]

Floats = NDArray[np.float64]


class Training(NamedTuple):
    """How a model was trained."""

    square_x1: bool  # whether x1 squared is a fifth feature
    learning_rate: float
    n_steps: int
    pos_weight: float  # what a vacant space counts in the loss; an occupied one counts 1


MODELS: dict[str, Training] = {
    "linear": Training(False, 0.5, 2000, 1.0),
    "linear_w19": Training(False, 0.5 / 19, 4000, 19.0),
    "quad": Training(True, 0.3, 3000, 1.0),
    "quad_100": Training(True, 0.3, 100, 1.0),
    "quad_w5": Training(True, 0.1, 6000, 5.0),
    "quad_w19": Training(True, 0.03, 6000, 19.0),
}

#: The lots for which there are scores: 5 % and 40 % of their spaces are vacant.
SCORED_LOTS: tuple[str, ...] = ("lot_a_val", "lot_b")


def load_scores(model: str, lot: str) -> Floats:
    """Return the scores of a model for the spaces of a lot, shape (4000,), each from 0 to 1.

    `load_scores("quad", "lot_a_val")` goes with the labels `load("lot_a_val")[1]`.
    """
    if model not in MODELS:
        raise ValueError(f"unknown model {model!r}, expected one of {', '.join(MODELS)}")
    if lot not in SCORED_LOTS:
        raise ValueError(f"unknown lot {lot!r}, expected one of {', '.join(SCORED_LOTS)}")
    scores = np.load(Path(__file__).parent / "data" / f"scores_{lot}.npy")
    return scores[list(MODELS).index(model)].astype(np.float64)
