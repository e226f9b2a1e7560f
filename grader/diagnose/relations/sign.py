"""The result has the opposite sign."""

from grader.diagnose.relation import relation
from grader.diagnose.relations.formula import OfTheRightOne


@relation
class Sign(OfTheRightOne):
    """Minus the right one."""

    name = "sign"
    rank = 11.0
    numeric = True
    formulas = ("-r",)
    text = "sign"
