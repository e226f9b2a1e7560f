"""What became of one call, of a student's function or of one of ours, in the form in which diagnosis compares them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.compare import TOLERANCES, Difference, Tolerance, difference
from grader.sandbox.records import Path, Raised, Reply

Floats = NDArray[np.float64]

#: Results with more numbers than this are only looked at from outside.
MAX_NUMBERS: Final = 50_000
#: What numpy warns of, by the beginning of its messages.
TROUBLES: Final = ("overflow", "divide", "invalid")
#: How much of the error an explanation may leave unexplained.
_RESIDUE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Answer:
    """A result or an exception, and what else the call did."""

    value: Any = None
    raised: Raised | None = None
    #: Why there is no answer: timeout, killed or refused.
    lost: str = ""
    changed: tuple[Path, ...] = ()
    aliased: tuple[Path, ...] = ()
    #: Which of TROUBLES numpy warned of.
    warned: frozenset[str] = frozenset()
    printed: str = ""
    #: How often each argument that is a function was called.
    calls: tuple[int, ...] = ()
    #: The places of the generators from which nothing was drawn.
    untouched: tuple[int, ...] = ()

    @property
    def returned(self) -> bool:
        """Whether there is a result."""
        return self.raised is None and not self.lost


def troubles(warnings: Iterator[tuple[str, str]]) -> frozenset[str]:
    """What numpy warned of, from categories and messages."""
    return frozenset(
        trouble
        for category, message in warnings
        if category == "RuntimeWarning"
        for trouble in TROUBLES
        if message.startswith(trouble)
    )


def from_reply(
    reply: Reply, calls: tuple[int, ...] = (), untouched: tuple[int, ...] = ()
) -> Answer:
    """The answer in a reply of a worker; an exception of a call-back of ours is the call's own."""
    error = reply.callback_error
    return Answer(
        reply.value,
        reply.raised if error is None else exception(error),
        "" if reply.kind in ("value", "raised") else reply.kind,
        reply.changed,
        reply.aliased,
        troubles((category, message) for category, message, _ in reply.warnings),
        reply.output,
        calls,
        untouched,
    )


def exception(error: BaseException) -> Raised:
    """An exception as data."""
    kinds = type(error).__mro__
    return Raised(type(error).__name__, tuple(kind.__name__ for kind in kinds[1:]), str(error))


@dataclass(frozen=True)
class Closeness:
    """How near a result must be to the right one, and how near to what an explanation predicts."""

    tolerance: Tolerance

    @classmethod
    def named(cls, name: str) -> "Closeness":
        """That of a tolerance class."""
        return cls(TOLERANCES[name])

    def differs(self, got: Any, wanted: Any) -> Difference | None:
        """What makes a result wrong; None when it is right."""
        return difference(got, wanted, self.tolerance.name, exact=self.tolerance.name == "EXACT")

    def right(self, got: Any, wanted: Any) -> bool:
        """Whether nothing differs; quick for what there is most of."""
        if type(got) is type(wanted):
            if isinstance(wanted, np.ndarray) and got.dtype == wanted.dtype == np.float64:
                return got.shape == wanted.shape and not self.mask(got, wanted).any()
            if isinstance(wanted, float):
                return _near(got, wanted, self.tolerance)
            if isinstance(wanted, (list, tuple)):
                return len(got) == len(wanted) and all(map(self.right, got, wanted))
        return self.differs(got, wanted) is None

    def wrong(self, got: Answer, wanted: Answer) -> bool:
        """Whether an answer is not the right one; an exception of a subclass is right, too."""
        if wanted.raised is not None:
            raised = got.raised
            return raised is None or wanted.raised.type not in (raised.type, *raised.bases)
        if not got.returned:
            return True
        return not self.right(got.value, wanted.value)

    @cached_property
    def loose(self) -> Tolerance:
        """The bounds for comparing with a prediction, which another formula may have computed."""
        tolerance = self.tolerance
        return replace(
            tolerance, name="T0", rtol=max(10 * tolerance.rtol, 1e-10), atol=tolerance.atol
        )

    def predicts(self, predicted: Answer, got: Answer) -> bool:
        """Whether a prediction is what was got."""
        if not got.returned or not predicted.returned:
            return _same_end(got, predicted)
        return alike(predicted.value, got.value, self.loose)

    @np.errstate(all="ignore")
    def mask(self, got: Floats, want: Floats) -> NDArray[np.bool_]:
        """Where numbers of one shape are wrong."""
        bound = self.tolerance.atol + self.tolerance.rtol * np.abs(want)
        near = np.isfinite(want) & (np.abs(got - want) <= bound)
        wrong: NDArray[np.bool_] = ~((got == want) | near | (np.isnan(got) & np.isnan(want)))
        return np.asarray(wrong)


