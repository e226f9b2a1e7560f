"""The submissions of the workload: the reference, and in two of five one of four faults."""

from pathlib import Path

REFERENCE = (Path(__file__).parent / "solutions" / "workload" / "workload.py").read_text()

FAULTS = (
    ("float(np.mean((y_true - y_pred) ** 2))", "float(np.sum((y_true - y_pred) ** 2))"),
    ("np.asarray(w, dtype=float) - learning_rate", "np.asarray(w, dtype=float) + learning_rate"),
    ("shifted.sum(axis=1, keepdims=True)", "shifted.sum(axis=0, keepdims=True)"),
    ("float(np.mean(y_true == y_pred))", "float(np.mean(y_true != y_pred))"),
)


def submission(number):
    """The source of submission `number`."""
    if number % 5 < 3:
        return REFERENCE
    right, wrong = FAULTS[(number // 5) % len(FAULTS)]
    assert right in REFERENCE
    return REFERENCE.replace(right, wrong)
