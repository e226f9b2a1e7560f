"""The result is the right one plus or minus a number that stands in the arguments, or a constant."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.diagnose.evidence import Pair
from grader.diagnose.quantities import CONSTANTS, form_value, here, matching, plain, spell
from grader.diagnose.relation import Key, Relation, Words, relation

_FORMS = ("{}", "({} - 1)", "({} + 1)", "2 * {}", "{} / 2", "1 / {}")


@relation
class Offset(Relation):
    """A key is (sign, form, name), or (constant,)."""

    name = "offset"
    rank = 15.0
    numeric = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """All named numbers that are the distance in this pair, their multiples by a size, or the distance itself."""
        offset = _offset(pair)
        if offset is None or offset == 0:
            return
        yield from matching(_named(pair), _FORMS, offset)
        yield (float(f"{offset:.9g}"),)

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the result lies that far from the right one."""
        if pair.want_numbers is None:
            return False
        if len(key) == 1:
            return pair.explained_by(pair.want_numbers + key[0])
        sign, form, name = key
        value = _named(pair).get(name)
        if value is None:
            return False
        return pair.explained_by(pair.want_numbers + sign * float(form_value(form, value)))

    def prefer(self, keys: list[Any]) -> list[Any]:
        """A number that never changes is no more than that number."""
        fixed = any(len(key) == 1 for key in keys)
        return [key for key in keys if not fixed or len(key) == 1 or key[2] in CONSTANTS]

    def rank_of(self, key: Any) -> float:
        """Parameters and sizes are better than a number out of nowhere."""
        if len(key) == 1:
            return self.rank + (2 if key[0] == round(key[0]) else 4)
        return self.rank + _FORMS.index(key[1]) / 10 + (0 if plain(key[2]) else 1.5)

    def say(self, key: Any, pair: Pair) -> Words:
        """`... minus the right one is b (b = 2 here)`."""
        if len(key) == 1:
            side = "large" if key[0] > 0 else "small"
            return Words(f"offset.{side}", {"part": pair.subject, "offset": abs(key[0])})
        sign, form, name = key
        minus = "-" if sign < 0 else ""
        return Words(
            "offset",
            {
                "part": pair.subject,
                "offset": minus + spell(form, name),
                "here": here(_named(pair), name),
            },
        )


def _named(pair: Pair) -> dict[str, float]:
    """Named numbers, and products of a parameter with a size that is one too large."""
    quantities = pair.seen.quantities
    named = dict(quantities)
    sizes = [name for name in ("n", "d", "k") if name in quantities]
    for name, value in quantities.items():
        if name.isidentifier() and name not in sizes:
            for size in sizes:
                named[f"({size} - 1) * {name}"] = (quantities[size] - 1) * value
                named[f"{size} * {name}"] = quantities[size] * value
    return named


def _offset(pair: Pair) -> float | None:
    got, want = pair.got_numbers, pair.want_numbers
    if got is None or want is None or got.shape != want.shape:
        return None
    with np.errstate(all="ignore"):
        gap = (got - want)[np.isfinite(got) & np.isfinite(want)]
    if not gap.size:
        return None
    middle = float(np.median(gap))
    return middle if bool(np.all(np.abs(gap - middle) <= 1e-2 * abs(middle))) else None
