"""The inputs on which one function is diagnosed, with what the reference makes of them: the same for every student."""

import hashlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np

from grader.diagnose.answers import Answer, Closeness
from grader.diagnose.perform import perform
from grader.diagnose.profile import SAMPLES, Profile, profiles
from grader.diagnose.timer import OutOfTime, within
from grader.domains import Domain, Size
from grader.manifests import Sketch
from grader.mistakes import Alternative, Mistake

#: Sizes of ordinary inputs, in turn; in none is a size, or a product of two, equal to another or next to it.
SIZES: Final = (Size(), Size(12, 5, 3), Size(), Size(10, 2, 5), Size(), Size(17, 4, 6))
#: CPU seconds for drawing one input.
DRAW_TIME: Final = 0.1
#: Where all sizes are equal, so are the shapes of a matrix and of its transpose.
SQUARE: Final = Size(4, 4, 4)


class Undrawable(Exception):
    """The domain has no input of a size, or takes too long to draw one."""


@dataclass(frozen=True, eq=False)
class Case:
    """One call that diagnosis makes: arguments of ours, and the reference's answer."""

    args: tuple[Any, ...]
    wanted: Answer
    size: Size
    errstate: Mapping[str, str] | None = None
    #: Drawn once for all submissions, so that what was computed for it is worth remembering.
    kept: bool = False


@dataclass
class Bench:
    """One graded function, its domain, and the inputs drawn from it so far."""

    function: str
    reference: Callable[..., Any]
    domain: Domain
    #: The other graded functions of the reference.
    siblings: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    #: How its results are drawn, where people would rather look at them.
    sketch: Sketch | None = None
    #: Inputs with a trait, by its name and the `numpy.errstate` under which they are tried, each with the number of
    #: the ordinary input of which it was made.
    special: dict[tuple[str, str], list[tuple[int, Case]]] = field(default_factory=dict)
    _cases: dict[tuple[str, int], Case] = field(default_factory=dict)
    _endless: set[Size] = field(default_factory=set)

    @cached_property
    def parameters(self) -> tuple[inspect.Parameter, ...]:
        """The parameters of the function."""
        return tuple(inspect.signature(self.reference).parameters.values())

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """What the arguments ordinarily look like."""
        names = [parameter.name for parameter in self.parameters]
        return profiles(names, [self.ordinary(number).args for number in range(SAMPLES)])

    @cached_property
    def close(self) -> Closeness:
        """How results are compared; where two right results may differ, how predictions are."""
        return Closeness.named(self.domain.tolerance or "T0")

    @property
    def comparable(self) -> bool:
        """Whether results can be held against the reference's."""
        return self.domain.tolerance is not None

    @property
    def namespace(self) -> dict[str, Any]:
        """The module of the reference."""
        found: dict[str, Any] = self.reference.__globals__
        return found

    def rng(self, purpose: str, number: int) -> np.random.Generator:
        """A generator that belongs to one input."""
        digest = hashlib.sha256(f"{self.function}\0{purpose}\0{number}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:8], "little"))

    def draw(self, purpose: str, number: int, size: Size) -> tuple[Any, ...] | None:
        """Arguments from the domain; None at a size at which it does not come to an end."""
        if size in self._endless:
            return None
        limit = within(DRAW_TIME)
        try:
            with limit:
                return self.domain.draw(self.rng(purpose, number), size)
        except OutOfTime:
            if not limit.own:
                raise
            self._endless.add(size)
            return None

    def case(
        self,
        args: tuple[Any, ...],
        size: Size,
        errstate: Mapping[str, str] | None = None,
        *,
        kept: bool = False,
    ) -> Case:
        """A case of these arguments."""
        return Case(args, perform(self.reference, args, errstate), size, errstate, kept)

    def ordinary(self, number: int) -> Case:
        """The input of that number at varying sizes."""
        return self.drawn("ordinary", number, SIZES[number % len(SIZES)])

    def drawn(self, purpose: str, number: int, size: Size) -> Case:
        """The input of that number for a purpose; drawn once."""
        key = purpose, number
        if key not in self._cases:
            args = self.draw(purpose, number, size)
            if args is None:
                raise Undrawable
            self._cases[key] = self.case(args, size, kept=True)
        return self._cases[key]

    @cached_property
    def enough(self) -> int:
        """How many ordinary inputs it takes until agreement by chance is out of the question.

        A result that is one of two values says little, one that is an array says a lot.
        """
        return min(max(round(100 / self._bits), 12), 48)

    @cached_property
    def enough_wrong(self) -> int:
        """How many of them should be wrong, so that no explanation fits by chance."""
        return min(max(round(48 / self._bits), 4), 12)

    @cached_property
    def _bits(self) -> int:
        said = [_information(self.ordinary(number).wanted.value) for number in range(3)]
        return max(min(said), 1)


def _information(value: Any) -> int:
    """About how many bits a right result tells."""
    if isinstance(value, np.ndarray):
        return value.size * {"b": 1, "i": 2, "u": 2}.get(value.dtype.kind, 30)
    if isinstance(value, (bool, str, np.bool_)) or value is None:
        return 1
    if isinstance(value, (int, np.integer)):
        return 3
    if isinstance(value, (list, tuple)):
        return sum(_information(item) for item in value)
    if isinstance(value, dict):
        return sum(_information(item) for item in value.values())
    return 30
