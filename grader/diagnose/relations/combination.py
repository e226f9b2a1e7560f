"""The result adds up the arguments as the right one does, but one of them counts too much, too little or not at all."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from grader.diagnose.answers import Floats
from grader.diagnose.evidence import Pair
from grader.diagnose.quantities import CONSTANTS, FORMS, form_value, matching, plain, spell
from grader.diagnose.relation import Key, Relation, Words, relation

#: Arguments that are added up at most; more would fit anything.
_MOST: Final = 4


@relation
class Combination(Relation):
    """A key is (argument, sign, form, name): how often it counts, compared with how often it should.

    The form is "0" where it does not count at all, and "+" where it should not.
    """

    name = "combination"
    rank = 12.7
    numeric = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """The one argument whose weight differs, and by what factor."""
        found = _weights(pair)
        if found is None:
            return
        names, got, want = found
        differing = np.flatnonzero(np.abs(got - want) > 1e-7 * np.maximum(np.abs(want), 1e-3))
        if len(differing) != 1:
            return
        place = int(differing[0])
        if abs(got[place]) <= 1e-9:
            yield names[place], 1.0, "0", ""
        elif abs(want[place]) <= 1e-9:
            yield names[place], 1.0, "+", ""
        else:
            ratio = float(got[place] / want[place])
            if abs(ratio + 1) < 1e-9:
                yield names[place], -1.0, "{}", "1"
            for sign, form, name in _named(pair, ratio):
                yield names[place], sign, form, name

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the same argument counts as often here; whether others do is the right one's affair."""
        argument, sign, form, name = key
        found = _weights(pair)
        if found is None or argument not in found[0]:
            return False
        names, got, want = found
        expected = want.copy()
        place = names.index(argument)
        if form == "0":
            expected[place] = 0.0
        elif form == "+":
            expected[place] = got[place]
            if abs(got[place]) <= 1e-9:
                return False
        else:
            value = 1.0 if name == "1" else CONSTANTS.get(name, pair.seen.quantities.get(name))
            if value is None:
                return False
            expected[place] *= sign * float(form_value(form, value))
        return bool(np.all(np.abs(got - expected) <= 1e-6 * np.maximum(np.abs(expected), 1e-3)))

    def rank_of(self, key: Any) -> float:
        """Simple forms of sizes and parameters are the better explanations."""
        form, name = key[2], key[3]
        simple = FORMS.index(form) / 10 if form in FORMS else 0.0
        return self.rank + simple + (0 if plain(name) else 1.0)

    def say(self, key: Any, pair: Pair) -> Words:
        """`in your result, w counts learning_rate times what it should`."""
        argument, sign, form, name = key
        params = {"part": pair.subject, "argument": argument}
        if form in ("0", "+"):
            return Words(f"combination.{'missing' if form == '0' else 'extra'}", params)
        if name == "1":
            return Words("combination.sign", params)
        factor = ("-" if sign < 0 else "") + spell(form, name)
        return Words("combination", {**params, "factor": factor})


def _named(pair: Pair, ratio: float) -> Iterator[tuple[float, str, str]]:
    yield from matching(CONSTANTS, ("{}", "1 / {}"), ratio)
    named = pair.seen.quantities
    yield from matching({name: named[name] for name in named if plain(name)}, FORMS, ratio)


def _weights(pair: Pair) -> tuple[list[str], Floats, Floats] | None:
    """How often each argument counts in the result and in the right one, where both are sums of arguments."""
    got, want = pair.got_numbers, pair.want_numbers
    if got is None or want is None or got.shape != want.shape or not want.ndim:
        return None
    arrays = dict(_like(pair, want.shape))
    if not 1 <= len(arrays) <= _MOST or want.size <= len(arrays):
        return None
    table = np.stack([array.ravel() for array in arrays.values()], axis=1)
    both = np.stack([got.ravel(), want.ravel()], axis=1)
    if not (np.isfinite(table).all() and np.isfinite(both).all()):
        return None
    found, _, rank, _ = np.linalg.lstsq(table, both, rcond=None)
    if rank < len(arrays):
        return None
    if np.abs(table @ found - both).max() > 1e-9 * max(float(np.abs(both).max()), 1e-9):
        return None
    weights = np.asarray(found, dtype=float)
    return list(arrays), weights[:, 0], weights[:, 1]


def _like(pair: Pair, shape: tuple[int, ...]) -> Iterator[tuple[str, Floats]]:
    """The arrays of a shape among the arguments, or at the part's own place in them."""
    for parameter, value in zip(pair.bench.parameters, pair.case.args, strict=False):
        for depth in range(len(pair.path) + 1):
            found = _at(value, pair.path[depth:])
            if isinstance(found, np.ndarray) and found.dtype.kind == "f" and found.shape == shape:
                yield parameter.name, found
                break


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        if not isinstance(value, (list, tuple, dict)):
            return None
        try:
            value = value[step]
        except (LookupError, TypeError):
            return None
    return value
