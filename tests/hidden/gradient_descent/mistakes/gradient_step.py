"""Wrong implementations of gradient_step."""

import numpy as np

from grader import mistake


@mistake("M1", hint="Downhill is which direction?", relation="2 times the old value, minus right")
def goes_uphill(params, grads, learning_rate):
    """The student adds the step."""
    _check(params, grads, learning_rate)
    pairs = zip(params, grads, strict=True)
    return tuple(_floats(old) + learning_rate * _floats(g) for old, g in pairs)


@mistake(
    "M2",
    hint="Keep the old point: the notebook plots the path.",
    relation="right, but the old parameters have changed too",
)
def writes_into_the_old_parameters(params, grads, learning_rate):
    """The student subtracts in place."""
    _check(params, grads, learning_rate)
    moved = []
    for old, gradient in zip(params, grads, strict=True):
        if isinstance(old, np.ndarray) and old.dtype == float:
            old -= learning_rate * _floats(gradient)
            moved.append(old)
        else:
            moved.append(_floats(old) - learning_rate * _floats(gradient))
    return tuple(moved)


@mistake(
    "M3",
    hint="From which point does the second parameter's step start?",
    relation="the first parameter is right; each other one starts from the one before it",
)
def starts_from_the_parameter_before(params, grads, learning_rate):
    """The student keeps one running value and subtracts every step from it."""
    _check(params, grads, learning_rate)
    moved = []
    point = _floats(params[0])
    for gradient in grads:
        point = point - learning_rate * _floats(gradient)
        moved.append(point)
    return tuple(moved)


@mistake(
    "M4",
    hint="What is 3 - 0.1 in an integer array?",
    relation="right for floats; whole parameters are cut off to whole numbers",
)
def keeps_whole_numbers(params, grads, learning_rate):
    """The student builds the new array in the type of the old one."""
    _check(params, grads, learning_rate)
    moved = []
    for old, gradient in zip(params, grads, strict=True):
        kind = np.asarray(old).dtype
        new = _floats(old) - learning_rate * _floats(gradient)
        moved.append(new.astype(np.int64).astype(float) if kind.kind in "iu" else new)
    return tuple(moved)


@mistake(
    "M5",
    hint="Near the minimum the step should shrink by itself.",
    relation="the displacement has length learning_rate, however steep it is",
)
def always_goes_equally_far(params, grads, learning_rate):
    """The student divides by the length of the gradient."""
    _check(params, grads, learning_rate)
    length = np.sqrt(sum(np.sum(_floats(g) ** 2) for g in grads))
    scale = learning_rate / length if length > 0 else 0.0
    pairs = zip(params, grads, strict=True)
    return tuple(_floats(old) - scale * _floats(g) for old, g in pairs)


@mistake(
    "M6",
    hint="What does numpy make of a matrix minus a matrix with one row?",
    relation="right where the shapes agree; other gradients are spread instead of being an error",
)
def compares_the_numbers_of_dimensions(params, grads, learning_rate):
    """The student checks `ndim` and takes it for the shape."""
    check_range("> 0", learning_rate=learning_rate)
    if [np.ndim(old) for old in params] != [np.ndim(gradient) for gradient in grads]:
        raise ValueError("shapes differ")
    pairs = zip(params, grads, strict=True)
    return tuple(_floats(old) - learning_rate * _floats(gradient) for old, gradient in pairs)


def _floats(value):
    return np.asarray(value, dtype=float)


def _check(params, grads, learning_rate):
    check_range("> 0", learning_rate=learning_rate)
    if len(params) != len(grads):
        raise ValueError("shapes differ")
    for old, gradient in zip(params, grads, strict=True):
        check_same_shape(parameter=old, gradient=gradient)
