"""Slips in sums, products and powers: the wrong operation, or one that is left out."""

import ast
import math
from collections.abc import Iterator

from grader.diagnose.slips.slip import Slip, called, number, slips


@slips
def wrong_operation(node: ast.AST) -> Iterator[Slip]:
    """Plus for minus, times for division, and the reverse; the sides of a difference or a quotient exchanged."""
    if not isinstance(node, ast.BinOp):
        return
    left, op, right = node.left, node.op, node.right
    if isinstance(op, ast.Add):
        yield Slip(ast.BinOp(left, ast.Sub(), right), "slip.minus-for-plus")
        yield Slip(ast.BinOp(right, ast.Sub(), left), "slip.minus-for-plus", 0.4)
        yield Slip(ast.BinOp(left, ast.Mult(), right), "slip.product-for-sum", 0.2)
    elif isinstance(op, ast.Sub):
        yield Slip(ast.BinOp(left, ast.Add(), right), "slip.plus-for-minus")
        said = "slip.difference-exchanged"
        yield Slip(ast.BinOp(right, ast.Sub(), left), said, 0.1)
        said = "slip.quotient-for-difference"
        yield Slip(ast.BinOp(left, ast.Div(), right), said, 0.5)
    elif isinstance(op, ast.Mult):
        yield Slip(ast.BinOp(left, ast.Div(), right), "slip.division-for-product")
        yield Slip(ast.BinOp(left, ast.Add(), right), "slip.sum-for-product", 0.3)
        said = "slip.matrix-product"
        yield Slip(ast.BinOp(left, ast.MatMult(), right), said, 0.5)
    elif isinstance(op, ast.Div):
        said = "slip.product-for-division"
        yield Slip(ast.BinOp(left, ast.Mult(), right), said)
        said = "slip.division-exchanged"
        yield Slip(ast.BinOp(right, ast.Div(), left), said, 0.2)
        said = "slip.whole-division"
        yield Slip(ast.BinOp(left, ast.FloorDiv(), right), said, 0.1)
    elif isinstance(op, ast.FloorDiv):
        said = "slip.remainder-kept"
        yield Slip(ast.BinOp(left, ast.Div(), right), said)
    elif isinstance(op, ast.MatMult):
        said = "slip.entrywise-product"
        yield Slip(ast.BinOp(left, ast.Mult(), right), said)
        said = "slip.matrix-product-exchanged"
        yield Slip(ast.BinOp(right, ast.MatMult(), left), said, 0.2)


@slips
def left_out(node: ast.AST) -> Iterator[Slip]:
    """A term, a factor, a divisor, a square or a minus that is missing; a power that is another one."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield Slip(node.operand, "slip.minus-missing")
    if not isinstance(node, ast.BinOp):
        return
    if isinstance(node.op, (ast.Add, ast.Sub)):
        yield Slip(node.left, "slip.term-missing", 0.1)
        right = node.right
        if isinstance(node.op, ast.Sub):
            right = ast.UnaryOp(ast.USub(), right)
            yield Slip(node.right, "slip.term-missing", 0.4)
        yield Slip(right, "slip.term-missing", 0.1)
    elif isinstance(node.op, (ast.Mult, ast.MatMult)):
        yield Slip(node.left, "slip.factor-missing", 0.1)
        yield Slip(node.right, "slip.factor-missing", 0.1)
    elif isinstance(node.op, (ast.Div, ast.FloorDiv)):
        yield Slip(node.left, "slip.division-missing", 0.1)
        yield Slip(node.right, "slip.divisor-alone", 0.6)
    elif isinstance(node.op, ast.Pow):
        yield Slip(node.left, "slip.power-missing")
        if isinstance(node.right, ast.Constant) and node.right.value == 2:
            for power in (3, 4, 0.5):
                other = ast.BinOp(node.left, ast.Pow(), number(power))
                yield Slip(other, "slip.power-other", 0.4, {"power": power})
            absolute = ast.Call(ast.Name("abs", ast.Load()), [node.left], [])
            said = "slip.absolute-for-square"
            yield Slip(absolute, said, 0.1)


@slips
def another_growth(node: ast.AST) -> Iterator[Slip]:
    """An exponential for a division by 1 + x, and the reverse; compound growth for growth by the same amount."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _one_plus(node.right):
        assert isinstance(node.right, ast.BinOp)
        minus = ast.UnaryOp(ast.USub(), node.right.right)
        power = ast.BinOp(number(math.e), ast.Pow(), minus)
        yield Slip(ast.BinOp(node.left, ast.Mult(), power), "slip.exponential", 0.3)
    elif isinstance(node, ast.BinOp) and _one_plus(node) and isinstance(node.right, ast.BinOp):
        inner = node.right
        if isinstance(inner.op, ast.Mult):
            for left, right in ((inner.left, inner.right), (inner.right, inner.left)):
                power = ast.BinOp(ast.BinOp(node.left, ast.Add(), left), ast.Pow(), right)
                yield Slip(power, "slip.compound", 0.4)
        elif isinstance(inner.op, ast.Div) and isinstance(inner.left, ast.BinOp):
            product = inner.left
            share = ast.BinOp(product.right, ast.Div(), inner.right)
            base = ast.BinOp(node.left, ast.Add(), product.left)
            yield Slip(ast.BinOp(base, ast.Pow(), share), "slip.compound", 0.4)
    elif called(node) == "exp" and isinstance(node, ast.Call) and len(node.args) == 1:
        inside = node.args[0]
        if isinstance(inside, ast.UnaryOp) and isinstance(inside.op, ast.USub):
            below = ast.BinOp(number(1), ast.Add(), inside.operand)
            yield Slip(ast.BinOp(number(1), ast.Div(), below), "slip.hyperbolic", 0.3)


def _one_plus(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add)
        and isinstance(node.left, ast.Constant)
        and node.left.value == 1
    )


@slips
def another_number(node: ast.AST) -> Iterator[Slip]:
    """A number of the formula that is one more, one less, twice, half or its opposite."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, (int, float)):
        return
    if isinstance(node.value, bool):
        return
    value: float = node.value
    if type(value) is int:
        for shifted in (value + 1, value - 1):
            if abs(value) <= 2:
                yield _number(shifted, value, 0.2)
            else:
                yield Slip(number(shifted), "slip.off-by-one", 0.2)
    if value not in (0, 1):
        said = "slip.twice-or-half"
        yield Slip(number(value * 2), said, 0.4)
        yield Slip(number(value / 2), said, 0.4)
    for other in (0.5, 0.0, 1.0, -1.0):
        if other != value:
            yield _number(other, value, 0.5)


def _number(got: float, wanted: float, rank: float) -> Slip:
    return Slip(number(got), "slip.number", rank, {"got": f"{got:g}", "wanted": f"{wanted:g}"})
