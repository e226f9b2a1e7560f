"""Turns a master module into what students get (the stub) and what grades them (the reference).

A master marks each solution with two comments, alone on their lines and written exactly so:

    ### BEGIN SOLUTION
    ### END SOLUTION

They are found by `tokenize`, so the same words inside a string mean nothing. A region holds whole
statements of one block.

- The reference is the master without the marker lines, byte for byte.
- In the stub a region inside a function becomes `raise NotImplementedError`, wherever in the body it
  stands: what is left above and below stays as a frame for the student. Only functions that are not graded may
  have such a frame. A region outside functions disappears (raising there would break the import); a block that
  would be left empty gets `pass`.
  Imports stay even if nothing but a solution used them.
"""

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from grader.errors import CourseError

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NEARLY = re.compile(r"#+\s*(?:begin|end)[\s_-]*solutions?\s*:?\s*$", re.IGNORECASE)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)


@dataclass(frozen=True)
class Region:
    """A solution region: its marker lines (counted from 1), the statements it holds and where it stands."""

    begin: int
    end: int
    statements: tuple[ast.stmt, ...]
    #: The functions and classes around it, outermost first.
    around: tuple[ast.stmt, ...]
    #: True if its statements are all that their block holds.
    fills_block: bool

    @property
    def function(self) -> str | None:
        """The top-level function that the region solves, or None for one outside functions."""
        outermost = self.around[0] if self.around else None
        return outermost.name if isinstance(outermost, _FUNCTIONS) else None


@dataclass(frozen=True)
class Master:
    """A parsed master module. `name` is how messages call it."""

    name: str
    text: str
    encoding: str
    tree: ast.Module
    regions: tuple[Region, ...]

    @property
    def lines(self) -> list[str]:
        """The lines with their endings."""
        return _LINE.findall(self.text)

    def reference(self) -> bytes:
        """The module that grades: the master without its marker lines."""
        markers = {line for region in self.regions for line in (region.begin, region.end)}
        kept = (text for number, text in enumerate(self.lines, 1) if number not in markers)
        return "".join(kept).encode(self.encoding)

    def stub(self) -> bytes:
        """The module that students complete. Raises CourseError if nothing valid remains."""
        lines: list[str] = []
        starts = {region.begin: region for region in self.regions}
        resume, skip_blank = 0, False
        for number, text in enumerate(self.lines, 1):
            region = starts.get(number)
            if region is not None:
                replacement = self._replacement(region)
                lines += replacement
                resume, skip_blank = region.end, not replacement
            elif number > resume and not (skip_blank and not text.strip()):
                lines.append(text)
                skip_blank = False
        stub = "".join(lines)
        try:
            _tree(stub)
        except SyntaxError as error:
            raise CourseError(
                f"{self.name}: without its solutions it is no valid Python: {error.msg}",
                slug="solution-region",
            ) from error
        return stub.encode(self.encoding)

    def check_functions(self, graded: Sequence[str]) -> None:
        """Raise CourseError unless each graded function is a docstring and one solution region: only then is what
        students get of it recognised as a stub while they have not begun.
        """
        functions = {node.name: node for node in self.tree.body if isinstance(node, _FUNCTIONS)}
        solved = {region.function: region for region in reversed(self.regions)}
        for name in graded:
            node = functions.get(name)
            if node is None:
                raise CourseError(
                    f"{self.name}: no function {name} at the top level, but assignment.toml grades it",
                    slug="solution-region",
                )
            if name not in solved:
                raise CourseError(
                    f"{self.name}:{node.lineno}: {name} has no solution region ({BEGIN} … {END})",
                    slug="solution-region",
                )
            if not ast.get_docstring(node) or node.body[0] in solved[name].statements:
                raise CourseError(
                    f"{self.name}:{node.lineno}: {name} needs a docstring above its solution region",
                    slug="solution-region",
                )
            outside = [part for part in node.body[1:] if part not in solved[name].statements]
            if outside:
                raise CourseError(
                    f"{self.name}:{_first_line(outside[0])}: all of {name} but its docstring must be in one solution"
                    " region, or what students get is not recognised as a stub",
                    slug="solution-region",
                )

    def _replacement(self, region: Region) -> list[str]:
        marker = self.lines[region.begin - 1]
        ending = marker[len(marker.rstrip("\r\n")) :]
        first = self.lines[_first_line(region.statements[0]) - 1]
        indent = first[: len(first) - len(first.lstrip())]
        if region.around and isinstance(region.around[-1], _FUNCTIONS):
            return [f"{indent}raise NotImplementedError{ending}"]
        return [f"{indent}pass{ending}"] if region.fills_block and indent else []


