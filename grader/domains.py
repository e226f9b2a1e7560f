"""What an author declares about a graded function: where its arguments come from, and how people get it wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Size:
    """How large the arguments of a call are drawn: n examples, d features, k classes.

    The defaults and their products are pairwise different, so that a result that is n times too large cannot be
    mistaken for one that is d times too large. With `integers`, a domain draws small whole numbers (as floats).
    """

    n: int = 7
    d: int = 3
    k: int = 4
    integers: bool = False


DEFAULT_SIZE = Size()
SMALL_SIZE = Size(n=2, d=2, k=2, integers=True)


@dataclass(frozen=True)
class Domain:
    """The arguments on which a graded function is compared with its reference."""

    function: str
    drawer: Callable[[np.random.Generator, Size], tuple[Any, ...]]
    #: The tolerance class of its results; None where two right results may differ (random output).
    tolerance: str | None

    def draw(self, rng: np.random.Generator, size: Size = DEFAULT_SIZE) -> tuple[Any, ...]:
        """The positional arguments of one call, drawn from `rng`. Raises TypeError where they are no tuple."""
        drawn = self.drawer(rng, size)
        if not isinstance(drawn, tuple):
            # An array would pass for as many arguments as it has rows.
            raise TypeError(
                f"the domain of {self.function} must return a tuple, one item for each argument, "
                f"as in `return (x,)`; it returned {type(drawn).__name__}"
            )
        return drawn


def domain(
    *, tolerance: str | None = "T0"
) -> Callable[[Callable[[np.random.Generator, Size], tuple[Any, ...]]], Domain]:
    """Make a drawing function the domain of the graded function that it is named after."""

    def declare(drawer: Callable[[np.random.Generator, Size], tuple[Any, ...]]) -> Domain:
        return Domain(drawer.__name__, drawer, tolerance)

    return declare


def mistake(id: str, *, hint: str, relation: str) -> Callable[[F], F]:
    """Mark a wrong implementation: its id in the specification, the hint it earns, and how its results relate
    to right ones.
    """

    def declare(implementation: F) -> F:
        implementation.__mistake__ = (id, hint, relation)  # type: ignore[attr-defined]  # functions carry attributes
        return implementation

    return declare
