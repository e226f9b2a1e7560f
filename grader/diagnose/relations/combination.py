"""The result adds up the arguments as the right one does, but one of them counts too much, too little or not at all."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from grader.diagnose.answers import Floats, leaves, numbers
from grader.diagnose.evidence import Pair, name_part
from grader.diagnose.quantities import CONSTANTS, FORMS, form_value, matching, plain, spell
from grader.diagnose.relation import Key, Relation, Words, relation
from grader.diagnose.sentences import inner

#: Arguments that are added up at most; more would fit anything.
_MOST: Final = 4


@relation
class Combination(Relation):
    """A key is (view, arguments, sign, form, name): how often these count, compared with how often they should.

    The view is the place of a returned value, or None for all of them. The form is "0" where an argument does not count
    at all, and "+" where it should not.
    """

    name = "combination"
    rank = 12.7
    whole = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """The arguments whose weights differ, all by one factor."""
        for view in _views(pair):
            found = _weights(pair, view)
            if found is not None and found[0]:
                yield from ((view, *key) for key in _differing(pair, *found))

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the same arguments count as often here, and all others as often as they should."""
        view, arguments, sign, form, name = key
        found = _weights(pair, view)
        if found is None or (found[0] and not set(arguments) <= set(found[0])):
            return False
        names, got, want = found
        places = [names.index(argument) for argument in arguments if names]
        expected = want.copy()
        if form == "0":
            expected[places] = 0.0
        elif form == "+":
            expected[places] = got[places]
        else:
            value = 1.0 if name == "1" else CONSTANTS.get(name, pair.seen.quantities.get(name))
            if value is None:
                return False
            expected[places] *= sign * float(form_value(form, value))
        return bool(np.all(np.abs(got - expected) <= 1e-6 * np.maximum(np.abs(expected), 1e-3)))

    def rank_of(self, key: Any) -> float:
        """Simple forms of sizes and parameters are the better explanations."""
        sign, form, name = key[2:]
        simple = FORMS.index(form) / 10 if form in FORMS else 0.0
        return self.rank + simple + (0 if sign > 0 else 0.5) + (0 if plain(name) else 1.0)

    def say(self, key: Any, pair: Pair) -> Words:
        """`in your result, w counts learning_rate times what it should`."""
        view, arguments, sign, form, name = key
        params: dict[str, Any] = {"part": name_part(() if view is None else (view,))}
        if len(arguments) > 1:
            params["argument"] = inner("both", one=", ".join(arguments[:-1]), other=arguments[-1])
        else:
            params["argument"] = arguments[0]
        if form in ("0", "+"):
            return Words(f"combination.{'missing' if form == '0' else 'extra'}", params)
        if name == "1":
            return Words("combination.sign", params)
        factor = ("-" if sign < 0 else "") + spell(form, name)
        return Words("combination", {**params, "factor": factor})


def _differing(
    pair: Pair, names: list[str], got: Floats, want: Floats
) -> Iterator[tuple[tuple[str, ...], float, str, str]]:
    places = np.flatnonzero(np.abs(got - want) > 1e-7 * np.maximum(np.abs(want), 1e-3))
    arguments = tuple(names[place] for place in places.tolist())
    if not arguments or (len(arguments) == len(names) > 1):
        return
    if len(arguments) == 1 and abs(want[places[0]]) <= 1e-9:
        yield arguments, 1.0, "+", ""
        return
    if (np.abs(want[places]) <= 1e-9).any():
        return
    ratios = got[places] / want[places]
    ratio = float(ratios[0])
    if np.abs(ratios - ratio).max() > 1e-7:
        return
    if abs(ratio) <= 1e-9:
        yield arguments, 1.0, "0", ""
        return
    if abs(ratio + 1) < 1e-9:
        yield arguments, -1.0, "{}", "1"
    for sign, form, name in _named(pair, ratio):
        yield arguments, sign, form, name


def _views(pair: Pair) -> Iterator[int | None]:
    """The whole result, then each of several returned values."""
    yield None
    if isinstance(pair.want, tuple):
        yield from range(len(pair.want))


def _named(pair: Pair, ratio: float) -> Iterator[tuple[float, str, str]]:
    yield from matching(CONSTANTS, ("{}", "1 / {}"), ratio)
    named = pair.seen.quantities
    yield from matching({name: named[name] for name in named if plain(name)}, FORMS, ratio)


def _weights(pair: Pair, view: int | None) -> tuple[list[str], Floats, Floats] | None:
    """How often each argument counts in the result and in the right one; None where those are no sums of arguments.

    Where there are too few numbers to tell, no argument is named.
    """
    try:
        got = _numbers(pair.got if view is None else pair.got[view])
        want = _numbers(pair.want if view is None else pair.want[view])
    except (TypeError, LookupError):
        return None
    if got is None or want is None or got[0] != want[0]:
        return None
    arrays = {}
    for parameter, value in zip(pair.bench.parameters, pair.case.args, strict=False):
        found = _numbers(value)
        if found is not None and found[0] == want[0]:
            arrays[parameter.name] = found[1]
    if not 1 <= len(arrays) <= _MOST:
        return None
    unknown: tuple[list[str], Floats, Floats] = [], np.zeros(0), np.zeros(0)
    if want[1].size <= len(arrays):
        return unknown
    table = np.stack(list(arrays.values()), axis=1)
    both = np.stack([got[1], want[1]], axis=1)
    if not (np.isfinite(table).all() and np.isfinite(both).all()):
        return None
    solved, _, rank, _ = np.linalg.lstsq(table, both, rcond=None)
    weights = np.asarray(solved, dtype=float)
    if rank < len(arrays):
        return unknown
    if np.abs(table @ weights - both).max() > 1e-9 * max(float(np.abs(both).max()), 1e-9):
        return None
    return list(arrays), weights[:, 0], weights[:, 1]


def _numbers(value: Any) -> tuple[list[tuple[int, ...]], Floats] | None:
    """The shapes of all numbers in a value, and the numbers one after the other."""
    parts = [numbers(part) for _, part in leaves(value)]
    found = [part for part in parts if part is not None]
    if not found or len(found) < len(parts):
        return None
    return [part.shape for part in found], np.concatenate([part.ravel() for part in found])
