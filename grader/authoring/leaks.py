"""Finds solutions, hidden tests and mistakes in files that are meant for students.

What is compared is syntax, with names but without positions, comments, docstrings and layout: statement
by statement in modules and notebook cells. Where there is no syntax (strings, comments, Markdown,
outputs, metadata) the words of the code are looked for in the words of the text.

What counts:
- of a solution: its whole body, and each two consecutive statements in it of which at least one says
  how the problem is solved. Statements that do not (`routine`) are conversions, shape checks and their
  errors, plain assignments and calls: any author writes those again elsewhere.
- of a hidden test: the whole function with its parametrisation, under any name; its statements in a
  row if there are at least two.
- of a mistake or an alternative: the whole body, likewise.
- a file that equals a hidden one byte for byte, and a marker comment that was left in.
"""

import ast
import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from grader.authoring.strip import adjacent, blocks

Dumps = tuple[str, ...]

#: Calls that prepare data or a figure and solve nothing.
_ORDINARY = frozenset(
    {"arange", "array", "asanyarray", "asarray", "astype", "bool", "copy", "default_rng", "dict"}
    | {"empty", "empty_like", "enumerate", "figure", "float", "full", "full_like", "int", "len"}
    | {"linspace", "list", "ones", "ones_like", "range", "shape", "size", "str", "subplots"}
    | {"tuple", "zeros", "zeros_like", "zip"}
)
_PLAIN = (
    ast.Name,
    ast.Constant,
    ast.Attribute,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.Starred,
    ast.keyword,
    ast.Call,
    ast.Subscript,
    ast.Slice,
    ast.UnaryOp,
    ast.JoinedStr,
    ast.FormattedValue,
    ast.expr_context,
    ast.unaryop,
)
_EMPTY = (
    ast.Pass,
    ast.Raise,
    ast.Import,
    ast.ImportFrom,
    ast.Global,
    ast.Nonlocal,
    ast.Break,
    ast.Continue,
)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FEWEST_WORDS = 8
#: Colours of a terminal, as in the outputs of notebooks.
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
#: What stands before code that is quoted: arrows, line numbers, prompts, comment signs.
_QUOTED = re.compile(r"^[\s#>|*:-]*(?:\d+\s+)?(?:In \[\d*\]:|\.\.\.)?[\s>|]*")
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass
class Traces:
    """By what pieces of code are recognised: runs of statements, whole functions, runs of words."""

    runs: set[Dumps] = field(default_factory=set)
    functions: set[Dumps] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Secret:
    """A piece of code that students must not get."""

    what: str
    where: str
    assignment: str
    #: The graded function that it solves, gets wrong or tests; None where there is no single one.
    function: str | None
    traces: Traces


@dataclass(frozen=True)
class Leak:
    """A place in released files that repeats a secret."""

    released: str
    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.released} repeats {self.what} ({self.where})"


def solution_traces(statements: Sequence[ast.stmt], source: str) -> Traces:
    """The traces of a solution: its body and each two consecutive statements of it."""
    body = without_docstring(statements)
    traces = Traces(functions=set() if vacuous(body) else {_dumps(body)})
    pieces = [list(pair) for pair in adjacent(body)]
    if body:
        pieces.append(list(body))
    for piece in pieces:
        if not all(routine(statement) for statement in piece):
            traces.runs.add(_dumps(piece))
            _add_words(traces, piece, source)
    return traces


def function_traces(
    node: ast.FunctionDef | ast.AsyncFunctionDef, source: str, *, test: bool = False
) -> Traces:
    """The traces of a hidden test, or else of a wrong or alternative implementation."""
    body = without_docstring(node.body)
    traces = Traces()
    telling = not all(routine(statement) for statement in body)
    if not vacuous(body) and (telling or test):
        traces.functions.add(_function_key(node))
    if telling and _simple_statements(body) >= 2 and not _parametrisation(node):
        traces.runs.add(_dumps(body))
        _add_words(traces, body, source)
    return traces


