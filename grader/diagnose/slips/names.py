"""Slips in names: one argument, or one result in between, in place of another."""

import ast
from collections.abc import Iterator, Sequence

from grader.diagnose.slips.slip import Slip


def other_names(node: ast.AST, names: Sequence[str], parameters: Sequence[str]) -> Iterator[Slip]:
    """Each of the function's names in place of one that is read."""
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    if node.id not in names:
        return
    for name in names:
        if name == node.id:
            continue
        known = name in parameters and node.id in parameters
        other = ast.Name(name, ast.Load())
        if known:
            yield Slip(other, "slip.argument", 0.3, {"got": name, "wanted": node.id})
        else:
            yield Slip(other, "slip.other-variable", 0.8)
