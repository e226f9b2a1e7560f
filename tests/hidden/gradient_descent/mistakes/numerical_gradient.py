"""Wrong implementations of numerical_gradient."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Test with w squared: is your derivative exact?",
    relation="off by h/2 times the second derivative",
)
def takes_the_forward_difference(f, w, h=1e-5):
    """The student moves each entry to one side only."""
    w = _point(w, h)
    return _each(w, lambda step: (f(w + step) - f(w.copy())) / h, h)


@mistake(
    "M2",
    hint="How far apart are the two points you evaluate?",
    relation="2 times right",
)
def divides_by_h(f, w, h=1e-5):
    """The student divides by half the distance of the two points."""
    w = _point(w, h)
    return _each(w, lambda step: (f(w + step) - f(w - step)) / h, h)


@mistake(
    "M3",
    hint="How far apart are the two points?",
    relation="h times right",
)
def divides_by_2_alone(f, w, h=1e-5):
    """The student averages the two differences and forgets the distance."""
    w = _point(w, h)
    return _each(w, lambda step: (f(w + step) - f(w - step)) / 2, h)


@mistake(
    "M4",
    hint="Compare w before and after the loop.",
    relation="the first entry is right, later ones belong to a point that has drifted",
)
def does_not_move_back(f, w, h=1e-5):
    """The student moves entries of one array and never puts them back."""
    moved = np.array(_point(w, h))
    gradient = np.zeros(moved.shape)
    for entry in np.ndindex(moved.shape):
        moved[entry] += h
        above = f(moved.copy())
        moved[entry] -= 2 * h
        gradient[entry] = (above - f(moved.copy())) / (2 * h)
    return gradient


@mistake(
    "M5",
    hint="What is 3 + 1e-5 in an int array?",
    relation="right for floats; 0 where w is an array of integers",
)
def moves_whole_numbers(f, w, h=1e-5):
    """The student makes the step an array of w's own type, in which h is cut off to 0."""
    _point(w, h)
    w = np.asarray(w)
    gradient = np.zeros(w.shape)
    for entry in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[entry] = h
        gradient[entry] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient


@mistake(
    "M6",
    hint="Plot the error against h.",
    relation="rounding noise of 1e-4 times f; the argument h is ignored",
)
def believes_that_smaller_is_better(f, w, h=1e-5):
    """The student sets h to 1e-12, whatever the caller wants."""
    w = _point(w, h)
    h = 1e-12
    return _each(w, lambda step: (f(w + step) - f(w - step)) / (2 * h), h)


def _point(w, h):
    check_range("> 0", h=h)
    return np.asarray(w, dtype=float)


def _each(w, slope, h):
    gradient = np.zeros(w.shape)
    for entry in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[entry] = h
        gradient[entry] = slope(step)
    return gradient
