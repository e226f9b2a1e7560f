"""Finds the smallest public input that shows a fault: drawn small, then cut down as long as the same finding holds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from grader.compare import show
from grader.diagnose.answers import Answer, leaves, numbers, one_line
from grader.diagnose.bench import Bench, Case
from grader.diagnose.evidence import Seen
from grader.diagnose.paste import Unwritable, as_lists, call, results, written
from grader.domains import Size

#: A small call that shows a fault, as text: `call` (a line to paste), `got` and `expected`.
Example: TypeAlias = dict[str, str]
#: Makes arguments of this size; None where it cannot.
Draw: TypeAlias = Callable[[int, Size], tuple[Any, ...] | None]
#: Asks the student's function.
Ask: TypeAlias = Callable[[Case], Answer]

SIZES: Final = (
    Size(2, 2, 2, integers=True),
    Size(3, 2, 2, integers=True),
    Size(4, 2, 3, integers=True),
    Size(2, 2, 2),
    Size(5, 2, 3),
)
#: Draws of each size, and calls of the student's function for shrinking.
DRAWS: Final = 5
CALLS: Final = 40


@dataclass
class Search:
    """The search for one example; `fits` says whether an answer shows the fault."""

    bench: Bench
    ask: Ask
    fits: Callable[[Seen], bool]
    errstate: Mapping[str, str] | None = None
    #: Results need not differ: what is shown is what became of an argument.
    beside: bool = False
    #: The numbers of a result may be right: what is shown is their type.
    typed: bool = False
    _left: int = CALLS

    def find(self, draw: Draw) -> Seen | None:
        """The smallest input found that shows the fault, as it can be written down; None where there is none."""
        found: Seen | None = None
        for size in SIZES:
            drawn = [args for number in range(DRAWS) if (args := draw(number, size)) is not None]
            if drawn and not any(_writable(args) for args in drawn[:1]):
                return None
            seen = [self._try(args, size, self.errstate) for args in drawn]
            fitting = [one for one in seen if one is not None]
            if fitting:
                found = min(fitting, key=_length)
                break
        return None if found is None else self._shrink(found)

    def written(self, seen: Seen) -> Example | None:
        """The example as text: the call, what was got, what is expected."""
        case = seen.case
        for plain in (False,) if self.beside else (True, False):
            args = tuple(as_lists(value) for value in case.args) if plain else case.args
            try:
                line = call(self.bench.function, args, plain=plain)
            except Unwritable:
                return None
            again = self._try(args, case.size, case.errstate)
            if again is not None:
                got, expected = _texts(again)
                return {"call": line, "got": got, "expected": expected}
        return None

    def _try(self, args: tuple[Any, ...], size: Size, errstate: Any = None) -> Seen | None:
        """The answer to these arguments if it shows the fault, and the reference is right with them."""
        case = self.bench.case(args, size, errstate)
        if case.wanted.lost:
            return None
        seen = Seen(self.bench, case, self.ask(case))
        return seen if self.fits(seen) and (self.beside or self._differ(seen)) else None

    def _differ(self, seen: Seen) -> bool:
        got, expected = _texts(seen)
        return got != expected and (self.typed or not same_numbers(seen))

    def _shrink(self, seen: Seen) -> Seen:
        """Smaller and simpler inputs, as long as there are some that show the fault."""
        changed = True
        while changed and self._left > 0:
            changed = False
            for args in _smaller(self.bench, seen.case.args):
                if self._left <= 0:
                    break
                self._left -= 1
                smaller = self._try(args, seen.case.size, seen.case.errstate)
                if smaller is not None and _like(smaller, seen):
                    seen, changed = smaller, True
                    break
        return seen


def _texts(seen: Seen) -> tuple[str, str]:
    """Both results, or how the calls end, as text."""
    got, want = seen.got, seen.case.wanted
    if got.returned and want.returned:
        try:
            texts = results(got.value, want.value)
        except Unwritable:
            texts = show(got.value), show(want.value)
        if texts[0] == texts[1]:
            texts = show(got.value), show(want.value)
    else:
        texts = _ending(got), _ending(want)
    return _one_line(texts[0]), _one_line(texts[1])


def _ending(answer: Answer) -> str:
    if answer.raised is not None:
        return f"{answer.raised.type}: {one_line(answer.raised.message, 160)}"
    return answer.lost or show(answer.value)


def same_numbers(seen: Seen) -> bool:
    """Whether a wrong result holds the right numbers, as another type."""
    got, want = numbers(seen.got.value), numbers(seen.case.wanted.value)
    return got is not None and want is not None and np.array_equal(got, want, equal_nan=True)


def _like(one: Seen, other: Seen) -> bool:
    """Whether a smaller example shows no other fault: no error, NaN or infinity that the larger one does not."""
    return one.case.wanted.returned == other.case.wanted.returned and (
        _finite(one.got.value) >= _finite(other.got.value)
    )


def _finite(value: Any) -> bool:
    return all(
        found is None or bool(np.isfinite(found).all())
        for found in (numbers(part) for _, part in leaves(value))
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _writable(args: tuple[Any, ...]) -> bool:
    try:
        for value in args:
            written(value)
    except Unwritable:
        return False
    return True


def _length(seen: Seen) -> int:
    try:
        return len(call("", seen.case.args, plain=True))
    except Unwritable:
        return 1 << 20


def _smaller(bench: Bench, args: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Inputs with a row or column less, then with simpler numbers."""
    profiles = bench.profiles
    for index, value in enumerate(args):
        if not isinstance(value, np.ndarray):
            continue
        for axis in range(value.ndim):
            partners = profiles[index].partners if index < len(profiles) else ()
            group = [(index, axis), *((j, place) for own, j, place in partners if own == axis)]
            if min(group) != (index, axis) or value.shape[axis] < 2:
                continue
            for place in range(value.shape[axis]):
                yield _without(args, group, value.shape[axis], place)
    for index, value in enumerate(args):
        if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size:
            for simpler in (np.rint(value), np.round(value, 1), np.round(value, 2)):
                if not np.array_equal(simpler, value):
                    yield (*args[:index], simpler, *args[index + 1 :])
        elif isinstance(value, float) and value != round(value, 1):
            for number in (float(round(value)), round(value, 1), round(value, 2)):
                # A rate of 0 is no simpler case: it is another one.
                if number:
                    yield (*args[:index], number, *args[index + 1 :])


def _without(
    args: tuple[Any, ...], group: list[tuple[int, int]], length: int, place: int
) -> tuple[Any, ...]:
    made = list(args)
    for i, axis in group:
        value = made[i]
        if isinstance(value, np.ndarray) and value.ndim > axis and value.shape[axis] == length:
            made[i] = np.delete(value, place, axis)
    return tuple(made)
