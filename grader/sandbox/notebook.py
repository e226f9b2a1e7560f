"""Takes the functions out of a notebook, inside the worker.

A notebook is JSON of a few fixed keys, so it is read here rather than by a package that students' machines would need.
Outputs are never looked at. Of the cells only that is run which a graded function needs: definitions, imports, and what
binds a name that those use. An experiment that trains for minutes is nobody's function, and would cost the load.

Standard library only: a worker imports this.
"""

import ast
import json
import re
from collections.abc import Collection, Iterator
from functools import lru_cache

#: How the name of a notebook ends among the files of a submission.
SUFFIX = ".ipynb"
MAX_CELLS = 999
#: Cell magics under which Python follows; the others hold another language.
_PYTHON_CELL = frozenset({"time", "timeit", "capture", "prun", "pypy", "python", "python3"})
_MAGIC = re.compile(r"^(\s*)(?:%|!|\?|(?:[\w.]+|[\w\s,.]+=\s*(?=[%!]))(?:\?{1,2}\s*$|[%!]))")
_CELL = re.compile(r"\.ipynb, cell (\d{1,3})$")


def file_name(module: str, cell: int) -> str:
    """What frames call a cell; cells of code are counted from the top."""
    return f"{module}{SUFFIX}, cell {cell}"


def cell_in(file: str) -> int | None:
    """The cell that a frame's file name stands for; None for a module's."""
    found = _CELL.search(file)
    return int(found.group(1)) if found else None


def code_cells(data: bytes) -> list[str]:
    """The text of each cell of code, of any version of the format. Raises ValueError for what is no notebook."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if type(content) is not dict:
        raise ValueError("it is no notebook")
    sheets = content.get("worksheets")
    listed = content.get("cells") if sheets is None else _listed(sheets, "cells")
    if type(listed) is not list:
        raise ValueError("it has no cells")
    found = []
    for cell in listed:
        if type(cell) is dict and cell.get("cell_type") == "code":
            source = cell.get("source", cell.get("input", ""))
            lines = source if type(source) is list else [source]
            found.append("".join(line for line in lines if type(line) is str))
    return found[:MAX_CELLS]


def _listed(sheets: object, key: str) -> object:
    first = sheets[0] if type(sheets) is list and sheets else None
    return first.get(key) if type(first) is dict else None


def without_outputs(data: bytes) -> bytes:
    """The notebook reduced to its code. Raises ValueError for what is no notebook."""
    cells = [{"cell_type": "code", "source": text} for text in code_cells(data)]
    return json.dumps({"cells": cells}, separators=(",", ":")).encode()


def as_python(text: str) -> tuple[str, int]:
    """A cell whose magics and shell lines are blank, and how many those were; no other line changes its number."""
    try:
        ast.parse(text)
        return text, 0
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    lines = text.split("\n")
    if lines[0].startswith("%%"):
        words = lines[0][2:].split()
        if not words or words[0] not in _PYTHON_CELL:
            return "", len(lines)
    dropped = 0
    for number, line in enumerate(lines):
        found = _MAGIC.match(line)
        if found:
            # In an indented block something must stand.
            lines[number] = f"{found.group(1)}pass" if found.group(1) else ""
            dropped += 1
    return "\n".join(lines), dropped


class Cells:
    """What of a notebook is run for the graded functions, cell by cell, and what is said about the rest."""

    def __init__(self, module: str, data: bytes, graded: Collection[str]) -> None:
        """Raises ValueError for what is no notebook."""
        self.module = module
        self.notes: list[str] = []
        #: A cell that should define a graded function and is no Python: its number, text, and the error.
        self.broken: tuple[int, str, SyntaxError] | None = None
        trees: list[tuple[int, str, ast.Module]] = []
        dropped = 0
        for number, raw in enumerate(code_cells(data), 1):
            text, magics = as_python(raw)
            dropped += magics
            try:
                trees.append((number, text, ast.parse(text, file_name(module, number))))
            except SyntaxError as problem:
                if self.broken is None and any(mentions(name, text.encode()) for name in graded):
                    self.broken = (number, text, problem)
                else:
                    self.notes.append(f"cell {number} is no Python and was left out: {problem.msg}")
            except (ValueError, RecursionError, MemoryError):
                self.notes.append(f"cell {number} is no Python and was left out")
        if dropped:
            where = f"{module}{SUFFIX} ({dropped} of its lines)"
            self.notes.insert(0, f"magics and shell commands were left out of {where}")
        self._trees = trees
        self._needed = _needed([node for _, _, tree in trees for node in tree.body], graded)

    def __iter__(self) -> Iterator[tuple[str, str, ast.Module]]:
        """The file name, text and needed statements of each cell."""
        for number, text, tree in self._trees:
            tree.body = [node for node in tree.body if id(node) in self._needed]
            if tree.body:
                yield file_name(self.module, number), text, tree


def mentions(name: str, source: bytes) -> bool:
    """Whether a source seems to define this name; for a guess, not a judgement."""
    return _definition(name).search(source) is not None


@lru_cache(512)
def _definition(name: str) -> re.Pattern[bytes]:
    word = re.escape(name.encode())
    return re.compile(rb"(?m)^(?:async\s+)?def\s+" + word + rb"\b|^" + word + rb"\s*=")


def _needed(statements: list[ast.stmt], graded: Collection[str]) -> set[int]:
    """The statements that bind a graded name, or a name that a needed statement uses, and all imports."""
    binds = [(node, _bound(node)) for node in statements]
    chosen = {id(node) for node in statements if isinstance(node, ast.Import | ast.ImportFrom)}
    imported = {name for node, names in binds if id(node) in chosen for name in names}
    wanted = set(graded)
    grows = True
    while grows:
        grows = False
        for node, names in binds:
            if id(node) not in chosen and names & wanted - (
                imported if _only_calls(node) else set()
            ):
                chosen.add(id(node))
                wanted |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
                grows = True
    return chosen


def _only_calls(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr)


def names_defined(node: ast.stmt) -> set[str]:
    """The names that a statement binds to something of its own, not to what it imports."""
    return set() if isinstance(node, ast.Import | ast.ImportFrom) else _bound(node)


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement of the top level binds, or whose object it changes."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    if isinstance(node, ast.Expr):
        call = node.value
        owner = call.func if isinstance(call, ast.Call) else None
        return {_base(owner)} if isinstance(owner, ast.Attribute) else set()
    found = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            found.add(each.id)
        elif isinstance(each, ast.Attribute | ast.Subscript) and isinstance(each.ctx, ast.Store):
            found.add(_base(each))
        elif isinstance(each, ast.FunctionDef | ast.ClassDef):
            found.add(each.name)
    return found


def _base(node: ast.expr) -> str:
    """The name at the left end of `name.x[1].y`; nothing where there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
