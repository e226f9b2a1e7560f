"""Wrong implementations of expand_features."""

import numpy as np

from grader import mistake

NAMES = ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)")


@mistake(
    "M1",
    hint="Ask for x2 before x1.",
    relation="the right columns, in the order in which the exercise lists them",
)
def fixed_column_order(X, names):
    """The student goes through the seven features and takes those that are wanted."""
    columns = _columns(np.asarray(X, dtype=float), names)
    return np.column_stack([columns[name] for name in sorted(names, key=NAMES.index)])


@mistake(
    "M2",
    hint="Your sine at x = pi/2?",
    relation="the sine columns are nearly linear: they hold the sine of degrees",
)
def sine_of_degrees(X, names):
    """The student takes the features for angles in degrees."""
    columns = _columns(np.asarray(X, dtype=float), names)
    for i in "12":
        columns[f"sin(x{i})"] = np.sin(np.radians(columns[f"x{i}"]))
    return np.column_stack([columns[name] for name in names])


@mistake(
    "M3",
    hint="Does one row's feature depend on the other rows?",
    relation="each column is divided by its largest absolute value",
)
def scales_the_features(X, names):
    """The student brings all features to the range from -1 to 1."""
    columns = _columns(np.asarray(X, dtype=float), names)
    table = np.column_stack([columns[name] for name in names])
    largest = np.abs(table).max(axis=0, initial=0.0)
    return table / np.where(largest > 0, largest, 1.0)


@mistake(
    "M4",
    hint="A table with one column is still a table.",
    relation="shape (n,) instead of (n, 1) for one name",
)
def one_dimensional_for_one_name(X, names):
    """The student starts with the first column and adds the others to it."""
    columns = _columns(np.asarray(X, dtype=float), names)
    table = columns[names[0]].copy()
    for name in names[1:]:
        table = np.column_stack([table, columns[name]])
    return table


@mistake(
    "M5",
    hint="Try your function with `np.array([[200, 100]], dtype=np.uint8)`.",
    relation="squares and products of small integer types are taken modulo 256",
)
def squares_in_the_type_of_the_input(X, names):
    """The student computes with the array as it comes."""
    columns = _columns(np.asarray(X), names)
    return np.column_stack([columns[name] for name in names]).astype(float)


def _columns(X, names):
    check_shape(("n", 2), X=X)
    if len(names) == 0:
        raise ValueError("names is empty")
    for name in names:
        check_option(NAMES, feature=name)
    x1, x2 = X.T
    return {
        "x1": x1,
        "x2": x2,
        "x1^2": x1 * x1,
        "x2^2": x2 * x2,
        "x1*x2": x1 * x2,
        "sin(x1)": np.sin(x1.astype(float)),
        "sin(x2)": np.sin(x2.astype(float)),
    }
