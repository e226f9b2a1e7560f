"""Special shapes and types of arrays: empty, of one row, a column, a list, integers, read-only, of unequal lengths."""

from typing import Any

import numpy as np

from grader.diagnose.profile import Profile
from grader.diagnose.trait import TRAITS, Trait

Rng = np.random.Generator
ARRAYS = ("array", "labels")


def _cut(value: Any, profile: Profile, args: list[Any], count: int, axis: int = 0) -> Any:
    """Shorten an axis, and those of other arguments that must be as long."""
    if np.ndim(value) <= axis:
        return None
    for own, other, place in profile.partners:
        if own == axis:
            args[other] = np.take(args[other], range(min(count, args[other].shape[place])), place)
    return np.take(value, range(count), axis)


TRAITS.append(
    Trait(
        "empty",
        ARRAYS,
        lambda value, profile, args: np.ndim(value) == profile.ndim and np.shape(value)[0] == 0,
        lambda value, profile, rng, args: _cut(value, profile, args, 0),
        0.3,
    )
)
TRAITS.append(
    Trait(
        "one",
        ARRAYS,
        lambda value, profile, args: np.ndim(value) == profile.ndim and np.shape(value)[0] == 1,
        lambda value, profile, rng, args: _cut(value, profile, args, 1),
        0.9,
    )
)
TRAITS.append(
    Trait(
        "no-columns",
        ARRAYS,
        lambda value, profile, args: np.ndim(value) == 2 and np.shape(value)[1] == 0,
        lambda value, profile, rng, args: _cut(value, profile, args, 0, 1),
        0.3,
    )
)
TRAITS.append(
    Trait(
        "one-column",
        ARRAYS,
        lambda value, profile, args: (
            np.ndim(value) == 2 == profile.ndim and np.shape(value)[1] == 1
        ),
        lambda value, profile, rng, args: _cut(value, profile, args, 1, 1),
        0.9,
    )
)
TRAITS.append(
    Trait(
        "column",
        ARRAYS,
        lambda value, profile, args: (
            profile.ndim == 1 and np.ndim(value) == 2 and np.shape(value)[1] == 1
        ),
        lambda value, profile, rng, args: value[:, np.newaxis] if value.ndim == 1 else None,
        0.3,
    )
)
TRAITS.append(
    Trait(
        "fewer-axes",
        ARRAYS,
        lambda value, profile, args: np.ndim(value) == profile.ndim - 1,
        lambda value, profile, rng, args: value[0],
        0.4,
    )
)
TRAITS.append(
    Trait(
        "more-axes",
        ARRAYS,
        lambda value, profile, args: np.ndim(value) == profile.ndim + 1,
        lambda value, profile, rng, args: np.stack([value, value]),
        0.5,
    )
)


def _unequal(value: Any, profile: Profile, args: tuple[Any, ...]) -> bool:
    return np.ndim(value) == profile.ndim and any(
        len(args) > other
        and np.ndim(args[other]) > place
        and np.shape(value)[own] != np.shape(args[other])[place]
        for own, other, place in profile.partners
    )


def _shorter(value: Any, profile: Profile, rng: Rng, args: list[Any]) -> Any:
    axes = sorted({own for own, _, _ in profile.partners})
    if not axes:
        return None
    axis = int(rng.choice(axes))
    count = value.shape[axis] - 1
    return np.take(value, range(count), axis) if count else None


TRAITS.append(
    Trait(
        "unequal",
        ARRAYS,
        _unequal,
        _shorter,
        0.35,
    )
)
TRAITS.append(
    Trait(
        "list",
        ARRAYS,
        lambda value, profile, args: isinstance(value, (list, tuple)),
        lambda value, profile, rng, args: value.tolist(),
        0.7,
    )
)


def _dtype(value: Any) -> np.dtype[Any] | None:
    return value.dtype if isinstance(value, np.ndarray) else None


def _integers(value: Any, profile: Profile, rng: Rng, args: list[Any]) -> Any:
    """Round everything, so that what is wrong is not the rounding."""
    for i, other in enumerate(args):
        if isinstance(other, np.ndarray) and other.dtype.kind == "f":
            args[i] = np.rint(other).astype(np.int64)
    return np.rint(value).astype(np.int64)


def _bytes(value: Any, profile: Profile, rng: Rng, args: list[Any]) -> Any:
    for i, other in enumerate(args):
        if isinstance(other, np.ndarray) and other.dtype.kind == "f":
            args[i] = rng.integers(0, 256, other.shape, dtype=np.uint8)
    return rng.integers(0, 256, value.shape, dtype=np.uint8)


def _single(value: Any, profile: Profile, rng: Rng, args: list[Any]) -> Any:
    for i, other in enumerate(args):
        if isinstance(other, np.ndarray) and other.dtype.kind == "f":
            args[i] = other.astype(np.float32)
    return value.astype(np.float32)


TRAITS.append(
    Trait(
        "unsigned",
        ("array",),
        lambda value, profile, args: _dtype(value) == np.uint8,
        _bytes,
        0.6,
    )
)
TRAITS.append(
    Trait(
        "integers",
        ("array",),
        lambda value, profile, args: np.asarray(value).dtype.kind in "iu",
        _integers,
        0.65,
    )
)
TRAITS.append(
    Trait(
        "truth-values",
        ARRAYS,
        lambda value, profile, args: np.asarray(value).dtype.kind == "b",
        lambda value, profile, rng, args: np.asarray(value) > np.median(value),
        0.65,
    )
)
TRAITS.append(
    Trait(
        "single",
        ("array",),
        lambda value, profile, args: _dtype(value) == np.float32,
        _single,
        0.65,
    )
)
TRAITS.append(
    Trait(
        "float-labels",
        ("labels",),
        lambda value, profile, args: np.asarray(value).dtype.kind == "f",
        lambda value, profile, rng, args: value.astype(float),
        0.65,
    )
)


def _locked(value: Any, profile: Profile, rng: Rng, args: list[Any]) -> Any:
    made = np.array(value)
    made.flags.writeable = False
    return made


TRAITS.append(
    Trait(
        "read-only",
        ARRAYS,
        lambda value, profile, args: isinstance(value, np.ndarray) and not value.flags.writeable,
        _locked,
        0.5,
    )
)
