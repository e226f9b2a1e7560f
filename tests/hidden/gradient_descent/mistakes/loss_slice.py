"""Wrong implementations of loss_slice."""

import numpy as np

from grader import mistake


@mistake(
    "M1",
    hint="What is t = 1 when direction = (3, 4)?",
    relation="the slice at t divided by the length of the direction",
)
def normalises_the_direction(loss_fn, w, direction, ts):
    """The student makes the direction a unit vector."""
    w, direction, ts = _arrays(w, direction, ts)
    length = np.linalg.norm(direction)
    unit = direction / length if length > 0 else direction
    return np.array([loss_fn(w + t * unit) for t in ts], dtype=float)


@mistake(
    "M2",
    hint="Is point 5 computed from point 4 or from w?",
    relation="the slice at the running sums of ts",
)
def walks_on_from_point_to_point(loss_fn, w, direction, ts):
    """The student adds each t to the point before."""
    w, direction, ts = _arrays(w, direction, ts)
    point, losses = w.copy(), []
    for t in ts:
        point += t * direction
        losses.append(loss_fn(point.copy()))
    return np.array(losses, dtype=float)


@mistake("M3", hint="Which side is t > 0?", relation="the slice at -ts")
def goes_backwards(loss_fn, w, direction, ts):
    """The student subtracts, as in a step of gradient descent."""
    w, direction, ts = _arrays(w, direction, ts)
    return np.array([loss_fn(w - t * direction) for t in ts], dtype=float)


def _arrays(w, direction, ts):
    w, direction = np.asarray(w, dtype=float), np.asarray(direction, dtype=float)
    check_same_shape(w=w, direction=direction)
    return w, direction, np.asarray(ts, dtype=float)
