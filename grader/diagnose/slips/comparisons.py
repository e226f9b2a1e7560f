"""Slips in conditions: the other side of a bound, and for or, a case that is never told apart."""

import ast
from collections.abc import Iterator

from grader.diagnose.slips.slip import Slip, slips

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_OTHERS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
    ast.GtE: (ast.Gt, ast.LtE, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.GtE, ast.Gt),
    ast.Eq: (ast.NotEq, ast.GtE, ast.LtE),
    ast.NotEq: (ast.Eq, ast.Gt, ast.Lt),
}


@slips
def other_comparison(node: ast.AST) -> Iterator[Slip]:
    """Another comparison."""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return
    sign = type(node.ops[0])
    for other in _OTHERS.get(sign, ()):
        bound = {_SIGNS[sign].rstrip("="), _SIGNS[other].rstrip("=")}
        text = "slip.bound" if len(bound) == 1 else "slip.direction"
        yield Slip(
            ast.Compare(node.left, [other()], node.comparators),
            text,
            0.0 if len(bound) == 1 else 0.3,
            {"got": _SIGNS[other], "wanted": _SIGNS[sign]},
        )


@slips
def other_logic(node: ast.AST) -> Iterator[Slip]:
    """And for or, a condition left out or negated, one branch always taken."""
    if isinstance(node, ast.BoolOp):
        both = isinstance(node.op, ast.And)
        other = ast.Or() if both else ast.And()
        got, wanted = ("or", "and") if both else ("and", "or")
        params = {"got": got, "wanted": wanted}
        yield Slip(ast.BoolOp(other, node.values), "slip.logic", 0.0, params)
        for i in range(len(node.values)):
            rest = node.values[:i] + node.values[i + 1 :]
            kept = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            yield Slip(kept, "slip.condition-missing", 0.1)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        both = isinstance(node.op, ast.BitAnd)
        swapped = ast.BitOr() if both else ast.BitAnd()
        got, wanted = ("|", "&") if both else ("&", "|")
        params = {"got": got, "wanted": wanted}
        yield Slip(ast.BinOp(node.left, swapped, node.right), "slip.logic", 0.0, params)
        yield Slip(node.left, "slip.condition-missing", 0.1)
        yield Slip(node.right, "slip.condition-missing", 0.1)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        yield Slip(node.operand, "slip.condition-opposite", 0.1)
    elif isinstance(node, ast.IfExp):
        yield Slip(node.body, "slip.case-missing", 0.3)
        yield Slip(node.orelse, "slip.case-missing", 0.3)
        exchanged = ast.IfExp(node.test, node.orelse, node.body)
        yield Slip(exchanged, "slip.cases-exchanged", 0.1)
    elif isinstance(node, ast.If):
        never = ast.If(ast.Constant(False), node.body, node.orelse)
        yield Slip(never, "slip.case-missing", 0.3)
        always = ast.If(ast.Constant(True), node.body, node.orelse)
        yield Slip(always, "slip.case-missing", 0.4)
