"""Special numbers in arrays: NaN, infinity, very large or small ones, all equal, out of the usual range."""

from typing import Any

import numpy as np

from grader.diagnose.profile import Profile
from grader.diagnose.trait import TRAITS, Trait

Rng = np.random.Generator


def _floats(value: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(value, dtype=float)


def _with_one(value: Any, rng: Rng, number: float) -> Any:
    made = np.array(value, dtype=float)
    made.flat[rng.integers(made.size)] = number
    return made


def _all_nan(value: Any, profile: Profile, args: tuple[Any, ...]) -> bool:
    return bool(np.isnan(_floats(value)).any())


TRAITS.append(
    Trait(
        "nan",
        ("array", "labels"),
        _all_nan,
        lambda value, profile, rng, args: _with_one(value, rng, np.nan),
        0.5,
    )
)
TRAITS.append(
    Trait(
        "infinite",
        ("array",),
        lambda value, profile, args: bool(np.isinf(_floats(value)).any()),
        lambda value, profile, rng, args: _with_one(value, rng, rng.choice([np.inf, -np.inf])),
        0.6,
    )
)


def _spread(profile: Profile) -> float:
    return max(abs(profile.low), abs(profile.high), 1.0)


def _is_huge(value: Any, profile: Profile, args: tuple[Any, ...]) -> bool:
    finite = _floats(value)
    finite = finite[np.isfinite(finite)]
    return bool(finite.size) and float(np.abs(finite).max()) > min(10 * _spread(profile), 500.0)


def _huge(value: Any, profile: Profile, rng: Rng, args: list[Any]) -> Any:
    if profile.low >= 0 and profile.high <= 1:
        return None
    values = np.asarray(value, dtype=float)
    return values * (rng.uniform(900.0, 1000.0) / max(float(np.abs(values).max()), 1e-9))


TRAITS.append(Trait("huge", ("array",), _is_huge, _huge, 0.8))


def _is_tiny(value: Any, profile: Profile, args: tuple[Any, ...]) -> bool:
    size = np.abs(_floats(value))
    return bool(((size > 0) & (size < 1e-6)).any())


TRAITS.append(
    Trait(
        "tiny",
        ("array",),
        _is_tiny,
        lambda value, profile, rng, args: _with_one(value, rng, 1e-20),
        0.8,
    )
)


def _is_shifted(value: Any, profile: Profile, args: tuple[Any, ...]) -> bool:
    values = _floats(value)
    return values.size > 1 and float(np.std(values)) < 1e-5 * abs(float(np.mean(values)))


def _shifted(value: Any, profile: Profile, rng: Rng, args: list[Any]) -> Any:
    """Add the same large number to all arrays of one shape, so that differences stay small."""
    for i, other in enumerate(args):
        if isinstance(other, np.ndarray) and other.dtype.kind == "f" and other.shape == value.shape:
            args[i] = np.round(other * 8) / 8 + 3e8
    return np.round(value * 8) / 8 + 3e8


TRAITS.append(
    Trait(
        "large-and-close",
        ("array",),
        _is_shifted,
        _shifted,
        0.9,
    )
)


def _is_constant(value: Any, profile: Profile, args: tuple[Any, ...]) -> bool:
    values = np.asarray(value)
    return values.size > 1 and bool((values == values.flat[0]).all())


def _constant(value: Any, profile: Profile, rng: Rng, args: list[Any]) -> Any:
    values = np.asarray(value)
    return np.full_like(values, rng.choice(values.ravel()))


TRAITS.append(
    Trait(
        "constant",
        ("array", "labels"),
        _is_constant,
        _constant,
        0.9,
    )
)


def _has_ties(value: Any, profile: Profile, args: tuple[Any, ...]) -> bool:
    values = np.asarray(value)
    return values.dtype.kind == "f" and np.unique(values).size < values.size


def _ties(value: Any, profile: Profile, rng: Rng, args: list[Any]) -> Any:
    made = np.array(value, dtype=float)
    if made.ndim == 1:
        made[rng.permutation(made.size)[: made.size // 2 + 1]] = rng.choice(made)
        return made
    for row in made:
        row[rng.permutation(row.size)[: row.size // 2 + 1]] = row.max()
    return made


TRAITS.append(Trait("ties", ("array",), _has_ties, _ties, 1.1))


def _below(value: Any, profile: Profile, args: tuple[Any, ...]) -> bool:
    return float(np.min(_floats(value))) < profile.low - 1e-9


def _above(value: Any, profile: Profile, args: tuple[Any, ...]) -> bool:
    return float(np.max(_floats(value))) > profile.high + 1e-9


def _beyond(value: Any, rng: Rng, number: float) -> Any:
    made = np.array(value)
    made.flat[rng.integers(made.size)] = number
    return made


TRAITS.append(
    Trait(
        "label-below",
        ("labels",),
        lambda value, profile, args: _below(value, profile, args) and float(np.min(value)) < 0,
        lambda value, profile, rng, args: _beyond(value, rng, -1),
        0.4,
    )
)
TRAITS.append(
    Trait(
        "label-above",
        ("labels",),
        _above,
        lambda value, profile, rng, args: _beyond(value, rng, profile.high + 1),
        0.4,
    )
)
TRAITS.append(
    Trait(
        "label-broken",
        ("labels",),
        lambda value, profile, args: bool((np.mod(_floats(value), 1) != 0).any()),
        lambda value, profile, rng, args: _with_one(value, rng, 0.5),
        0.4,
    )
)
TRAITS.append(
    Trait(
        "beyond-1",
        ("array",),
        lambda value, profile, args: profile.high <= 1 and _above(value, profile, args),
        lambda value, profile, rng, args: (
            _beyond(value, rng, 1.5) if profile.low >= 0 and profile.high <= 1 else None
        ),
        0.4,
    )
)
TRAITS.append(
    Trait(
        "below-0",
        ("array",),
        lambda value, profile, args: profile.low >= 0 and float(np.min(value)) < 0,
        lambda value, profile, rng, args: _beyond(value, rng, -0.25) if profile.low >= 0 else None,
        0.4,
    )
)