def alike(one: Any, other: Any, loose: Tolerance) -> bool:
    """Whether two results are the same within these bounds; quick, above all where they are not."""
    if isinstance(one, _PLAIN) and isinstance(other, _PLAIN):
        return _near(one, other, loose)
    if isinstance(one, (np.ndarray, *_PLAIN)) and isinstance(other, (np.ndarray, *_PLAIN)):
        first, second = np.asarray(one), np.asarray(other)
        if first.shape != second.shape or first.dtype.kind not in "biuf":
            return False
        return second.dtype.kind in "biuf" and _close(first, second, loose)
    if isinstance(one, (list, tuple)):
        if not isinstance(other, (list, tuple)) or len(one) != len(other):
            return False
        if isinstance(one, list) != isinstance(other, list):
            return False
        return all(alike(a, b, loose) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict):
        if not isinstance(other, dict) or one.keys() != other.keys():
            return False
        return all(alike(one[key], other[key], loose) for key in one)
    if isinstance(one, str) or one is None:
        return type(one) is type(other) and bool(one == other)
    return False


def _near(one: Any, other: Any, loose: Tolerance) -> bool:
    try:
        a, b = float(one), float(other)
    except OverflowError:
        return bool(one == other)
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return a == b or abs(a - b) <= loose.atol + loose.rtol * abs(b) < math.inf


_PLAIN: Final = (float, int, np.floating, np.integer, np.bool_)


@np.errstate(all="ignore")
def _close(one: NDArray[Any], other: NDArray[Any], loose: Tolerance) -> bool:
    if one.dtype.kind != "f" and other.dtype.kind != "f":
        return bool((one == other).all())
    a, b = one.astype(float), other.astype(float)
    near = np.abs(a - b) <= loose.atol + loose.rtol * np.abs(b)
    near &= np.isfinite(b)
    near |= a == b
    if near.all():
        return True
    near |= np.isnan(a) & np.isnan(b)
    return bool(near.all())


def _same_end(one: Answer, other: Answer) -> bool:
    """Whether both ended by the same type of exception."""
    if one.raised is None or other.raised is None:
        return False
    return one.raised.type == other.raised.type


@np.errstate(all="ignore")
def explains(predicted: Any, got: Floats, want: Floats | None, loose: Tolerance) -> bool:
    """Whether predicted numbers are those that were got: within the bounds, and with next to nothing of the error left.

    `want` are the right numbers where those that were got are wrong.
    """
    predicted = np.asarray(predicted, dtype=float)
    if predicted.shape != got.shape:
        return False
    same = (predicted == got) | (np.isnan(predicted) & np.isnan(got))
    gap = np.where(same, 0.0, np.abs(predicted - got))
    bound = loose.atol + loose.rtol * np.abs(got)
    if not bool(np.all(same | (np.isfinite(gap) & (gap <= bound)))):
        return False
    if want is None or got.shape != want.shape:
        return True
    error = np.abs(got - want)
    error = error[np.isfinite(error)]
    return not error.size or float(gap.max(initial=0.0)) <= _RESIDUE * float(error.max())


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The parts of a result that are compared one by one; a list of numbers is one part."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key if isinstance(key, (int, str)) else repr(key)))
    elif isinstance(value, (list, tuple)) and not (
        isinstance(value, list) and value and numbers(value) is not None
    ):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def numbers(value: Any) -> Floats | None:
    """A part of a result as float64, a plain number as an array of no dimensions; None where it is not real numbers."""
    if isinstance(value, (list, tuple)):
        if not value or len(value) > MAX_NUMBERS:
            return None
        rows = [numbers(item) for item in value[:MAX_NUMBERS]]
        if any(row is None for row in rows):
            return None
        shapes = {row.shape for row in rows if row is not None}
        if len(shapes) != 1 or len(rows) * int(np.prod(shapes.pop())) > MAX_NUMBERS:
            return None
        return np.array(rows, dtype=float)
    if isinstance(value, (np.ndarray, np.generic)):
        if value.dtype.kind not in "biuf" or value.size > MAX_NUMBERS:
            return None
        return np.asarray(value, dtype=float)
    if isinstance(value, (bool, int, float)):
        try:
            return np.asarray(float(value))
        except OverflowError:
            return None
    return None


def one_line(text: str, limit: int) -> str:
    """A student's text in one line, without what steers a terminal."""
    first = text.strip().partition("\n")[0]
    kept = "".join(letter if letter.isprintable() else "?" for letter in first[:limit])
    return kept + ("…" if len(first) > limit else "")
