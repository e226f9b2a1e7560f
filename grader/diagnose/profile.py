"""What the arguments of a function ordinarily look like, as its domain draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

#: Ordinary inputs from which a profile is made.
SAMPLES: Final = 8


@dataclass(frozen=True, eq=False)
class Profile:
    """One argument."""

    name: str
    values: tuple[Any, ...]
    #: (own axis, place of another argument, its axis) for lengths that always agree.
    partners: frozenset[tuple[int, int, int]] = frozenset()

    @cached_property
    def sort(self) -> str:
        """`array`, `labels` for arrays of whole numbers, `number`, `count`, `flag`, `option`, or `other`."""
        first = self.values[0] if self.values else None
        if isinstance(first, np.ndarray) and first.ndim and first.dtype.kind in "biuf":
            return "array" if any(value.dtype.kind == "f" for value in self._arrays) else "labels"
        for kind, sort in ((bool, "flag"), (int, "count"), (float, "number"), (str, "option")):
            if isinstance(first, kind):
                return sort
        return "other"

    @property
    def _arrays(self) -> list[Any]:
        return [value for value in self.values if isinstance(value, np.ndarray)]

    @cached_property
    def ndim(self) -> int:
        """Axes of an array."""
        return int(self._arrays[0].ndim) if self._arrays else 0

    @cached_property
    def low(self) -> float:
        """The smallest number that was drawn."""
        return min(float(np.min(value)) for value in self.values if np.size(value))

    @cached_property
    def high(self) -> float:
        """The largest one."""
        return max(float(np.max(value)) for value in self.values if np.size(value))

    @cached_property
    def options(self) -> frozenset[Any]:
        """The words that were drawn."""
        return frozenset(value for value in self.values if isinstance(value, str))

    @cached_property
    def whole(self) -> bool:
        """Whether all numbers are whole."""
        return all(bool(np.all(np.mod(value, 1) == 0)) for value in self.values)


def profiles(names: Sequence[str], samples: Sequence[tuple[Any, ...]]) -> tuple[Profile, ...]:
    """The profiles of all arguments, from several inputs."""
    lengths = [_lengths(args) for args in samples]
    always = set.intersection(*({*found} for found in lengths)) if lengths else set()
    made = []
    for index, name in enumerate(names):
        values = tuple(args[index] for args in samples if len(args) > index)
        partners = frozenset(
            (axis, other, place)
            for i, axis in always
            if i == index
            for other, place in always
            if (other, place) != (i, axis)
            and all(found[i, axis] == found[other, place] for found in lengths)
        )
        made.append(Profile(name, values, partners))
    return tuple(made)


def _lengths(args: tuple[Any, ...]) -> dict[tuple[int, int], int]:
    return {
        (index, axis): length
        for index, value in enumerate(args)
        if isinstance(value, np.ndarray)
        for axis, length in enumerate(value.shape)
    }
