"""Measures which lines run in the processes that hold student code.

Such a process gets none of our environment, may write no file, and is killed when it is done. So it marks what ran in a
table in shared memory, mapped before it is confined, whenever it waits for its next request. `run` makes the table, and
has every interpreter of the sandbox execute this file before anything else.
"""

import atexit
import mmap
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

#: A step goes from one line of a file to another; coverage.py gives entries and exits negative numbers.
_FIRST, _SIDE = -512, 1024
# How coverage.py's tracer packs a step into an integer.
_BITS, _NEGATIVE = 28, (1 << 56, 1 << 57)


def _files(package: Path) -> list[str]:
    return [str(file) for file in sorted((package / "sandbox").rglob("*.py"))]


def make_table(table: Path, package: Path) -> None:
    """Make an empty table for the files of the sandbox."""
    with table.open("wb") as file:
        file.truncate(len(_files(package)) * _SIDE * _SIDE)


def steps(table: Path, package: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """What was marked: every file, and the steps that were taken in it."""
    with table.open("rb") as file:
        for name in _files(package):
            page, taken, at = file.read(_SIDE * _SIDE), [], -1
            while (at := page.find(1, at + 1)) >= 0:
                taken.append((at // _SIDE + _FIRST, at % _SIDE + _FIRST))
            yield name, taken


def start(table: Path, package: Path) -> None:
    """Measure this process and those that are forked from it."""
    from coverage import Coverage

    measured = Coverage(
        data_file=None, config_file=False, branch=True, include=[str(package / "sandbox" / "*")]
    )
    measured.start()
    collector: Any = measured._collector
    places = {name: number * _SIDE * _SIDE for number, name in enumerate(_files(package))}
    with table.open("r+b") as file:
        marks = mmap.mmap(file.fileno(), 0)
    known: dict[str, int] = {}

    def mark() -> None:
        for name, packed in collector.data.copy().items():
            if len(packed) == known.get(name):
                continue
            known[name] = len(packed)
            for step in packed.copy():
                start, end = step & (1 << _BITS) - 1, step >> _BITS & (1 << _BITS) - 1
                row = (-start if step & _NEGATIVE[0] else start) - _FIRST
                marks[
                    places[name] + row * _SIDE + (-end if step & _NEGATIVE[1] else end) - _FIRST
                ] = 1

    def after_marking(function: Callable[..., Any]) -> Callable[..., Any]:
        def marked(*arguments: Any) -> Any:
            mark()
            return function(*arguments)

        return marked

    os.read = after_marking(os.read)
    os._exit = after_marking(os._exit)
    atexit.register(mark)
