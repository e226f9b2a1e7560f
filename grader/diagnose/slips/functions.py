"""Slips in calls: another function of the same family, one left out, another axis, other arguments."""

import ast
from collections.abc import Iterator
from itertools import combinations

from grader.diagnose.slips.slip import Slip, called, renamed, slips

_FAMILIES = (
    ("sum", "mean", "median", "max", "min", "prod", "std", "var", "cumsum"),
    ("nansum", "nanmean"),
    ("argmax", "argmin"),
    ("maximum", "minimum", "add"),
    ("any", "all"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("log", "log2", "log10", "log1p"),
    ("exp", "expm1", "exp2"),
    ("sin", "cos", "tan", "tanh"),
    ("tanh", "arctan", "sinh"),
    ("floor", "ceil", "round", "rint", "trunc"),
    ("sigmoid", "tanh"),
    ("unique", "sort"),
    ("sorted", "list"),
    ("argsort", "sort"),
    ("permutation", "arange"),
    ("sqrt", "square", "cbrt"),
    ("abs", "square", "sign"),
    ("greater", "greater_equal"),
    ("less", "less_equal"),
    ("logical_and", "logical_or", "logical_xor"),
    ("product", "zip"),
    ("normal", "uniform", "standard_normal"),
)
#: Functions of one argument whose result looks like the argument.
_UNARY = frozenset(
    [
        "abs",
        "sqrt",
        "square",
        "exp",
        "log",
        "log1p",
        "log2",
        "log10",
        "expm1",
        "tanh",
        "sigmoid",
        "softmax",
        "sort",
        "sorted",
        "reversed",
        "negative",
        "sin",
        "cos",
        "cumsum",
        "cumprod",
        "diff",
        "transpose",
        "ravel",
        "copy",
        "round",
        "rint",
        "floor",
        "ceil",
        "sign",
        "float",
        "int",
        "flip",
        "unique",
        "nan_to_num",
        "activation",
        "activation_derivative",
    ]
)


@slips
def another_function(node: ast.AST) -> Iterator[Slip]:
    """A mean for a sum, a maximum for a minimum, another base."""
    name = called(node)
    if not name or not isinstance(node, ast.Call):
        return
    for family in _FAMILIES:
        if name in family:
            for other in family:
                if other != name:
                    params = {"got": other, "wanted": name}
                    yield Slip(renamed(node, other), "slip.function", 0.1, params)


@slips
def function_left_out(node: ast.AST) -> Iterator[Slip]:
    """No root, no absolute value, no logarithm."""
    name = called(node)
    if not isinstance(node, ast.Call):
        return
    if name in _UNARY and len(node.args) == 1:
        yield Slip(node.args[0], "slip.function-missing", 0.05, {"name": name})
    elif name in _UNARY and not node.args and isinstance(node.func, ast.Attribute):
        yield Slip(node.func.value, "slip.function-missing", 0.05, {"name": name})
    elif name in ("maximum", "minimum", "where", "clip") and len(node.args) >= 2:
        for argument in node.args[-2:] if name == "where" else node.args[:2]:
            text = "slip.case-missing" if name == "where" else "slip.function-missing"
            yield Slip(argument, text, 0.2, {} if name == "where" else {"name": name})
    if name == "where" and len(node.args) == 3:
        test, one, other = node.args
        exchanged = ast.Call(node.func, [test, other, one], [])
        yield Slip(exchanged, "slip.cases-exchanged", 0.1)


@slips
def another_axis(node: ast.AST) -> Iterator[Slip]:
    """Rows for columns, or all at once; an axis that is not kept; ddof."""
    if not isinstance(node, ast.Call):
        return
    for i, keyword in enumerate(node.keywords):
        others = [*node.keywords[:i], *node.keywords[i + 1 :]]
        if keyword.arg == "axis":
            without = [other for other in others if other.arg != "keepdims"]
            yield Slip(_with(node, without), "slip.axis-missing")
            for axis in (0, 1):
                changed = [*others, ast.keyword("axis", ast.Constant(axis))]
                yield Slip(_with(node, changed), "slip.axis", 0.05, {"axis": axis})
        elif keyword.arg in ("keepdims", "initial", "dtype", "kind", "side", "return_counts"):
            yield Slip(_with(node, others), "slip.option-missing", 0.2, {"name": keyword.arg})
        elif keyword.arg == "reverse":
            yield Slip(_with(node, others), "slip.opposite-order", 0.1)
    if called(node) in ("sum", "mean", "std", "var", "max", "argmax", "median") and not any(
        keyword.arg == "axis" for keyword in node.keywords
    ):
        for axis in (0, 1):
            changed = [*node.keywords, ast.keyword("axis", ast.Constant(axis))]
            yield Slip(_with(node, changed), "slip.axis-extra", 0.2, {"axis": axis})
    if called(node) in ("std", "var"):
        changed = [*node.keywords, ast.keyword("ddof", ast.Constant(1))]
        said = "slip.ddof"
        yield Slip(_with(node, changed), said)


def _with(node: ast.Call, keywords: list[ast.keyword]) -> ast.Call:
    return ast.Call(node.func, node.args, keywords)


@slips
def exchanged_arguments(node: ast.AST) -> Iterator[Slip]:
    """Two arguments of a call, or two values that are returned, exchanged."""
    if isinstance(node, ast.Call) and 2 <= len(node.args) <= 4:
        for i, j in combinations(range(len(node.args)), 2):
            moved = list(node.args)
            moved[i], moved[j] = moved[j], moved[i]
            yield Slip(
                ast.Call(node.func, moved, node.keywords),
                "slip.call-exchanged",
                0.3,
            )
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and 2 <= len(node.elts) <= 4:
        for i, j in combinations(range(len(node.elts)), 2):
            moved = list(node.elts)
            moved[i], moved[j] = moved[j], moved[i]
            said = "slip.pair-exchanged"
            yield Slip(ast.Tuple(moved, ast.Load()), said, 0.3)
