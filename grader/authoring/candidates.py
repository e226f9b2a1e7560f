"""The submissions on which a suite is tried: what must get everything, what nothing, and what lies between."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from grader.course import Assignment
from grader.mistakes import Alternative, Mistake, put_in_place
from grader.suite.reference import sources

Kind: TypeAlias = Literal[
    "reference", "stub", "trivial", "mistake", "alternative", "single precision", "other order"
]


@dataclass(frozen=True)
class Candidate:
    """A submission of which it is known what it deserves."""

    kind: Kind
    name: str
    #: The function in which it differs from the reference; None where it differs in all or in none.
    function: str | None
    files: Mapping[str, bytes]


_TRIVIAL = {
    "returns None": "return None",
    "returns 0": "return 0",
    "returns its first argument": "return (*args, *kwargs.values())[0]",
    "returns zeros of the first argument's shape": (
        "return np.zeros(np.shape((*args, *kwargs.values())[0]))"
    ),
    "raises an error that says everything": (
        'raise ValueError(" ".join([EVERYTHING, *kwargs, *map(str, args), *map(str, kwargs.values())]))'
    ),
}
#: What the messages of errors are asked for, whatever the assignment.
_WORDS = ("shape", "empty", "label", "labels", "NaN")

_SINGLE = """

def _in_single_precision(function):
    import numpy as np

    def narrow(value):
        if isinstance(value, (float, np.floating)):
            return float(np.float32(value))
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return value.astype(np.float32).astype(np.float64)
        if isinstance(value, (list, tuple)):
            return type(value)([narrow(part) for part in value])
        if isinstance(value, dict):
            return {key: narrow(part) for key, part in value.items()}
        return value

    def call(*args, **kwargs):
        with np.errstate(all="ignore"):
            return narrow(function(*args, **kwargs))

    return call

NAME = _in_single_precision(NAME)
"""
_BACKWARDS = """

def _reduced_backwards(reduce, values, *args, **kwargs):
    import numpy as np

    axis = kwargs.get("axis", args[0] if args else None)
    return reduce(np.ascontiguousarray(np.flip(values, axis)), *args, **kwargs)

def _multiplied_backwards(one, other):
    import numpy as np

    one, other = np.asarray(one), np.asarray(other)
    axis = 0 if other.ndim == 1 else -2
    return np.ascontiguousarray(one[..., ::-1]) @ np.ascontiguousarray(np.flip(other, axis))
"""


def reference(assignment: Assignment) -> Candidate:
    """The reference, which must get full marks."""
    return Candidate("reference", "the reference", None, sources(assignment.solution_dir))


def worthless(assignment: Assignment, files: Mapping[str, bytes]) -> list[Candidate]:
    """What must get nothing: the stub as released, and what can be written without thinking."""
    stub = {
        module: (assignment.release_dir / f"{module}.py").read_bytes()
        for module in assignment.manifest.modules
    }
    trees = [ast.parse(source) for source in files.values()]
    names = {node.arg for tree in trees for node in ast.walk(tree) if isinstance(node, ast.arg)}
    everything = repr(" ".join((*_WORDS, *sorted(names))))
    found = [Candidate("stub", "the stub", None, stub)]
    for name, body in _TRIVIAL.items():
        made = {}
        for module in assignment.manifest.modules:
            text = f"import numpy as np\n\nEVERYTHING = {everything}\n"
            for function in assignment.functions:
                if assignment.module_of(function) == module:
                    text += f"\n\ndef {function}(*args, **kwargs):\n    {body}\n"
            made[module] = text.encode()
        found.append(Candidate("trivial", name, None, made))
    return found


def of_variant(
    assignment: Assignment, files: Mapping[str, bytes], variant: Mistake | Alternative
) -> Candidate:
    """The reference with a mistake or an alternative in its place."""
    if isinstance(variant, Mistake):
        name = f"{variant.id} ({variant.name})"
        return Candidate(
            "mistake", name, variant.function, put_in_place(assignment, files, variant)
        )
    return Candidate(
        "alternative", variant.name, variant.function, put_in_place(assignment, files, variant)
    )


def in_single_precision(
    assignment: Assignment, files: Mapping[str, bytes], function: str
) -> Candidate:
    """The reference with the results of one function rounded to float32, the least that single precision costs."""
    module = assignment.module_of(function)
    added = _SINGLE.replace("NAME", function).encode()
    return Candidate(
        "single precision", "in float32", function, {**files, module: files[module] + added}
    )


def in_other_order(
    assignment: Assignment, files: Mapping[str, bytes], function: str
) -> Candidate | None:
    """The reference with one function's sums, means and products added up backwards; None where it has none."""
    module = assignment.module_of(function)
    tree = ast.parse(files[module])
    reverse = _Reverse()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            reverse.visit(node)
    if not reverse.count:
        return None
    text = ast.unparse(ast.fix_missing_locations(tree)) + _BACKWARDS
    return Candidate(
        "other order", "added up backwards", function, {**files, module: text.encode()}
    )


class _Reverse(ast.NodeTransformer):
    """Exchanges what adds up for the same backwards."""

    def __init__(self) -> None:
        self.count = 0

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.MatMult):
            return node
        return self._call("_multiplied_backwards", [node.left, node.right], [])

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.func, ast.Attribute):
            return node
        name, owner = node.func.attr, node.func.value
        of_numpy = isinstance(owner, ast.Name) and owner.id == "np"
        if name in ("sum", "mean") and of_numpy and node.args:
            return self._call("_reduced_backwards", [node.func, *node.args], node.keywords)
        if name in ("sum", "mean") and not of_numpy:
            reduce = ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load())
            return self._call("_reduced_backwards", [reduce, owner, *node.args], node.keywords)
        if name in ("dot", "matmul") and of_numpy and len(node.args) == 2:
            return self._call("_multiplied_backwards", node.args, [])
        return node

    def _call(self, name: str, args: list[ast.expr], keywords: list[ast.keyword]) -> ast.Call:
        self.count += 1
        return ast.Call(ast.Name(name, ast.Load()), args, keywords)


def dependents(files: Mapping[str, bytes], assignment: Assignment) -> dict[str, tuple[str, ...]]:
    """For each top-level function of the reference: the graded functions whose results it may change, itself first."""
    reach: dict[str, set[str]] = {}
    for source in files.values():
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                reach[node.name] = {
                    part.id for part in ast.walk(node) if isinstance(part, ast.Name)
                }
    for name in assignment.functions:
        reach.setdefault(name, set()).update(assignment.functions[name].uses)
    return {
        name: tuple(
            sorted(
                (graded for graded in assignment.functions if name in _closure(graded, reach)),
                key=lambda graded: graded != name,
            )
        )
        for name in reach
    }


def _closure(start: str, reach: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        name = ahead.pop()
        if name in reach and name not in found:
            found.add(name)
            ahead += reach[name]
    return found
