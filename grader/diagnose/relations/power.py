"""The result is a power or a root of the right one."""

from grader.diagnose.evidence import Pair
from grader.diagnose.relation import relation
from grader.diagnose.relations.formula import OfTheRightOne


@relation
class Power(OfTheRightOne):
    """Squares, roots and reciprocals."""

    name = "power"
    rank = 13.0
    numeric = True
    formulas = ("r**2", "sqrt(r)", "r**3", "1 / r", "1 / r**2", "r**4")
    text = "power"

    def allows(self, pair: Pair) -> bool:
        """Zeros and ones are their own squares."""
        return not only_zeros_and_ones(pair)


def only_zeros_and_ones(pair: Pair) -> bool:
    """Whether the right numbers are truth values, of which most functions are the same."""
    want = pair.want_numbers
    return want is None or bool(((want == 0) | (want == 1)).all())
