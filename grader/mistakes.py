"""Wrong and other right implementations of graded functions, read from beside the hidden suite as data.

`tests/hidden/<assignment>/mistakes/<function>.py` holds functions marked with `@mistake(id, hint=..., relation=...)`,
`alternatives/<function>.py` plain functions that are right; names that begin with an underscore are helpers of theirs.
Nothing is executed here. Each is written against the names of the reference module, and `put_in_place` makes of it a
whole submission: the reference with this one function exchanged.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.course import Assignment
from grader.errors import CourseError

_MARK = "mistake"


@dataclass(frozen=True)
class Variant:
    """An implementation of a graded function that is not the reference's."""

    #: The graded function that it stands for, and its own name.
    function: str
    name: str
    #: What it does, in the words of its docstring.
    description: str
    #: Its definition without decorators, under what it needs of its file: imports, helpers, constants.
    source: str
    #: The names that `source` defines at the top level.
    defines: frozenset[str]


@dataclass(frozen=True)
class Mistake(Variant):
    """A known wrong implementation."""

    #: Its name in the specification; several forms of one mistake share it.
    id: str
    #: What a student who made it is told.
    hint: str
    #: How its results relate to right ones.
    relation: str


@dataclass(frozen=True)
class Alternative(Variant):
    """A right implementation in another style."""


def load_mistakes(assignment: Assignment) -> tuple[Mistake, ...]:
    """The mistakes of an assignment in the manifest's order. Raises CourseError naming file and line."""
    found: list[Mistake] = []
    for function, file, tree in _files(assignment, "mistakes"):
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef):
                continue
            marks = [mark for mark in map(_mark, node.decorator_list) if mark is not None]
            if not marks:
                continue
            where = f"{_shown(assignment, file)}:{node.lineno}"
            variant = (function, node.name, _description(node, where), *_closure(file, tree, node))
            found.append(Mistake(*variant, *_arguments(marks[0], where)))
    return tuple(found)


def load_alternatives(assignment: Assignment) -> tuple[Alternative, ...]:
    """The alternatives of an assignment in the manifest's order. Raises CourseError naming file and line."""
    found: list[Alternative] = []
    for function, file, tree in _files(assignment, "alternatives"):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                where = f"{_shown(assignment, file)}:{node.lineno}"
                description = _description(node, where)
                found.append(
                    Alternative(function, node.name, description, *_closure(file, tree, node))
                )
    return tuple(found)


def put_in_place(
    assignment: Assignment, reference: Mapping[str, bytes], variant: Variant
) -> dict[str, bytes]:
    """The reference's files with the variant in place of the function that it stands for.

    Raises CourseError where the variant would redefine a name of the reference.
    """
    module = assignment.module_of(variant.function)
    text = reference[module].decode("utf-8")
    taken = sorted(variant.defines & _names(ast.parse(text)))
    if taken:
        raise CourseError(
            f"{variant.name}, a version of {variant.function}, defines {', '.join(taken)}, "
            f"a name of the reference too: choose another",
            slug="mistake-form",
        )
    added = f"\n\n{variant.source}\n\n{variant.function} = {variant.name}\n"
    return {**reference, module: (text + added).encode("utf-8")}


def _files(assignment: Assignment, folder: str) -> Iterator[tuple[str, Path, ast.Module]]:
    """The files of a folder beside the hidden suite, each with the function that it is named after."""
    files = {file.stem: file for file in (assignment.hidden_dir / folder).glob("*.py")}
    for function in assignment.functions:
        if function in files:
            file = files.pop(function)
            try:
                yield function, file, ast.parse(file.read_text("utf-8"))
            except SyntaxError as error:
                where = f"{_shown(assignment, file)}:{error.lineno}"
                raise CourseError(f"{where}: {error.msg}") from error
            except ValueError as error:
                shown = _shown(assignment, file)
                raise CourseError(f"{shown}: cannot be read: {error}") from error
    for file in files.values():
        raise CourseError(
            f"{_shown(assignment, file)}: {assignment.name} has no graded function {file.stem}",
            slug="mistake-form",
        )


def _shown(assignment: Assignment, file: Path) -> str:
    return file.relative_to(assignment.root).as_posix()


def _mark(decorator: ast.expr) -> ast.Call | None:
    if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith(_MARK):
        return decorator
    return None


def _arguments(mark: ast.Call, where: str) -> tuple[str, str, str]:
    """The id, the hint and the relation of a mistake, which must be written out."""
    given: dict[str | None, ast.expr] = {keyword.arg: keyword.value for keyword in mark.keywords}
    if mark.args:
        given["id"] = mark.args[0]
    values = []
    for name in ("id", "hint", "relation"):
        value = given.get(name)
        if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
            raise CourseError(
                f'{where}: write @mistake("M1", hint="...", relation="...")', slug="mistake-form"
            )
        values.append(value.value)
    return values[0], values[1], values[2]


def _description(node: ast.FunctionDef, where: str) -> str:
    text = ast.get_docstring(node)
    if not text:
        raise CourseError(f"{where}: say in a docstring what {node.name} does", slug="mistake-form")
    return " ".join(text.split())


def _closure(file: Path, tree: ast.Module, node: ast.FunctionDef) -> tuple[str, frozenset[str]]:
    """A function's source without decorators under the source of all that it needs of its file."""
    lines = file.read_text("utf-8").splitlines()
    homes = {name: other for other in tree.body for name in _bound(other)}
    needed: set[ast.stmt] = {node}
    ahead: list[ast.stmt] = [node]
    while ahead:
        for name in ast.walk(ahead.pop()):
            home = homes.get(name.id) if isinstance(name, ast.Name) else None
            if home is not None and home not in needed:
                needed.add(home)
                ahead.append(home)
    kept = [
        other
        for other in tree.body
        if other in needed and not (isinstance(other, ast.ImportFrom) and other.module == "grader")
    ]
    texts = [
        "\n".join(
            lines[(other.lineno if other is node else _first_line(other)) - 1 : other.end_lineno]
        )
        for other in kept
    ]
    defines = {
        name
        for other in kept
        if not isinstance(other, ast.Import | ast.ImportFrom)
        for name in _bound(other)
    }
    return "\n\n".join(texts), frozenset(defines)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _names(tree: ast.Module) -> set[str]:
    return {name for node in tree.body for name in _bound(node)}


def _bound(node: ast.stmt) -> list[str]:
    """The names that a statement binds at its own level."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    return [
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    ]
