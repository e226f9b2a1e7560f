"""Slips in indices, slices and ranges: one place off, the transpose, an end left out."""

import ast
from collections.abc import Iterator

from grader.diagnose.slips.slip import Slip, called, number, slips


@slips
def another_place(node: ast.AST) -> Iterator[Slip]:
    """The next entry, the one before, the whole instead of a part, rows for columns."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield Slip(node.value, "slip.transpose-missing")
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id.isupper():
        said = "slip.transpose-extra"
        yield Slip(ast.Attribute(node, "T", ast.Load()), said, 0.5)
    if not isinstance(node, ast.Subscript) or not isinstance(node.ctx, ast.Load):
        return
    index = node.slice
    if isinstance(index, ast.Slice):
        yield Slip(node.value, "slip.slice-missing", 0.1)
        for lower, upper in _shifted(index):
            moved = ast.Subscript(node.value, ast.Slice(lower, upper, index.step), ast.Load())
            yield Slip(moved, "slip.slice-off", 0.1)
    elif isinstance(index, ast.Tuple) and len(index.elts) == 2:
        moved = ast.Subscript(node.value, ast.Tuple(index.elts[::-1], ast.Load()), ast.Load())
        yield Slip(moved, "slip.row-and-column", 0.05)
        for i, other in ((0, "column"), (1, "row")):
            whole: list[ast.expr] = list(index.elts)
            whole[i] = ast.Slice(None, None, None)
            picked = ast.Subscript(node.value, ast.Tuple(whole, ast.Load()), ast.Load())
            yield Slip(picked, f"slip.whole-{other}", 0.3)
    elif isinstance(index, (ast.Name, ast.BinOp, ast.Constant)):
        for shift in (1, -1):
            place = ast.BinOp(index, ast.Add(), number(shift))
            said = "slip.next-entry"
            if shift < 0:
                said = "slip.entry-before"
            yield Slip(ast.Subscript(node.value, place, ast.Load()), said, 0.2)


def _shifted(index: ast.Slice) -> Iterator[tuple[ast.expr | None, ast.expr | None]]:
    lower, upper = index.lower, index.upper
    if lower is not None:
        yield None, upper
        yield ast.BinOp(lower, ast.Add(), number(1)), upper
        yield ast.BinOp(lower, ast.Sub(), number(1)), upper
    else:
        yield number(1), upper
    if upper is not None:
        yield lower, None
        yield lower, ast.BinOp(upper, ast.Add(), number(1))
        yield lower, ast.BinOp(upper, ast.Sub(), number(1))
    else:
        yield lower, number(-1)


@slips
def another_range(node: ast.AST) -> Iterator[Slip]:
    """A loop that makes one turn more or less, or begins one later."""
    if called(node) not in ("range", "arange") or not isinstance(node, ast.Call) or not node.args:
        return
    end = len(node.args) - 1 if len(node.args) < 3 else 1
    for shift, said in ((-1, "slip.loop-shorter"), (1, "slip.loop-longer")):
        args = list(node.args)
        args[end] = ast.BinOp(args[end], ast.Add(), number(shift))
        yield Slip(ast.Call(node.func, args, node.keywords), said, 0.1)
    start: list[ast.expr] = (
        [number(1), *node.args]
        if len(node.args) == 1
        else [
            ast.BinOp(node.args[0], ast.Add(), number(1)),
            *node.args[1:],
        ]
    )
    moved = ast.Call(node.func, start, node.keywords)
    yield Slip(moved, "slip.loop-starts-later", 0.2)
