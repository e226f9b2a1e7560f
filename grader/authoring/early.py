"""Finds random numbers that a suite draws while it is read: those would be the same for every student."""

import ast
import contextlib
import functools
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

#: What makes a stream of random numbers; classes are not watched at work, since suites also ask for their types.
_MAKERS = frozenset(
    (
        *("Generator", "RandomState", "SeedSequence", "Random", "SystemRandom"),
        *("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"),
    )
)


@contextlib.contextmanager
def watching(folder: Path) -> Iterator[Callable[[], list[str]]]:
    """While files of a folder are imported, note what they draw; what is yielded stops watching and tells it."""
    seen: list[str] = []
    active = True

    def watched(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            if active:
                line = _line_in(folder)
                if line is not None:
                    seen.append(f"{line} calls {name} while the suite is read")
            return function(*args, **kwargs)

        return call

    before: list[tuple[Any, str, Any]] = []
    for module, prefix in ((np.random, "np.random"), (random, "random")):
        for name, value in list(vars(module).items()):
            if not name.startswith("_") and callable(value) and not isinstance(value, type):
                before.append((module, name, value))
                setattr(module, name, watched(f"{prefix}.{name}", value))

    def stop() -> list[str]:
        nonlocal active
        active = False
        for module, name, value in before:
            setattr(module, name, value)
        before.clear()
        return list(dict.fromkeys(seen))

    try:
        yield stop
    finally:
        stop()


def _line_in(folder: Path) -> str | None:
    """The innermost line of a file in the folder that is being executed."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(folder):
            return f"{file.relative_to(folder).as_posix()}:{frame.f_lineno}"
        frame = frame.f_back
    return None


def streams_made_at_import(folder: Path) -> list[str]:
    """Where the Python files of a folder make a stream of random numbers outside functions."""
    found = []
    for file in sorted(folder.glob("*.py")):
        for node in _executed_at_import(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name.rpartition(".")[2] in _MAKERS:
                    found.append(f"{file.name}:{node.lineno} calls {name} while the suite is read")
    return found


def _executed_at_import(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        yield child
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            defaults = [*child.args.defaults, *(d for d in child.args.kw_defaults if d is not None)]
            for part in (*getattr(child, "decorator_list", ()), *defaults):
                yield part
                yield from _executed_at_import(part)
        else:
            yield from _executed_at_import(child)
