"""The result is that of the right formula with one slip: every single one in the reference and in the alternatives."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from grader.diagnose.bench import Bench
from grader.diagnose.relation import Words
from grader.diagnose.slips import names as _names
from grader.diagnose.slips.slip import FINDERS, Slip
from grader.diagnose.suspect import Suspect, suspects
from grader.mistakes import Variant

#: Slips that are tried for one function.
LIMIT: Final = 1500
RANK: Final = 18.0
#: What a slip in another right version than the reference has to its rank.
OTHER: Final = 0.3


@suspects(2)
def one_slip(bench: Bench) -> Iterator[Suspect]:
    """Every slip at every place, the likelier first; those in the reference before those in other right versions."""
    found = [
        (slip.rank + (0.0 if number == 0 else OTHER), slip, version, place)
        for number, version in enumerate(_versions(bench))
        for slip, place in version.slips()
    ]
    found.sort(key=lambda item: item[0])
    for rank, slip, version, place in found[:LIMIT]:
        sure = 0.85 if version.name == bench.function else 0.7
        words = Words(slip.text, slip.params, sure)
        yield Suspect(words, RANK + rank, _Lazy(version, slip, place))


@dataclass(eq=False)
class _Version:
    """A right version: the tree of its module, the functions that it consists of, and where it is called."""

    name: str
    tree: ast.Module
    parts: list[ast.FunctionDef]
    namespace: dict[str, Any]

    def slips(self) -> Iterator[tuple[Slip, Any]]:
        """Every slip with its place: a node, the name of one of its fields, and what stands there."""
        for part in self.parts:
            parameters = [argument.arg for argument in part.args.args]
            own = {
                node.id
                for node in ast.walk(part)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            known = [*parameters, *sorted(own - set(parameters))][:10]
            for finder in FINDERS:
                for slip in finder(part):
                    yield slip, (self.tree, "body", part)
            for place in _places(part):
                for finder in FINDERS:
                    for slip in finder(place[2]):
                        yield slip, place
                for slip in _names.other_names(place[2], known, parameters):
                    yield slip, place


def _places(part: ast.FunctionDef) -> Iterator[tuple[ast.AST, str, ast.AST]]:
    """Everything in a function's body."""
    outside = {id(node) for node in ast.walk(part.args)}
    for parent in ast.walk(part):
        if id(parent) in outside:
            continue
        for name, value in ast.iter_fields(parent):
            if parent is part and name != "body":
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield parent, name, child


class _Lazy:
    """The slipped version, compiled when it is first called."""

    def __init__(self, version: _Version, slip: Slip, place: Any) -> None:
        self._version, self._slip, self._place = version, slip, place
        self._made: Callable[..., Any] | None = None

    def __call__(self, *args: Any) -> Any:
        if self._made is None:
            self._made = self._make()
        return self._made(*args)

    def _make(self) -> Callable[..., Any]:
        parent, name, child = self._place
        whole = getattr(parent, name)
        changed: Any = self._slip.node
        if isinstance(whole, list):
            changed = [self._slip.node if item is child else item for item in whole]
        setattr(parent, name, changed)
        # The rest of the tree has its places: to go through all of it costs more than to compile it.
        ast.fix_missing_locations(self._slip.node)
        try:
            code = compile(self._version.tree, "<a slip>", "exec", dont_inherit=True)
        finally:
            setattr(parent, name, whole)
        names = dict(self._version.namespace)
        exec(code, names)  # noqa: S102  # the reference with a slip of ours
        made: Callable[..., Any] = names[self._version.name]
        return made


def _versions(bench: Bench) -> Iterator[_Version]:
    functions = _module(str(bench.namespace["__file__"]))
    needed = _needed(bench.function, functions)
    tree = ast.Module([functions[name] for name in needed], [])
    yield _Version(bench.function, tree, [functions[name] for name in needed], bench.namespace)
    for alternative in bench.alternatives:
        yield _from_variant(alternative, bench.namespace)


def _from_variant(variant: Variant, namespace: dict[str, Any]) -> _Version:
    tree = ast.parse(variant.source)
    parts = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return _Version(variant.name, tree, parts, namespace)


@cache
def _module(file: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(Path(file).read_bytes())
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _needed(name: str, functions: dict[str, ast.FunctionDef]) -> list[str]:
    """A function and the private ones that it calls, without annotations that would be evaluated."""
    needed = [name]
    for one in needed:
        for node in ast.walk(functions[one]):
            name = node.id if isinstance(node, ast.Name) else ""
            if name.startswith("_") and name in functions and name not in needed:
                needed.append(name)
    return needed
