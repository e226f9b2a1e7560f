"""The result is the right one times a number that stands in the arguments, or times a constant."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from grader.diagnose.evidence import Pair
from grader.diagnose.quantities import CONSTANTS, FORMS, form_value, here, matching, plain, spell
from grader.diagnose.relation import Key, Relation, Words, relation

#: Factors whose reason can be guessed have a text of their own.
_KNOWN: Final = {
    "n": "sum",
    "1 / n": "mean",
    "n / (n - 1)": "sample",
    "(n - 1) / n": "count",
    "n / (n + 1)": "count",
    "2": "two",
    "1 / 2": "half",
    "1 / ln(2)": "base-2",
    "ln(2)": "base-2",
    "1 / ln(10)": "base-10",
    "ln(10)": "base-10",
    "100": "percent",
    "1 / 100": "percent",
    "pi / 180": "degrees",
    "1 / (pi / 180)": "degrees",
}


@relation
class Factor(Relation):
    """A key is (sign, form, name) for a named number, (constant,) for another one."""

    name = "factor"
    rank = 12.0
    of_random = True
    numeric = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """All named numbers that are the ratio of this pair, or the ratio itself."""
        ratio = _ratio(pair)
        if ratio is None or abs(ratio - 1) < 1e-5 or abs(ratio) < 1e-12:
            return
        if ratio == -1:
            return
        yield from matching(CONSTANTS, ("{}", "1 / {}"), ratio)
        named = pair.seen.quantities
        yield from matching({name: named[name] for name in named if plain(name)}, FORMS, ratio)
        others = {name: named[name] for name in named if not plain(name)}
        yield from matching(others, ("{}", "1 / {}", "{}**2"), ratio)
        yield (float(f"{ratio:.10g}"),)

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the result is that multiple of the right one."""
        factor = _value(key, pair)
        if factor is None or pair.want_numbers is None:
            return False
        with np.errstate(all="ignore"):
            return pair.explained_by(factor * pair.want_numbers)

    def prefer(self, keys: list[Any]) -> list[Any]:
        """A number that never changes is no more than that number."""
        fixed = any(len(key) == 1 for key in keys)
        return [key for key in keys if not fixed or len(key) == 1 or key[2] in CONSTANTS]

    def rank_of(self, key: Any) -> float:
        """Sizes and constants with a name are better than others, and simple forms than complex ones."""
        if len(key) == 1:
            return self.rank + 6
        sign, form, name = key
        simple = FORMS.index(form) / 10
        return self.rank + simple + (0 if sign > 0 else 0.5) + (0 if plain(name) else 1.5)

    def say(self, key: Any, pair: Pair) -> Words:
        """`... is n times too large (n = 7 here)`."""
        if len(key) == 1:
            return Words("factor.constant", {"part": pair.subject, "factor": key[0]})
        sign, form, name = key
        params: dict[str, Any] = {"part": pair.subject, "here": here(pair.seen.quantities, name)}
        spelled = spell(form, name)
        known = _KNOWN.get(spelled, "") if sign > 0 else ""
        if known:
            return Words(f"factor.{known}", {**params, "factor": spelled})
        params["factor"] = spelled if sign > 0 else f"-{spelled}"
        # What is a share of the right one is not so many times too large.
        if sign > 0 and (_value((1.0, "{}", name), pair) or 0.0) > 1:
            if form == "{}":
                return Words("factor.large", params)
            if form == "1 / {}":
                return Words("factor.small", {**params, "divisor": spell("{}", name)})
        return Words("factor", params)


def _value(key: Any, pair: Pair) -> float | None:
    if len(key) == 1:
        return float(key[0])
    sign, form, name = key
    value = CONSTANTS.get(name, pair.seen.quantities.get(name))
    return None if value is None else sign * float(form_value(form, value))


def _ratio(pair: Pair) -> float | None:
    got, want = pair.got_numbers, pair.want_numbers
    if got is None or want is None or got.shape != want.shape:
        return None
    usable = np.isfinite(got) & np.isfinite(want) & (want != 0)
    if not usable.any():
        return None
    largest = int(np.argmax(np.where(usable, np.abs(want), -1.0)))
    return float(got.ravel()[largest] / want.ravel()[largest])
