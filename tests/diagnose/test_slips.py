"""The ways in which a right formula is miswritten at one place, each with the sentence for it."""

import ast

import pytest

from grader.diagnose.slips.slip import FINDERS
from grader.diagnose.suspects import slipped as _registers  # the finders

__all__ = ["_registers"]


def slips(source: str) -> set[tuple[str, str]]:
    """What may stand in the place of an expression, and what is said of it."""
    node = ast.parse(source, mode="eval").body
    return {
        (ast.unparse(ast.fix_missing_locations(slip.node)), slip.text)
        for finder in FINDERS
        for slip in finder(node)
    }


@pytest.mark.parametrize(
    ("right", "wrong", "text"),
    [
        ("a + b", "a - b", "slip.minus-for-plus"),
        ("a - b", "b - a", "slip.difference-exchanged"),
        ("a * b", "a @ b", "slip.matrix-product"),
        ("a / b", "a // b", "slip.whole-division"),
        ("a // b", "a / b", "slip.remainder-kept"),
        ("a @ b", "a * b", "slip.entrywise-product"),
        ("a @ b", "b @ a", "slip.matrix-product-exchanged"),
        ("a - b", "-b", "slip.term-missing"),
        ("a ** 2", "abs(a)", "slip.absolute-for-square"),
        ("-a", "a", "slip.minus-missing"),
        ("1 + r * t", "(1 + r) ** t", "slip.compound"),
        ("1 + r * t / n", "(1 + r) ** (t / n)", "slip.compound"),
        ("a / (1 + k)", "a * 2.718281828459045 ** (-k)", "slip.exponential"),
        ("np.exp(-k)", "1 / (1 + k)", "slip.hyperbolic"),
        ("3", "4", "slip.off-by-one"),
        ("0.5", "1.0", "slip.twice-or-half"),
        ("np.std(x)", "np.std(x, ddof=1)", "slip.ddof"),
        ("np.sum(x, axis=1)", "np.sum(x, axis=0)", "slip.axis"),
        ("np.sum(x, axis=1, keepdims=True)", "np.sum(x)", "slip.axis-missing"),
        ("np.maximum(x, 0)", "x", "slip.function-missing"),
        ("np.where(c, a, b)", "np.where(c, b, a)", "slip.cases-exchanged"),
        ("sorted(x, reverse=True)", "sorted(x)", "slip.opposite-order"),
        ("a and b", "a or b", "slip.logic"),
        ("a & b", "a", "slip.condition-missing"),
        ("not a", "a", "slip.condition-opposite"),
        ("a if c else b", "b if c else a", "slip.cases-exchanged"),
        ("a < b", "a <= b", "slip.bound"),
        ("a < b", "a > b", "slip.direction"),
        ("range(n)", "range(1, n)", "slip.loop-starts-later"),
        ("range(1, n)", "range(1 + 1, n)", "slip.loop-starts-later"),
    ],
)
def test_a_slip_is_found_with_its_sentence(right: str, wrong: str, text: str) -> None:
    assert (ast.unparse(ast.parse(wrong)), text) in slips(right)


@pytest.mark.parametrize("source", ["True", "'text'", "a < b < c", "f()", "x.attribute"])
def test_what_nobody_miswrites_so_has_no_slip(source: str) -> None:
    assert slips(source) == set()
