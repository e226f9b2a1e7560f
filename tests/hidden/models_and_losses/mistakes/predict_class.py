"""Wrong implementations of predict_class."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="How many images, how many labels?",
    relation="one number: the position of the largest entry of the whole matrix",
)
def one_label_for_all(P):
    """The student calls argmax without an axis."""
    return np.argmax(_matrix(P))


@mistake(
    "M2",
    hint="For each image, over the classes.",
    relation="shape (k,): for each class the example that has most of it",
)
def over_the_examples(P):
    """The student takes axis 0."""
    return np.argmax(_matrix(P), axis=0)


@mistake(
    "M3",
    hint="The application shows a label, not a score.",
    relation="the largest entries themselves, floats below 1",
)
def returns_the_probability(P):
    """The student returns how probable the best class is."""
    return _matrix(P).max(axis=1)


@mistake(
    "M4",
    hint="Three classes: must the winner exceed one half?",
    relation="class 0 wherever no entry exceeds one half",
)
def wants_more_than_one_half(P):
    """The student looks for the entry above 0.5, as with two classes."""
    return np.argmax(_matrix(P) > 0.5, axis=1)


def _matrix(P):
    P = np.asarray(P, dtype=float)
    check_shape(("n", "k"), P=P)
    if P.shape[1] == 0:
        raise ValueError("P is empty")
    check_no_nan(P=P)
    return P
