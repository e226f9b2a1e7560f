"""Wrong implementations of gradient_check."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="Multiply f by 1000. Is the gradient now worse?",
    relation="depends on the size of f: the largest absolute difference",
)
def takes_the_absolute_difference(f, grad_f, w, h=1e-5):
    """The student does not divide by the size of the gradients."""
    a, m = _gradients(f, grad_f, w, h)
    return float(np.max(np.abs(a - m)))


@mistake(
    "M2",
    hint="One of 1000 entries is wrong. Do you notice?",
    relation="the mean over the entries instead of the maximum",
)
def takes_the_mean(f, grad_f, w, h=1e-5):
    """The student averages, which hides one wrong entry among many right ones."""
    a, m = _gradients(f, grad_f, w, h)
    return float(np.mean(np.abs(a - m) / np.maximum(1e-8, np.abs(a) + np.abs(m))))


@mistake(
    "M3",
    hint="What if both are zero?",
    relation="the difference over |m| alone; inf or NaN where m is 0",
)
def divides_by_the_measured_one_alone(f, grad_f, w, h=1e-5):
    """The student measures relative to the numerical gradient, which may be 0."""
    a, m = _gradients(f, grad_f, w, h)
    with np.errstate(all="ignore"):
        return float(np.max(np.abs(a - m) / np.abs(m)))


@mistake(
    "M4",
    hint="Which sign had your largest error?",
    relation="the largest signed error; errors below 0 are missed",
)
def takes_the_signed_maximum(f, grad_f, w, h=1e-5):
    """The student forgets that errors may be negative."""
    a, m = _gradients(f, grad_f, w, h)
    return float(np.max((a - m) / np.maximum(1e-8, np.abs(a) + np.abs(m))))


def _gradients(f, grad_f, w, h):
    w = np.asarray(w, dtype=float)
    m = numerical_gradient(f, w, h)
    a = np.asarray(grad_f(w.copy()), dtype=float)
    check_same_shape(derived=a, measured=m)
    return a, m
