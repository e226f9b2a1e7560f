"""The result has another shape: an axis too many or too few, a summary too much or one that is missing."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from grader.diagnose.answers import Floats
from grader.diagnose.evidence import Pair
from grader.diagnose.formulas import formula, renamed
from grader.diagnose.relation import Key, Relation, Words, relation


@relation
class ExtraAxis(Relation):
    """A key says how the shapes differ."""

    name = "another axis"
    rank = 8.0
    of_random = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """Whether the numbers are right and only the shape is not."""
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or got.shape == want.shape or got.size != want.size:
            return
        if not want.size or not isinstance(pair.got, (np.ndarray, np.generic, float, int, list)):
            return
        if not pair.explained_by(want.reshape(got.shape)):
            return
        if [length for length in got.shape if length != 1] == [
            length for length in want.shape if length != 1
        ]:
            more = "more" if got.ndim > want.ndim else "fewer"
            yield "another axis" if got.ndim == want.ndim else f"{more} axes"
        else:
            yield "flattened" if got.ndim < want.ndim else "rearranged"

    def say(self, key: Any, pair: Pair) -> Words:
        """`... has shape (2, 1), (2,) is wanted`."""
        got, want = np.shape(pair.got), np.shape(pair.want)
        params = {"part": pair.subject, "shape": str(got), "wanted": str(want)}
        return Words("extra-axis", params)


_SUMMARIES: Final[dict[str, str]] = {
    "sum": "sum(x, axis={})",
    "mean": "mean(x, axis={})",
    "max": "max(x, axis={})",
    "min": "min(x, axis={})",
    "median": "median(x, axis={})",
    "product": "prod(x, axis={})",
    "deviation": "std(x, axis={})",
    "norm": "norm(x, axis={})",
    "mean-absolute": "mean(abs(x), axis={})",
    "mean-square": "mean(x * x, axis={})",
    "first": "x.take(0, axis={})",
    "last": "x.take(-1, axis={})",
    "argmax": "argmax(x, axis={})",
    "argmin": "argmin(x, axis={})",
    "running": "cumsum(x, axis={})",
}


def _summary(key: Any, values: Floats) -> Any:
    name, axis = key
    return np.asarray(formula(_SUMMARIES[name].format(axis), "x")(values), dtype=float)


def _keys(values: Floats) -> Iterator[tuple[str, int | None]]:
    for name in _SUMMARIES:
        if name == "running":
            yield name, 0
            continue
        yield name, None
        if values.ndim > 1:
            yield name, 0
            yield name, 1


@relation
class Reduced(Relation):
    """A key is (summary, axis)."""

    name = "reduced"
    rank = 13.0

    def propose(self, pair: Pair) -> Iterator[Key]:
        """All summaries of the right result that fit."""
        want = pair.want_numbers
        if want is not None and want.ndim and want.size > 1:
            yield from (key for key in _keys(want) if self.holds(key, pair))

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the result is this summary of the right one, in whatever shape."""
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or want.size < 2 or want.ndim <= (key[1] or 0):
            return False
        made = _summary(key, want)
        if made.size == got.size and made.ndim <= got.ndim:
            made = made.reshape(got.shape)
        elif got.shape == want.shape and made.ndim == want.ndim - 1 and key[1] is not None:
            made = np.broadcast_to(np.expand_dims(made, key[1]), want.shape)
        return pair.explained_by(made)

    def say(self, key: Any, pair: Pair) -> Words:
        """`... is the mean of the right one`."""
        return Words("reduced", {"part": pair.subject, "formula": _spelled(key, "r")})


@relation
class NotReduced(Relation):
    """A key is (summary, axis)."""

    name = "not reduced"
    rank = 9.0

    def propose(self, pair: Pair) -> Iterator[Key]:
        """All summaries of the result that make it right."""
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or got.size <= want.size or got.size < 2:
            return
        yield from (key for key in _keys(got) if self.holds(key, pair))

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether this summary of the result is right."""
        got, want = pair.got_numbers, pair.want_numbers
        if got is None or want is None or got.size <= want.size or got.ndim <= (key[1] or 0):
            return False
        made = _summary(key, got)
        if made.size != want.size:
            return False
        return not pair.bench.close.mask(made.reshape(want.shape), want).any()

    def say(self, key: Any, pair: Pair) -> Words:
        """`the sum along the rows is missing`."""
        return Words("not-reduced", {"part": pair.subject, "formula": _spelled(key, "x")})


def _spelled(key: Any, name: str) -> str:
    text = renamed(_SUMMARIES[key[0]].format(key[1]), "x", name)
    return text.replace(", axis=None", "")
