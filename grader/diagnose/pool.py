"""Inputs of all sorts, beyond the ordinary, on which an explanation differs from the right one or from a rival."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from grader.diagnose.bench import SIZES, Bench, Case
from grader.diagnose.evidence import Seen
from grader.diagnose.suspect import Suspect
from grader.diagnose.trait import TRAITS, give
from grader.domains import Size

#: Inputs that are tried in search of a difference.
INPUTS: Final = 360
_SMALL: Final = (
    Size(2, 2, 2, integers=True),
    Size(3, 2, 2, integers=True),
    Size(5, 2, 3, integers=True),
    Size(8, 3, 4, integers=True),
)


class Pool:
    """The inputs for one function, made as they are needed and kept."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._cases: dict[int, Case | None] = {}

    def __iter__(self) -> Iterator[Case]:
        """The cases to which the reference has an answer."""
        for number in range(INPUTS):
            if number not in self._cases:
                self._cases[number] = self._make(number)
            case = self._cases[number]
            if case is not None:
                yield case

    def _make(self, number: int) -> Case | None:
        rng = self._bench.rng("pool", number)
        size = (SIZES if number % 2 else _SMALL)[number // 2 % 4]
        args: tuple[Any, ...] | None = self._bench.draw("pool", number, size)
        if args is not None and number % 4 > 1:
            args = self._special(args, rng)
        if args is None:
            return None
        case = self._bench.case(args, size, kept=True)
        return None if case.wanted.lost else case

    def _special(self, args: tuple[Any, ...], rng: np.random.Generator) -> tuple[Any, ...] | None:
        """The same with a trait, or with some numbers that conditions like to compare with."""
        profiles = self._bench.profiles
        if rng.random() < 0.5:
            trait = TRAITS[rng.integers(len(TRAITS))]
            places = [i for i, profile in enumerate(profiles) if profile.sort in trait.sorts]
            if places:
                index = int(rng.choice(places))
                return give(trait, profiles[index], index, args, rng)
        return tuple(_pinned(value, args, rng) for value in args)


def _pinned(value: Any, args: tuple[Any, ...], rng: np.random.Generator) -> Any:
    """An array some of whose entries are 0, one half, 1, a parameter, or one of the others."""
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f" or not value.size:
        return value
    numbers = [0.0, 0.5, 1.0, float(rng.choice(value.ravel()))]
    numbers += [other for other in args if isinstance(other, float)]
    made = value.copy()
    places = np.flatnonzero(rng.random(value.size) < 0.3)
    made.flat[places] = rng.choice(numbers, places.size)
    return made


def witnesses(pool: Pool, bench: Bench, suspect: Suspect, count: int) -> list[Case]:
    """Inputs on which a suspect is wrong."""
    found = []
    for case in pool:
        answer = suspect.answer(case)
        if not answer.lost and bench.close.wrong(answer, case.wanted):
            found.append(case)
            if len(found) == count:
                break
    return found


def telling(pool: Pool, bench: Bench, rivals: Sequence[Suspect]) -> Case | None:
    """An input to which these suspects have different answers."""
    first = rivals[0]
    for case in pool:
        if not case.wanted.returned:
            continue
        answer = first.answer(case)
        for rival in rivals[1:]:
            other = rival.answer(case)
            if not (answer.lost or other.lost) and not bench.close.predicts(other, answer):
                return case
    return None


def best(rivals: Sequence[Suspect], seen: Sequence[Seen]) -> list[Suspect]:
    """Of suspects those that agree with most of these answers."""
    scores = [sum(rival.holds(one) for one in seen) for rival in rivals]
    return [rival for rival, score in zip(rivals, scores, strict=True) if score == max(scores)]