def parse_master(data: bytes, name: str) -> Master:
    """Parse a master. Raises CourseError naming `name` and the line for what cannot be stripped safely."""
    text, encoding = decode(data, name)
    plain = _universal(text)
    tree = parse(plain, name)
    spans = list(_spans(_markers(plain, name), name))
    regions = tuple(_region(begin, end, tree, plain, name) for begin, end in spans)
    return Master(name, text, encoding, tree, regions)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a Python file and its encoding (PEP 263, byte order mark); CourseError if it has none."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding), encoding
    except (SyntaxError, UnicodeDecodeError) as error:
        raise CourseError(f"{name}: cannot be read as text: {error}") from error


def parse(text: str, name: str) -> ast.Module:
    """The syntax tree of a Python text. Raises CourseError naming `name` and the line if it has none."""
    try:
        return _tree(text)
    except SyntaxError as error:
        raise CourseError(f"{name}:{error.lineno or 1}: {error.msg}") from error
    except ValueError as error:
        raise CourseError(f"{name}: {error}") from error


def blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The statement lists directly inside a node: bodies, else and finally parts, handlers, cases."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list) and block:
            yield block
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part.body


def _tree(text: str) -> ast.Module:
    # What a newer Python would rather see written otherwise is told by whoever runs it.
    with warnings.catch_warnings(action="ignore"):
        return ast.parse(_universal(text))


def _universal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _markers(text: str, name: str) -> Iterator[tuple[int, str]]:
    lines = text.split("\n")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        comment, (number, column) = token.string.rstrip(), token.start
        if comment in (BEGIN, END):
            if lines[number - 1][:column].strip():
                raise CourseError(
                    f"{name}:{number}: {comment} must stand alone on its line",
                    slug="solution-region",
                )
            yield number, comment
        elif _NEARLY.match(comment) or "BEGIN SOLUTION" in comment or "END SOLUTION" in comment:
            raise CourseError(
                f"{name}:{number}: write this marker exactly as {BEGIN} or {END}, not {comment!r}",
                slug="solution-region",
            )


def _spans(markers: Iterator[tuple[int, str]], name: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for number, marker in markers:
        if marker == BEGIN:
            if begin:
                raise CourseError(
                    f"{name}:{number}: a solution region inside the one that begins in line {begin}",
                    slug="solution-region",
                )
            begin = number
        elif not begin:
            raise CourseError(
                f"{name}:{number}: {END} without a {BEGIN} before it", slug="solution-region"
            )
        else:
            yield begin, number
            begin = 0
    if begin:
        raise CourseError(
            f"{name}:{begin}: {BEGIN} without an {END} after it", slug="solution-region"
        )


def _region(begin: int, end: int, tree: ast.Module, text: str, name: str) -> Region:
    block: list[ast.stmt] = tree.body
    around: list[ast.stmt] = []
    while True:
        inside = [node for node in block if begin < _first_line(node) and _last_line(node) < end]
        if inside:
            break
        # A container ends before the end marker if the region is the last thing in it.
        container = next(
            (node for node in block if _first_line(node) < begin < _last_line(node)), None
        )
        inner = None if container is None else _block_around(container, begin, end)
        if container is None or inner is None:
            raise CourseError(
                f"{name}:{begin}: this solution region holds no whole statement",
                slug="solution-region",
            )
        if isinstance(container, _DEFINITIONS):
            around.append(container)
        block = inner
    covered = {line for node in inside for line in range(_first_line(node), _last_line(node) + 1)}
    for number in range(begin + 1, end):
        line = text.split("\n")[number - 1].strip()
        if line and not line.startswith("#") and number not in covered:
            raise CourseError(
                f"{name}:{number}: the solution region of line {begin} cuts through a statement here",
                slug="solution-region",
            )
    return Region(begin, end, tuple(inside), tuple(around), len(inside) == len(block))


def _block_around(container: ast.stmt, begin: int, end: int) -> list[ast.stmt] | None:
    touched = [
        block
        for block in blocks(container)
        if any(begin < _last_line(node) and _first_line(node) < end for node in block)
    ]
    return touched[0] if len(touched) == 1 else None


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _last_line(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def adjacent(statements: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, ast.stmt]]:
    """Each two consecutive statements, in nested blocks too."""
    yield from pairwise(statements)
    for statement in statements:
        for block in blocks(statement):
            yield from adjacent(block)
