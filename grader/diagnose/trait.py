"""What is special about an input: recognised in a failing call, and made anew from ordinary draws."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from grader.diagnose.profile import Profile

#: Tells whether an argument has the trait; the others are there for comparison.
Shows: TypeAlias = Callable[[Any, Profile, tuple[Any, ...]], bool]
#: Gives an argument the trait; None where it cannot. May change the other arguments in the list, too.
Gives: TypeAlias = Callable[[Any, Profile, np.random.Generator, list[Any]], Any]


@dataclass(frozen=True)
class Trait:
    """A way in which one argument may be special; the catalogue says it under `when.` and the name."""

    name: str
    #: Sorts of arguments, as a profile calls them, that may have it.
    sorts: tuple[str, ...]
    shows: Shows
    gives: Gives
    #: Smaller ones are the likelier cause where an input has several.
    rank: float = 1.0


TRAITS: Final[list[Trait]] = []


def traits_of(
    args: tuple[Any, ...], profiles: tuple[Profile, ...]
) -> Iterator[tuple[Trait, Profile, int]]:
    """What is special about these arguments, with the argument and its place."""
    for index, (value, profile) in enumerate(zip(args, profiles, strict=False)):
        for trait in TRAITS:
            if profile.sort in trait.sorts and _shows(trait, value, profile, args):
                yield trait, profile, index


@np.errstate(all="ignore")
def _shows(trait: Trait, value: Any, profile: Profile, args: tuple[Any, ...]) -> bool:
    try:
        return bool(trait.shows(value, profile, args))
    except (TypeError, ValueError, OverflowError, IndexError):
        return False


@np.errstate(all="ignore")
def give(
    trait: Trait, profile: Profile, index: int, args: tuple[Any, ...], rng: np.random.Generator
) -> tuple[Any, ...] | None:
    """These arguments with the trait, or None where it cannot be had."""
    changed = list(args)
    if index >= len(changed):
        return None
    try:
        made = trait.gives(args[index], profile, rng, changed)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    if made is None:
        return None
    changed[index] = made
    return tuple(changed)
