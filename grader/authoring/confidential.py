"""Gathers what a course keeps from its students, and looks for it in what is to be released."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from grader.authoring.leaks import (
    FEWEST_WORDS,
    Index,
    Leak,
    Secret,
    Traces,
    core_traces,
    function_traces,
    solution_traces,
    words,
)
from grader.authoring.regions import NotebookRegion, notebook_regions, read_notebook, source_of
from grader.authoring.strip import Master, Region, decode, parse, parse_master
from grader.course import Assignment, Course
from grader.errors import CourseError

#: A top-level name of an assignment's master: (assignment, name).
Owned = tuple[str, str]

_MARKER = re.compile(r"#+ ?(?:BEGIN|END) (?:SOLUTION|HIDDEN TESTS|MARK SCHEME)")
_MAGIC = re.compile(r"^\s*[%!].*$", re.MULTILINE)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: Shorter hidden files (an empty `__init__.py`) may equal anything.
_SMALLEST_SECRET_FILE = 40
#: Larger texts are data.
_LARGEST_TEXT = 4 << 20


@dataclass(frozen=True)
class Confidential:
    """Everything that a course keeps from its students."""

    #: The names of the assignments in the course's order.
    assignments: Sequence[str]
    secrets: Sequence[Secret]
    #: Hidden files by digest.
    files: Mapping[str, str]

    @classmethod
    def of(cls, course: Course) -> "Confidential":
        """Read the masters, notebooks and hidden suites of all assignments of a course."""
        secrets: list[Secret] = []
        files: dict[str, str] = {}
        for name in course.names:
            assignment = course.assignment(name)
            for module in assignment.manifest.modules:
                file = assignment.master(module)
                if file.is_file():
                    shown = file.relative_to(course.root).as_posix()
                    secrets += _of_master(parse_master(file.read_bytes(), shown), name)
            for file in sorted(assignment.source_dir.glob("*.ipynb")):
                shown = file.relative_to(course.root).as_posix()
                regions = notebook_regions(read_notebook(file.read_bytes(), shown), shown)
                secrets += (_of_notebook(region, name) for region in regions)
            secrets += _of_hidden(assignment)
            for file in sorted(assignment.hidden_dir.rglob("*")):
                if file.is_file() and file.stat().st_size >= _SMALLEST_SECRET_FILE:
                    shown = file.relative_to(course.root).as_posix()
                    files[sha256(file.read_bytes()).hexdigest()] = shown
        return cls(list(course.names), secrets, files)

    def leaks(
        self, assignment: str, released: Mapping[str, bytes], carried: Collection[Owned] = ()
    ) -> list[Leak]:
        """The secrets that stand in files released for an assignment (path to content).

        `carried` are reference functions that this release gives away on purpose.
        """
        known = [
            secret for secret in self.secrets if (secret.assignment, secret.function) in carried
        ]
        later = self.assignments[self.assignments.index(assignment) :]
        index = Index((secret for secret in self.secrets if secret not in known), known, later)
        found: dict[tuple[str, str], Leak] = {}
        for path, data in sorted(released.items()):
            copied = self.files.get(sha256(data).hexdigest())
            leaks = [Leak(path, "a hidden file", copied)] if copied else _scan(path, data, index)
            for leak in leaks:
                found.setdefault((path, leak.where), leak)
        return list(found.values())


def _of_master(master: Master, assignment: str) -> Iterator[Secret]:
    for region in master.regions:
        defined = [node for node in region.statements if isinstance(node, _FUNCTIONS)]
        for node in [] if region.around else defined:
            yield Secret(
                f"the solution {node.name}",
                f"{master.name}:{node.lineno}",
                assignment,
                node.name,
                solution_traces(node.body, master.text),
                core_traces(node.body, master.text),
            )
        others = [node for node in region.statements if region.around or node not in defined]
        yield Secret(
            f"the solution of {_solved(region)}",
            f"{master.name}:{region.begin + 1}",
            assignment,
            region.function,
            solution_traces(others, master.text),
            core_traces(others if region.around else [], master.text),
        )


def _solved(region: Region) -> str:
    names = [str(getattr(node, "name", "")) for node in region.around]
    return ".".join(names) or "the module"


def _of_hidden(assignment: Assignment) -> Iterator[Secret]:
    root = assignment.root
    for file in sorted(assignment.hidden_dir.rglob("*.py")):
        shown = file.relative_to(root).as_posix()
        folder = file.relative_to(assignment.hidden_dir).parts[0]
        kind = {"mistakes": "the mistake", "alternatives": "the alternative"}.get(folder)
        if kind is None and not file.name.startswith("test_"):
            continue
        text, _ = decode(file.read_bytes(), shown)
        for node in ast.walk(parse(text, shown)):
            if not isinstance(node, _FUNCTIONS):
                continue
            if kind is None and not node.name.startswith("test"):
                continue
            yield Secret(
                f"{kind or 'the hidden test'} {node.name}",
                f"{shown}:{node.lineno}",
                assignment.name,
                file.stem if kind else None,
                function_traces(node, text, test=kind is None),
            )


def _of_notebook(region: NotebookRegion, assignment: str) -> Secret:
    tree = _cell_tree(region.text) if region.code else None
    if tree is None:
        phrase = words(region.text)
        traces = Traces(words={phrase} if phrase.count(" ") >= FEWEST_WORDS else set())
    else:
        traces = solution_traces(tree.body, region.text)
        if len(tree.body) == 1:
            traces.update(core_traces(tree.body, region.text))
    return Secret(f"the {region.kind} of a notebook", region.where, assignment, None, traces)


def _scan(path: str, data: bytes, index: Index) -> Iterator[Leak]:
    code = path.endswith((".py", ".ipynb"))
    if not code and (b"\0" in data[:1024] or len(data) > _LARGEST_TEXT):
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    for number, line in enumerate(text.splitlines(), 1):
        marker = _MARKER.search(line)
        if marker:
            yield Leak(f"{path}:{number}", "a marker", marker.group())
    if path.endswith(".ipynb"):
        yield from _scan_notebook(path, data, index)
    elif path.endswith(".py"):
        yield from _scan_code(text, index, lambda line: f"{path}:{line}")
    else:
        yield from (Leak(path, secret.what, secret.where) for secret in index.in_text(text))


def _scan_code(text: str, index: Index, place: Callable[[int], str]) -> Iterator[Leak]:
    tree = _cell_tree(text)
    if tree is None:
        yield from (Leak(place(1), secret.what, secret.where) for secret in index.in_text(text))
        return
    for line, secret in index.in_code(tree):
        yield Leak(place(line), secret.what, secret.where)
    for line, passage in _passages(text, tree):
        for secret in index.in_text(passage):
            yield Leak(place(line), secret.what, secret.where)


def _scan_notebook(path: str, data: bytes, index: Index) -> Iterator[Leak]:
    notebook = read_notebook(data, path)
    for number, cell in enumerate(notebook["cells"], 1):
        place = f"{path}, cell {number}"
        code = cell.get("cell_type") == "code"
        if code:
            yield from _scan_code(source_of(cell), index, partial(_cell_line, place))
        for text in _strings({**cell, "source": ""} if code else cell):
            yield from (Leak(place, secret.what, secret.where) for secret in index.in_text(text))
    for text in _strings({**notebook, "cells": []}):
        yield from (Leak(path, secret.what, secret.where) for secret in index.in_text(text))


def _cell_line(place: str, line: int) -> str:
    return f"{place}, line {line}"


def _cell_tree(text: str) -> ast.Module | None:
    """The syntax of a module or a cell; magics of IPython are left out, line for line."""
    for attempt in (text, _MAGIC.sub("", text)):
        try:
            return parse(attempt, "cell")
        except CourseError:
            continue
    return None


def _passages(text: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The strings of a module and its runs of comment lines, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
    comments: list[tuple[int, str]] = []
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return
    for token in tokens:
        if token.type == tokenize.COMMENT:
            comments.append((token.start[0], token.string))
        elif token.type not in (tokenize.NL, tokenize.NEWLINE) and comments:
            yield comments[0][0], "\n".join(line for _, line in comments)
            comments = []


def _strings(value: Any) -> Iterator[str]:
    """All strings in a JSON value; a list of strings is one text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield "".join(value)
        else:
            for item in value:
                yield from _strings(item)
