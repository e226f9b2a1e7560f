"""The result is a logarithm, an exponential or another known function of the right one."""

from grader.diagnose.evidence import Pair
from grader.diagnose.relation import relation
from grader.diagnose.relations.formula import OfTheRightOne
from grader.diagnose.relations.power import only_zeros_and_ones


@relation
class Transformed(OfTheRightOne):
    """Logarithms, exponentials and what is made of them."""

    name = "transformed"
    rank = 13.5
    numeric = True
    formulas = (
        "log(r)",
        "-log(r)",
        "log2(r)",
        "log10(r)",
        "exp(r)",
        "exp(-r)",
        "log1p(r)",
        "expm1(r)",
        "sigmoid(r)",
        "log(r / (1 - r))",
        "tanh(r)",
        "sigmoid(r) * (1 - sigmoid(r))",
        "r * (1 - r)",
        "1 - r**2",
        "sin(r)",
    )
    text = "transformed"

    def allows(self, pair: Pair) -> bool:
        """Zeros and ones have few images."""
        return not only_zeros_and_ones(pair)


@relation
class Normalised(OfTheRightOne):
    """What is made of an array as a whole."""

    name = "normalised"
    rank = 13.6
    numeric = True
    axes = 1
    formulas = (
        "softmax(r)",
        "r / sum(r)",
        "r / norm(r)",
        "r / max(r)",
        "r - mean(r)",
        "r - mean(r, axis=0)",
        "(r - mean(r, axis=0)) / std(r, axis=0)",
        "r / sum(r, axis=-1, keepdims=True)",
    )
    text = "transformed"

    def allows(self, pair: Pair) -> bool:
        """One number divided by itself says nothing."""
        return pair.want_numbers is not None and pair.want_numbers.size > 2
