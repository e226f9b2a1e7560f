"""The result holds the right numbers in another place: transposed, reversed, moved along, sorted."""

from grader.diagnose.relation import relation
from grader.diagnose.relations.formula import OfTheRightOne


@relation
class Transposed(OfTheRightOne):
    """Rows for columns."""

    name = "transposed"
    rank = 11.0
    of_random = True
    axes = 2
    formulas = ("r.T",)
    text = "transposed"


@relation
class Moved(OfTheRightOne):
    """Another order of the entries, or each combined with those before it."""

    name = "moved"
    rank = 12.0
    axes = 1
    formulas = (
        "r[::-1]",
        "roll(r, -1, axis=0)",
        "roll(r, 1, axis=0)",
        "sort(r, axis=0)",
        "sort(r, axis=0)[::-1]",
        "maximum.accumulate(r)",
        "maximum.accumulate(r[::-1])[::-1]",
        "minimum.accumulate(r)",
        "cumsum(r, axis=0)",
        "argsort(r, axis=0)",
    )
    text = "reordered.formula"


@relation
class MovedInTable(OfTheRightOne):
    """The same for tables."""

    name = "moved in a table"
    rank = 12.0
    axes = 2
    formulas = (
        "r[:, ::-1]",
        "r[::-1, ::-1]",
        "r[::-1, ::-1].T",
        "sort(r, axis=1)",
        'r.ravel(order="F").reshape(r.shape)',
    )
    text = "reordered.formula"
