"""Slips in the order of work: a statement left out, two in the wrong order, a result used too early."""

import ast
from collections.abc import Iterator

from grader.diagnose.slips.slip import Slip, slips

_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr)


@slips
def left_out_or_moved(node: ast.AST) -> Iterator[Slip]:
    """Each simple statement of a body left out, or exchanged with the next one."""
    body = getattr(node, "body", None)
    if not isinstance(node, (ast.FunctionDef, ast.For, ast.While, ast.If)):
        return
    assert isinstance(body, list)
    for i, statement in enumerate(body):
        if not isinstance(statement, _SIMPLE) or _is_text(statement):
            continue
        rest = body[:i] + body[i + 1 :]
        if rest:
            yield Slip(
                _with_body(node, rest),
                "slip.step-missing",
                0.5,
            )
        if i + 1 < len(body) and isinstance(body[i + 1], _SIMPLE):
            moved = [*body[:i], body[i + 1], statement, *body[i + 2 :]]
            yield Slip(
                _with_body(node, moved),
                "slip.steps-exchanged",
                0.4,
            )
    if isinstance(node, ast.For):
        yield Slip(
            _with_body(node, [*body, ast.Break()]),
            "slip.loop-ends-early",
            0.3,
        )


@slips
def accumulated(node: ast.AST) -> Iterator[Slip]:
    """`=` for `+=` and the like."""
    if isinstance(node, ast.AugAssign):
        said = "slip.replaced-not-added"
        yield Slip(ast.Assign([node.target], node.value), said, 0.2)
        if isinstance(node.op, (ast.Add, ast.Sub)):
            other = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
            said = "slip.minus-or-plus"
            yield Slip(ast.AugAssign(node.target, other, node.value), said, 0.0)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _with_body(node: ast.AST, body: list[ast.stmt]) -> ast.AST:
    fields = {name: getattr(node, name, None) for name in node._fields}
    return type(node)(**{**fields, "body": body})
