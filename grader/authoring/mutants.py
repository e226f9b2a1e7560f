"""Small faults put into a reference, one at a time: a suite that catches them all leaves wrong submissions little room.

Own code, because the libraries there are (mutmut, cosmic-ray) run a project's tests in processes of their own making
and know nothing of keyword arguments, slices or numpy's names, where numerical mistakes live.

What is left alone: docstrings, annotations, everything inside `raise` and f-strings (the text of errors), strings that
are passed to a call, and what would not be a program any more, such as a variable that is never set.
"""

import ast
import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from grader.authoring.operators import is_guard, replacements

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPOUND = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.ClassDef, *_FUNCTIONS)
_REMOVABLE = (
    ast.If,
    ast.For,
    ast.While,
    ast.Expr,
    ast.Assign,
    ast.AugAssign,
    ast.AnnAssign,
    ast.Raise,
)
_CLOSED = ("annotation", "returns", "decorator_list", "type_params", "ctx")
_JUMPS = (ast.Break, ast.Continue)


@dataclass(frozen=True)
class Mutant:
    """A module with one fault."""

    #: The top-level function that the fault is in, graded or a helper.
    function: str
    line: int
    #: The statement as it was and as it is now, as `ast.unparse` writes it; of a compound statement the header.
    before: str
    after: str
    source: bytes


def mutants(source: bytes) -> Iterator[Mutant]:
    """Every mutant of a module's top-level functions, in the order of the text."""
    text = source.decode("utf-8")
    lines = text.splitlines(keepends=True)
    for function in ast.parse(text).body:
        if not isinstance(function, ast.FunctionDef):
            continue
        start = min([function.lineno, *(node.lineno for node in function.decorator_list)]) - 1
        head, tail = "".join(lines[:start]), "".join(lines[function.end_lineno :])
        seen = {ast.unparse(function)}
        for line, before, after in _faults(function):
            now = ast.unparse(function)
            if now not in seen:
                seen.add(now)
                module = f"{head}{now}\n{tail}".encode()
                yield Mutant(function.name, line, before, after, module)


def _faults(function: ast.FunctionDef) -> Iterator[tuple[int, str, str]]:
    """Put one fault after the other into a function and take it out again: line, statement before, statement after."""
    for statement, block in list(_statements(function)):
        before = _shown(statement)
        if _may_go(function, statement):
            place = block.index(statement)
            block[place] = ast.copy_location(ast.Pass(), statement)
            yield statement.lineno, before, "pass"
            block[place] = statement
        if isinstance(statement, ast.Raise):
            continue
        for slot in list(_slots(statement)):
            original = slot.node
            for replacement in replacements(original, slot.parent, passed=slot.passed):
                slot.put(replacement)
                if not _is_idle(statement):
                    yield getattr(original, "lineno", statement.lineno), before, _shown(statement)
                slot.put(original)


def _statements(function: ast.FunctionDef) -> Iterator[tuple[ast.stmt, list[ast.stmt]]]:
    """The function itself and each statement in it, with the block that it stands in."""
    yield function, []
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    ahead = [(statement, function.body) for statement in reversed(body)]
    while ahead:
        statement, block = ahead.pop()
        yield statement, block
        inner = [inner for part in _blocks(statement) for inner in ((node, part) for node in part)]
        ahead += reversed(inner)


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        block = getattr(statement, field, None)
        if isinstance(block, list):
            yield block
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield part.body


def _may_go(function: ast.FunctionDef, statement: ast.stmt) -> bool:
    """Whether the function without the statement is still a program, and another one."""
    if isinstance(statement, _JUMPS):
        return True
    if isinstance(statement, ast.If) and not statement.orelse and len(statement.body) == 1:
        # The same as its one statement gone.
        return isinstance(statement.body[0], ast.Return)
    if not isinstance(statement, _REMOVABLE):
        return False
    known = {argument.arg for argument in ast.walk(function) if isinstance(argument, ast.arg)}
    here = (statement.lineno, statement.col_offset)
    known |= {node.id for node in _stored(function) if (node.lineno, node.col_offset) < here}
    return {node.id for node in _stored(statement)} <= known


def _is_idle(statement: ast.stmt) -> bool:
    """Whether it sets a name to itself; that is the statement gone, once more."""
    return isinstance(statement, ast.Assign) and [ast.unparse(statement.value)] == [
        ast.unparse(target) for target in statement.targets
    ]


def _stored(statement: ast.stmt) -> Iterator[ast.Name]:
    """The names that a statement sets."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node


@dataclass(frozen=True)
class _Slot:
    """The place of one expression in its parent."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    #: It is passed to a call, or a part of what is.
    passed: bool

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _slots(statement: ast.stmt) -> Iterator[_Slot]:
    """The places of a statement's own expressions, outermost first; those of statements inside it are theirs."""
    ahead: list[tuple[ast.AST, bool]] = [(statement, False)]
    while ahead:
        parent, passed = ahead.pop()
        children = []
        for field, value in ast.iter_fields(parent):
            if field in _CLOSED:
                continue
            inside = passed or (isinstance(parent, ast.Call) and field != "func")
            items: Iterable[tuple[int | None, Any]] = (
                enumerate(value) if isinstance(value, list) else [(None, value)]
            )
            for index, item in items:
                if _is_open(item) and not is_guard(parent, item):
                    yield _Slot(parent, field, index, item, inside)
                    children.append((item, inside))
        ahead += reversed(children)


def _is_open(node: object) -> bool:
    """Whether faults may be put here."""
    if isinstance(node, ast.stmt | ast.JoinedStr | ast.excepthandler | ast.match_case):
        return False
    return isinstance(node, ast.AST) and not isinstance(node, ast.expr_context)


def _shown(statement: ast.stmt) -> str:
    """A statement on one line; of a compound one the header."""
    if isinstance(statement, _COMPOUND):
        bare = copy.copy(statement)
        for field in ("body", "orelse", "finalbody", "handlers", "cases", "decorator_list"):
            if hasattr(bare, field):
                setattr(bare, field, [ast.Pass()] if field == "body" else [])
        statement = bare
    return ast.unparse(statement).partition("\n")[0]
