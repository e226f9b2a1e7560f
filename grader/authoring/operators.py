"""The faults that can be put in place of one node of a syntax tree."""

import ast
from collections.abc import Iterator
from functools import singledispatch

_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
}
_ORDERED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
#: The neighbour at the boundary, and the opposite.
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_PAIRS = (
    "sum mean",
    "max min",
    "maximum minimum",
    "argmax argmin",
    "any all",
    "floor ceil",
    "ones zeros",
    "ones_like zeros_like",
    "cumsum cumprod",
    "log exp",
    "log1p log",
    "expm1 exp",
    "square sqrt",
    "median mean",
    "var std",
    "hstack vstack",
    "sin cos",
    "tanh sin",
)
_NAMES: dict[str, str] = {}
for _pair in _PAIRS:
    _one, _other = _pair.split()
    _NAMES.setdefault(_one, _other)
    _NAMES.setdefault(_other, _one)
#: Calls whose first two arguments may change places.
_SYMMETRIC = frozenset(
    ("maximum", "minimum", "max", "min", "logaddexp", "hypot", "array_equal", "isclose", "allclose")
)
#: Calls that only choose the type of a number; both types are right by the conventions.
_CASTS = frozenset(("float", "int", "bool", "float64"))


def replacements(node: ast.AST, parent: ast.AST, *, passed: bool) -> Iterator[ast.AST]:
    """The nodes that may stand in place of `node`, each one fault; `passed` tells that it is passed to a call."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if not passed and not isinstance(parent, ast.Expr):
            yield ast.Constant(f"{node.value}?")
    elif isinstance(parent, ast.AugAssign) and isinstance(node, ast.operator):
        yield from (other() for other in [_BINARY.get(type(node))] if other is not None)
    elif _sign_is_lost(parent) and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        yield ast.BinOp(node.left, ast.Add(), node.right)
    elif not isinstance(parent, ast.Expr | ast.withitem):
        yield from _faults(node)
    elif isinstance(node, ast.Call):
        # What it returns does not matter, or cannot be exchanged; without arguments it does nothing.
        yield from (
            call for call in _other_arguments(node) if call.keywords or len(node.keywords) != 1
        )
    condition = isinstance(parent, ast.If | ast.While | ast.IfExp) and node is parent.test
    if condition and not isinstance(node, ast.Compare | ast.UnaryOp):
        assert isinstance(node, ast.expr)
        yield ast.UnaryOp(ast.Not(), node)
    if isinstance(parent, ast.Return) and not isinstance(node, ast.Constant):
        yield ast.Constant(None)


def _sign_is_lost(parent: ast.AST) -> bool:
    """Whether it gives the same for a - b and b - a."""
    if isinstance(parent, ast.Call):
        return _called(parent) in ("abs", "square")
    if not isinstance(parent, ast.BinOp) or not isinstance(parent.op, ast.Pow):
        return False
    return isinstance(parent.right, ast.Constant) and parent.right.value == 2


@singledispatch
def _faults(_: ast.AST) -> Iterator[ast.AST]:
    yield from ()


@_faults.register
def _binary(node: ast.BinOp) -> Iterator[ast.AST]:
    other = _BINARY.get(type(node.op))
    if other is not None:
        yield ast.BinOp(node.left, other(), node.right)
    if isinstance(node.op, _ORDERED):
        yield ast.BinOp(node.right, node.op, node.left)


@_faults.register
def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


@_faults.register
def _comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for place, operator in enumerate(node.ops):
        for other in _COMPARISONS[type(operator)]:
            yield ast.Compare(
                node.left, [*node.ops[:place], other(), *node.ops[place + 1 :]], node.comparators
            )


@_faults.register
def _boolean(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    if len(node.values) > 2:
        for place in range(len(node.values)):
            yield ast.BoolOp(node.op, [*node.values[:place], *node.values[place + 1 :]])
    else:
        yield from node.values


@_faults.register
def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1) if value else ast.UnaryOp(ast.USub(), ast.Constant(1))
    elif isinstance(value, float):
        yield ast.Constant(value * 2 if value else 1.0)
        if value not in (0.0, float("inf")):
            yield ast.Constant(value / 2)


@_faults.register
def _call(node: ast.Call) -> Iterator[ast.AST]:
    yield from _other_arguments(node)
    name, args = _called(node), node.args
    if name in _CASTS:
        return
    if name == "range" and args:
        place = 0 if len(args) == 1 else 1
        shorter = ast.BinOp(args[place], ast.Sub(), ast.Constant(1))
        yield ast.Call(node.func, [*args[:place], shorter, *args[place + 1 :]], node.keywords)
    elif isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
        yield node.func.value
    elif args and not isinstance(args[0], ast.Starred | ast.GeneratorExp):
        yield args[0]


def _other_arguments(node: ast.Call) -> Iterator[ast.Call]:
    name, args = _called(node), node.args
    if name not in _SYMMETRIC:
        for place in range(len(args) - 1):
            swapped = [*args[:place], args[place + 1], args[place], *args[place + 2 :]]
            yield ast.Call(node.func, swapped, node.keywords)
    for place, keyword in enumerate(node.keywords):
        flag = isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)
        # Flags are turned, which is the same for those that are off unless they are given.
        if not flag and not is_guard(node, keyword):
            kept = [*node.keywords[:place], *node.keywords[place + 1 :]]
            yield ast.Call(node.func, args, kept)


def is_guard(call: ast.AST, keyword: ast.AST) -> bool:
    """Whether a keyword can change nothing but what happens after a mistake elsewhere."""
    if not isinstance(call, ast.Call) or not isinstance(keyword, ast.keyword):
        return False
    return (_called(call), keyword.arg) == ("zip", "strict")


def _is_module(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "math", "itertools")


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


@_faults.register
def _attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    other = _NAMES.get(node.attr)
    if other is not None:
        yield ast.Attribute(node.value, other, node.ctx)
    if node.attr == "T":
        yield node.value


@_faults.register
def _name(node: ast.Name) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load) and node.id in ("max", "min", "any", "all"):
        yield ast.Name(_NAMES[node.id], node.ctx)


@_faults.register
def _slice(node: ast.Slice) -> Iterator[ast.AST]:
    if node.lower is not None:
        yield ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield ast.Slice(node.lower, None, node.step)
    if node.step is not None:
        yield ast.Slice(node.lower, node.upper, None)


@_faults.register
def _conditional(node: ast.IfExp) -> Iterator[ast.AST]:
    yield ast.IfExp(node.test, node.orelse, node.body)


@_faults.register
def _tuple(node: ast.Tuple) -> Iterator[ast.AST]:
    words = all(
        isinstance(part, ast.Constant) and isinstance(part.value, str) for part in node.elts
    )
    if isinstance(node.ctx, ast.Load) and len(node.elts) == 2 and not words:
        yield ast.Tuple([node.elts[1], node.elts[0]], node.ctx)


@_faults.register
def _comprehension(node: ast.comprehension) -> Iterator[ast.AST]:
    for place in range(len(node.ifs)):
        kept = [*node.ifs[:place], *node.ifs[place + 1 :]]
        yield ast.comprehension(node.target, node.iter, kept, node.is_async)
