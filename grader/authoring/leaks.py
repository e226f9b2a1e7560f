"""Finds solutions, hidden tests and mistakes in files that are meant for students.

What is compared is syntax, with names but without positions, comments, docstrings and layout: statement
by statement in modules and notebook cells. Where there is no syntax (strings, comments, Markdown,
outputs, metadata) the words of the code are looked for in the words of the text.

What counts:
- of a solution: its whole body, and each two consecutive statements in it of which at least one says
  how the problem is solved. Statements that do not (`routine`) are conversions, shape checks and their
  errors, plain assignments and calls: any author writes those again elsewhere. If one statement alone
  says it, that one counts by itself, except in releases of later assignments.
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
#: A shorter phrase may stand in any text by chance.
FEWEST_WORDS = 8
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

    def add(self, piece: Sequence[ast.stmt], source: str) -> None:
        """Recognise a run of statements from now on, and its words if they are enough."""
        self.runs.add(_dumps(piece))
        lines = source.splitlines()[piece[0].lineno - 1 : piece[-1].end_lineno]
        phrase = words("\n".join(lines))
        if phrase.count(" ") >= FEWEST_WORDS - 1:
            self.words.add(phrase)

    def update(self, other: "Traces") -> None:
        """Recognise what `other` recognises too."""
        self.runs |= other.runs
        self.functions |= other.functions
        self.words |= other.words


@dataclass(frozen=True)
class Secret:
    """A piece of code that students must not get."""

    what: str
    where: str
    assignment: str
    #: The graded function that it solves, gets wrong or tests; None where there is no single one.
    function: str | None
    traces: Traces
    #: Single statements that give it away; only looked for in its own and in earlier assignments.
    core: Traces = field(default_factory=Traces)


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
    for piece in [body, *map(list, adjacent(body))]:
        if len(piece) > 1 and not all(routine(statement) for statement in piece):
            traces.add(piece, source)
    return traces


def core_traces(statements: Sequence[ast.stmt], source: str) -> Traces:
    """The traces of the one statement that says how a problem is solved, if there is just one."""
    telling = [node for node in without_docstring(statements) if not routine(node)]
    traces = Traces()
    if len(telling) == 1:
        traces.add(telling, source)
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
        traces.add(body, source)
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

    def __init__(self, secrets: Iterable[Secret], known: Iterable[Secret], later: Sequence[str]):
        """Look for `secrets`, but not for what `known` ones consist of too.

        Single telling statements are looked for if they solve one of the assignments `later`.
        """
        allowed = Traces()
        for secret in known:
            allowed.update(secret.traces)
            allowed.update(secret.core)
        self._runs: dict[Dumps, Secret] = {}
        self._functions: dict[Dumps, Secret] = {}
        self._words: dict[str, Secret] = {}
        for secret in secrets:
            parts = [secret.traces, *([secret.core] if secret.assignment in later else [])]
            for traces in parts:
                for run in traces.runs - allowed.runs:
                    self._runs.setdefault(run, secret)
                for function in traces.functions - allowed.functions:
                    self._functions.setdefault(function, secret)
                for phrase in traces.words - allowed.words:
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
        if len(text) < 2 * FEWEST_WORDS:
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
    dump = ast.dump(node, annotate_fields=False)
    # To look for definitions costs as much as to dump, and hardly any statement holds one.
    if "Def(" not in dump:
        return dump
    documented = (
        isinstance(inner, _DEFINITIONS) and len(without_docstring(inner.body)) < len(inner.body)
        for inner in ast.walk(node)
    )
    if any(documented):
        return ast.dump(_Undocumented().visit(copy.deepcopy(node)), annotate_fields=False)
    return dump


def _dumps(statements: Iterable[ast.stmt]) -> Dumps:
    return tuple(_dump(statement) for statement in statements)


def _parametrisation(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    dumps = (_dump(decorator) for decorator in node.decorator_list)
    return [dump for dump in dumps if "'parametrize'" in dump]


def _function_key(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Dumps:
    return (*_parametrisation(node), *_dumps(without_docstring(node.body)))