def without_docstring(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements of a body after its docstring."""
    first = body[0] if body else None
    documented = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    return list(body[1:] if documented else body)


def routine(statement: ast.stmt) -> bool:
    """Whether a statement says nothing about how a problem is solved.

    >>> routine(ast.parse("X = np.asarray(X, dtype=float)").body[0])
    True
    >>> routine(ast.parse("total = X @ w").body[0])
    False
    """
    if isinstance(statement, _EMPTY):
        return True
    if isinstance(statement, ast.If):
        # A check and its error.
        return not statement.orelse and all(isinstance(node, ast.Raise) for node in statement.body)
    if isinstance(statement, ast.Expr):
        call = statement.value
        parts = [*call.args, *call.keywords] if isinstance(call, ast.Call) else [call]
        return all(_plain(part) for part in parts)
    if isinstance(statement, ast.Return | ast.Assign | ast.AnnAssign):
        return statement.value is None or _plain(statement.value)
    return False


def vacuous(body: Sequence[ast.stmt]) -> bool:
    """Whether a body does nothing: passes, raises, returns a name or a constant."""

    def idle(node: ast.stmt) -> bool:
        if isinstance(node, ast.Return):
            return node.value is None or isinstance(node.value, ast.Name | ast.Constant)
        return isinstance(node, _EMPTY) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        )

    return all(idle(node) for node in body)


def words(text: str) -> str:
    """The words and signs of a text, one space apart, without what quoting puts around code."""
    found: list[str] = []
    for line in _COLOUR.sub("", text).splitlines():
        code = _QUOTED.sub("", line).split("#", 1)[0].replace('"', "'")
        found += _WORD.findall(code)
    return " ".join(found)


class Index:
    """All secrets, ready to be looked for."""

    def __init__(self, secrets: Iterable[Secret], known: Iterable[Secret] = ()) -> None:
        allowed = Traces()
        for secret in known:
            allowed.runs |= secret.traces.runs
            allowed.functions |= secret.traces.functions
            allowed.words |= secret.traces.words
        self._runs: dict[Dumps, Secret] = {}
        self._functions: dict[Dumps, Secret] = {}
        self._words: dict[str, Secret] = {}
        for secret in secrets:
            for run in secret.traces.runs - allowed.runs:
                self._runs.setdefault(run, secret)
            for function in secret.traces.functions - allowed.functions:
                self._functions.setdefault(function, secret)
            for phrase in secret.traces.words - allowed.words:
                self._words.setdefault(phrase, secret)
        self._lengths = sorted({len(run) for run in self._runs}, reverse=True)

    def in_code(self, tree: ast.Module) -> Iterator[tuple[int, Secret]]:
        """The secrets in a module or cell, with the line at which each begins."""
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                secret = self._functions.get(_function_key(node)) or self._functions.get(
                    _dumps(without_docstring(node.body))
                )
                if secret is not None:
                    yield node.lineno, secret
            for block in blocks(node):
                dumps = _dumps(block)
                for start, statement in enumerate(block):
                    for length in self._lengths:
                        secret = self._runs.get(dumps[start : start + length])
                        if secret is not None:
                            yield statement.lineno, secret
                            break

    def in_text(self, text: str) -> Iterator[Secret]:
        """The secrets in a text that is no code: a string, a comment, a paragraph, an output."""
        if len(text) < 2 * _FEWEST_WORDS:
            return
        padded = f" {words(text)} "
        for phrase, secret in self._words.items():
            if f" {phrase} " in padded:
                yield secret


def _plain(node: ast.AST) -> bool:
    if not isinstance(node, _PLAIN):
        return False
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name not in _ORDINARY:
            return False
    return all(_plain(child) for child in ast.iter_child_nodes(node))


def _simple_statements(body: Sequence[ast.stmt]) -> int:
    nested = (block for statement in body for block in blocks(statement))
    simple = sum(1 for statement in body if not any(True for _ in blocks(statement)))
    return simple + sum(_simple_statements(block) for block in nested)


class _Undocumented(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node, _DEFINITIONS):
            node.body = without_docstring(node.body)
        return node


def _dump(node: ast.AST) -> str:
    documented = (
        isinstance(inner, _DEFINITIONS) and len(without_docstring(inner.body)) < len(inner.body)
        for inner in ast.walk(node)
    )
    if any(documented):
        node = _Undocumented().visit(copy.deepcopy(node))
    return ast.dump(node, annotate_fields=False)


def _dumps(statements: Iterable[ast.stmt]) -> Dumps:
    return tuple(_dump(statement) for statement in statements)


def _parametrisation(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    dumps = (_dump(decorator) for decorator in node.decorator_list)
    return [dump for dump in dumps if "'parametrize'" in dump]


def _function_key(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Dumps:
    return (*_parametrisation(node), *_dumps(without_docstring(node.body)))


def _add_words(traces: Traces, piece: Sequence[ast.stmt], source: str) -> None:
    first, last = piece[0], piece[-1]
    lines = source.splitlines()[first.lineno - 1 : last.end_lineno]
    phrase = words("\n".join(lines))
    if phrase.count(" ") >= _FEWEST_WORDS - 1:
        traces.words.add(phrase)
