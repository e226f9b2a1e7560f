"""What a slip is: one place of a right formula written differently, and the sentence that says so."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias


@dataclass(frozen=True, eq=False)
class Slip:
    """A node to stand in the place of another.

    `text` is the id of what is said, which never quotes the formula. Smaller ranks are likelier.
    """

    node: ast.AST
    text: str
    rank: float = 0.0
    params: dict[str, Any] = field(default_factory=dict)


#: Finds the slips that can happen at one node.
Finder: TypeAlias = Callable[[ast.AST], Iterator[Slip]]

FINDERS: Final[list[Finder]] = []


def slips(finder: Finder) -> Finder:
    """Register a finder."""
    FINDERS.append(finder)
    return finder


def called(node: ast.AST) -> str:
    """The name of the function that a node calls, without its module; empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def renamed(node: ast.Call, name: str) -> ast.Call:
    """The same call of another function of the same module."""
    function: ast.expr
    if isinstance(node.func, ast.Attribute):
        function = ast.Attribute(node.func.value, name, ast.Load())
    else:
        function = ast.Name(name, ast.Load())
    return ast.Call(function, node.args, node.keywords)


def number(value: float) -> ast.Constant:
    """A number as a node."""
    return ast.Constant(value)
