"""The ways in which a right formula is miswritten at one place, each with the sentence for it."""

import ast

import pytest

from grader.diagnose.slips.names import other_names
from grader.diagnose.slips.slip import FINDERS
from grader.diagnose.suspects import slipped as _registers  # the finders

__all__ = ["_registers"]


def slips(source: str) -> set[tuple[str, str]]:
    """What may stand in the place of an expression or a statement, and what is said of it."""
    (statement,) = ast.parse(source).body
    node = statement.value if isinstance(statement, ast.Expr) else statement
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
        ("range(n)", "range(n + 1)", "slip.loop-longer"),
        ("np.arange(1, n, 2)", "np.arange(1, n + -1, 2)", "slip.loop-shorter"),
        ("w.T", "w", "slip.transpose-missing"),
        ("X", "X.T", "slip.transpose-extra"),
        ("x[1:]", "x", "slip.slice-missing"),
        ("x[1:]", "x[:]", "slip.slice-off"),
        ("x[1:]", "x[1:-1]", "slip.slice-off"),
        ("x[1:]", "x[1 + 1:]", "slip.slice-off"),
        ("x[:n]", "x[1:n]", "slip.slice-off"),
        ("x[:n]", "x[:n - 1]", "slip.slice-off"),
        ("x[::2]", "x[1::2]", "slip.slice-off"),
        ("X[i, j]", "X[j, i]", "slip.row-and-column"),
        ("X[i, j]", "X[:, j]", "slip.whole-column"),
        ("X[i, j]", "X[i, :]", "slip.whole-row"),
        ("x[i]", "x[i + 1]", "slip.next-entry"),
        ("x[i]", "x[i + -1]", "slip.entry-before"),
        ("f(a, b)", "f(b, a)", "slip.call-exchanged"),
        ("(a, b)", "(b, a)", "slip.pair-exchanged"),
        ("np.mean(x)", "np.median(x)", "slip.function"),
        ("x.copy()", "x", "slip.function-missing"),
        ("np.sum(x)", "np.sum(x, axis=0)", "slip.axis-extra"),
        ("np.zeros(n, dtype=int)", "np.zeros(n)", "slip.option-missing"),
        ("total += x", "total = x", "slip.replaced-not-added"),
        ("total += x", "total -= x", "slip.minus-or-plus"),
        ("if c:\n    f()", "if True:\n    f()", "slip.case-missing"),
        ("if c:\n    f()", "if False:\n    f()", "slip.case-missing"),
        ("for x in y:\n    a = x\n    b = a", "for x in y:\n    b = a", "slip.step-missing"),
        (
            "for x in y:\n    a = x\n    b = a",
            "for x in y:\n    b = a\n    a = x",
            "slip.steps-exchanged",
        ),
        ("for x in y:\n    f(x)", "for x in y:\n    f(x)\n    break", "slip.loop-ends-early"),
    ],
)
def test_a_slip_is_found_with_its_sentence(right: str, wrong: str, text: str) -> None:
    assert (ast.unparse(ast.parse(wrong)), text) in slips(right)


def test_a_docstring_is_no_step_that_can_be_missing() -> None:
    function = "def f(x):\n    'What it does.'\n    y = x\n    return y"
    left = {source for source, text in slips(function) if text == "slip.step-missing"}
    assert left == {'def f(x):\n    """What it does."""\n    return y'}


def test_another_name_is_taken_for_one_of_the_function() -> None:
    node = ast.parse("x", mode="eval").body
    found = {
        (ast.unparse(slip.node), slip.text)
        for slip in other_names(node, ["x", "y", "total"], ["x", "y"])
    }
    assert found == {("y", "slip.argument"), ("total", "slip.other-variable")}
    assert list(other_names(ast.parse("numpy", mode="eval").body, ["x"], ["x"])) == []


@pytest.mark.parametrize("source", ["True", "'text'", "a < b < c", "f()", "x.attribute"])
def test_what_nobody_miswrites_so_has_no_slip(source: str) -> None:
    assert slips(source) == set()
