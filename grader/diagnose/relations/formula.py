"""What the rules share that say: the result is this formula of the right one."""

from collections.abc import Iterator
from typing import Any, ClassVar

from grader.diagnose.evidence import Pair
from grader.diagnose.formulas import formula
from grader.diagnose.relation import Key, Relation, Words


class OfTheRightOne(Relation):
    """A key is a formula of r, the right result."""

    formulas: ClassVar[tuple[str, ...]]
    text: ClassVar[str]
    #: The least number of axes that a formula makes sense for.
    axes: ClassVar[int] = 0

    def propose(self, pair: Pair) -> Iterator[Key]:
        """All formulas that fit."""
        for text in self.formulas:
            if self.holds(text, pair):
                yield text

    def holds(self, key: Any, pair: Pair) -> bool:
        """Whether the result is this formula of the right one."""
        want = pair.want_numbers
        if want is None or not want.size or want.ndim < self.axes or not self.allows(pair):
            return False
        return pair.explained_by(formula(key, "r")(want))

    def allows(self, pair: Pair) -> bool:
        """Whether such formulas say something of this pair."""
        return True

    def say(self, key: Any, pair: Pair) -> Words:
        """The formula."""
        return Words(self.text, {"part": pair.subject, "formula": key})
