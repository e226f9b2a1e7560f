"""Takes reference functions out of an earlier master, with what they need, as a module for `given/`."""

import ast
from collections.abc import Iterator, Sequence

from grader.authoring.strip import Master, parse
from grader.errors import CourseError

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)
_WIDTH = 100


def carry(master: Master, functions: Sequence[str], title: str) -> tuple[bytes, frozenset[str]]:
    """The text of a module with reference versions of `functions`, and all names that it defines.

    What the functions use comes along: imports (only the names used), constants and sibling functions.
    `title` is the earlier assignment's. Raises CourseError for a function that the master lacks.
    """
    text = master.reference().decode(master.encoding).replace("\r\n", "\n").replace("\r", "\n")
    statements = parse(text, master.name).body
    wanted = _closure(statements, functions, master.name)
    lines = text.split("\n")
    imports = [
        line
        for node in statements
        if isinstance(node, _IMPORTS)
        for line in _import_lines(node, wanted)
    ]
    shown = title.replace("\\", "").replace('"', "'")
    text = f'"""Right versions of functions of the assignment "{shown}"."""'
    if imports:
        text += "\n\n" + "\n".join(imports)
    above, after_definition, defined = 0, False, set[str]()
    for node in statements:
        names = set(_bound(node))
        if not isinstance(node, _IMPORTS) and names & wanted:
            is_definition = isinstance(node, _DEFINITIONS)
            if is_definition or after_definition:
                text += "\n\n\n"
            else:
                text += "\n" if defined else "\n\n"
            text += "\n".join(lines[_start(node, lines, above) : node.end_lineno])
            after_definition = is_definition
            defined |= names
        above = node.end_lineno or 0
    return f"{text}\n".encode(), frozenset(defined)


def imported_given(data: bytes, name: str) -> Iterator[str]:
    """The modules of the package `given` that a text imports, as "checks" for `given.checks`."""
    for node in ast.walk(parse(data.decode(), name)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            submodules = [f"given.{alias.name}" for alias in node.names]
            modules = submodules if node.module == "given" else [node.module or ""]
        else:
            continue
        yield from (module.split(".")[1] for module in modules if module.startswith("given."))


def _start(node: ast.stmt, lines: Sequence[str], above: int) -> int:
    """The index of a statement's first line; decorators and comment lines above belong to it."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    start = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
    while start > above and lines[start - 1].startswith("#"):
        start -= 1
    return start


def _closure(statements: Sequence[ast.stmt], functions: Sequence[str], name: str) -> set[str]:
    binding: dict[str, list[ast.stmt]] = {}
    for node in statements:
        for bound in _bound(node):
            binding.setdefault(bound, []).append(node)
    for function in functions:
        if not any(isinstance(node, _DEFINITIONS) for node in binding.get(function, [])):
            raise CourseError(f"{name}: no function {function} to give to a later assignment")
    wanted: set[str] = set()
    ahead = list(functions)
    while ahead:
        current = ahead.pop()
        if current in wanted:
            continue
        wanted.add(current)
        for node in binding.get(current, []):
            if not isinstance(node, _IMPORTS):
                used = (inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name))
                ahead += [other for other in used if other in binding]
    return wanted


def _bound(node: ast.stmt) -> Iterator[str]:
    """The module-level names that a statement makes."""
    if isinstance(node, _DEFINITIONS):
        yield node.name
    elif isinstance(node, _IMPORTS):
        yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
    else:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                yield inner.id
            elif isinstance(inner, (*_DEFINITIONS, *_IMPORTS)):
                yield from _bound(inner)


def _import_lines(node: ast.Import | ast.ImportFrom, wanted: set[str]) -> list[str]:
    future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
    names = [
        alias.name if alias.asname is None else f"{alias.name} as {alias.asname}"
        for alias in node.names
        if future or (alias.asname or alias.name.split(".")[0]) in wanted
    ]
    if isinstance(node, ast.Import):
        return [f"import {name}" for name in names]
    if not names:
        return []
    start = f"from {'.' * node.level}{node.module or ''} import "
    line = start + ", ".join(names)
    if len(line) <= _WIDTH:
        return [line]
    return [f"{start}(", *(f"    {name}," for name in names), ")"]
