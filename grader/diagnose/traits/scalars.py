"""Special numbers, words and lists among the arguments."""

from typing import Any

import numpy as np

from grader.diagnose.profile import Profile
from grader.diagnose.trait import TRAITS, Trait

NUMBERS = ("number", "count")


def _scaled(profile: Profile, number: float) -> Any:
    return int(number) if profile.sort == "count" else float(number)


TRAITS.append(
    Trait(
        "negative",
        NUMBERS,
        lambda value, profile, args: profile.low >= 0 and value < 0,
        lambda value, profile, rng, args: _scaled(profile, -max(abs(value), 1)),
        0.4,
    )
)
TRAITS.append(
    Trait(
        "zero",
        NUMBERS,
        lambda value, profile, args: value == 0,
        lambda value, profile, rng, args: _scaled(profile, 0),
        0.45,
    )
)
TRAITS.append(
    Trait(
        "too-large",
        ("number",),
        lambda value, profile, args: profile.high <= 1 < value,
        lambda value, profile, rng, args: 1.5 if profile.high <= 1 else None,
        0.4,
    )
)
TRAITS.append(
    Trait(
        "exactly-1",
        NUMBERS,
        lambda value, profile, args: value == 1,
        lambda value, profile, rng, args: _scaled(profile, 1),
        0.8,
    )
)
TRAITS.append(
    Trait(
        "big",
        NUMBERS,
        lambda value, profile, args: value > 2 * max(profile.high, 1),
        lambda value, profile, rng, args: _scaled(profile, np.ceil(3 * max(profile.high, 1))),
        0.8,
    )
)
TRAITS.append(
    Trait(
        "nan-number",
        ("number",),
        lambda value, profile, args: bool(np.isnan(value)),
        lambda value, profile, rng, args: float("nan"),
        0.4,
    )
)
TRAITS.append(
    Trait(
        "infinite-number",
        ("number",),
        lambda value, profile, args: bool(np.isinf(value)),
        lambda value, profile, rng, args: float("inf"),
        0.4,
    )
)
TRAITS.append(
    Trait(
        "unknown-option",
        ("option",),
        lambda value, profile, args: value not in profile.options,
        lambda value, profile, rng, args: "something else",
        0.3,
    )
)


def _sequence(value: Any) -> bool:
    return isinstance(value, (list, tuple, dict))


TRAITS.append(
    Trait(
        "nothing-in-it",
        ("other",),
        lambda value, profile, args: _sequence(value) and not value,
        lambda value, profile, rng, args: type(value)() if _sequence(value) else None,
        0.3,
    )
)
TRAITS.append(
    Trait(
        "one-in-it",
        ("other",),
        lambda value, profile, args: isinstance(value, (list, tuple)) and len(value) == 1,
        lambda value, profile, rng, args: value[:1] if isinstance(value, (list, tuple)) else None,
        0.8,
    )
)
TRAITS.append(
    Trait(
        "nan-in-it",
        ("other",),
        lambda value, profile, args: any(item != item for item in value),  # noqa: PLR0124  # only NaN does
        lambda value, profile, rng, args: _with_nan(value, rng),
        0.6,
    )
)


def _with_nan(value: Any, rng: np.random.Generator) -> Any:
    if not isinstance(value, list) or not all(isinstance(item, float) for item in value):
        return None
    made = list(value)
    made[rng.integers(len(made))] = float("nan")
    return made


TRAITS.append(
    Trait(
        "shorter-than-others",
        ("other",),
        lambda value, profile, args: isinstance(value, (list, tuple)),
        lambda value, profile, rng, args: (
            value[:-1] if isinstance(value, (list, tuple)) and len(value) > 1 else None
        ),
        1.2,
    )
)
