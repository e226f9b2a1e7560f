"""The result is a number that stands in the arguments, or an argument times or plus such a number."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from grader.diagnose.evidence import Pair
from grader.diagnose.quantities import form_value, matching, plain, spell
from grader.diagnose.relation import Key, Relation, Words, relation
from grader.diagnose.relations.factor import Factor
from grader.diagnose.relations.offset import Offset
from grader.diagnose.sentences import shown

_FORMS = ("{}", "(1 - {})", "1 / {}", "{} / 2", "2 * {}", "{}**2", "sqrt({})")


@relation
class NamedNumber(Relation):
    """A key is (form, name)."""

    name = "named number"
    rank = 15.7
    numeric = True

    def propose(self, pair: Pair) -> Iterator[Key]:
        """All named numbers that the result is equal to."""
        if pair.got_numbers is None or pair.got_numbers.ndim:
            return
        named = pair.seen.quantities
        for names, forms in (
            ([name for name in named if plain(name)], _FORMS),
            ([name for name in named if not plain(name)], ("{}",)),
        ):
            chosen = {name: named[name] for name in names}
            for sign, form, name in matching(chosen, forms, float(pair.got_numbers)):
                if sign > 0 and self.holds((form, name), pair):
                    yield form, name

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the result is that number."""
        form, name = key
        value = pair.seen.quantities.get(name)
        return value is not None and pair.explained_by(form_value(form, value))

    def rank_of(self, key: Any) -> float:
        """Simple forms are better."""
        return self.rank + _FORMS.index(key[0]) / 10 + (0 if plain(key[1]) else 0.5)

    def say(self, key: Any, pair: Pair) -> Words:
        """`... is 1 - fpr`."""
        return Words("statistic", {"part": pair.subject, "formula": spell(*key)})


@relation
class MadeOfArgument(Relation):
    """A key is (place of the argument, factor or offset, its key)."""

    name = "made of an argument"
    rank = 16.4
    numeric = True

    _RULES = (Factor(), Offset())

    def propose(self, pair: Pair) -> Iterator[Key]:
        """All multiples and shifts of an argument by a named number."""
        if pair.got_numbers is None or not pair.got_numbers.ndim:
            return
        for i, value in enumerate(pair.case.args):
            if isinstance(value, np.ndarray) and value.shape == pair.got_numbers.shape:
                for rule in self._RULES:
                    for key in rule.propose(_beside(pair, i)):
                        yield i, rule.name, key

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the result is that."""
        i, which, inner = key
        if len(pair.case.args) <= i or not isinstance(pair.case.args[i], np.ndarray):
            return False
        return next(rule for rule in self._RULES if rule.name == which).holds(
            inner, _beside(pair, i)
        )

    def say(self, key: Any, pair: Pair) -> Words:
        """`... is p times new_rate/old_rate`."""
        i, which, inner = key
        sign = "-" if inner[0] < 0 else ""
        other = spell(inner[1], inner[2]) if len(inner) == 3 else shown(abs(inner[0]))
        name = pair.bench.parameters[i].name
        if which == "factor":
            said = f"{sign}{other} * {name}"
        else:
            said = f"{name} {sign or '+'} {other}"
        return Words("statistic", {"part": pair.subject, "formula": said})


def _beside(pair: Pair, i: int) -> Pair:
    """The part of the result beside an argument."""
    return replace(pair, want=pair.case.args[i])
