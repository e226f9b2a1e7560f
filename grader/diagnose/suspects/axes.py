"""The result is right for columns in place of rows, or for the whole table at once."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from grader.diagnose.bench import Bench
from grader.diagnose.relation import Words
from grader.diagnose.suspect import Suspect, suspects


@suspects(1)
def other_axes(bench: Bench) -> Iterator[Suspect]:
    """For functions of which the first argument is a table."""
    args = bench.ordinary(0).args
    if not args or not isinstance(args[0], np.ndarray) or args[0].ndim != 2:
        return
    for rank, what, call in (
        (11.5, "columns", _columns),
        (11.6, "everything", _everything),
        (13.0, "cells", _cells),
    ):
        yield Suspect(Words(f"wrong-axis.{what}"), rank, partial(call, bench.reference))


def _columns(function: Callable[..., Any], table: Any, *others: Any) -> Any:
    result = function(np.ascontiguousarray(table.T), *others)
    return result.T if isinstance(result, np.ndarray) else result


def _everything(function: Callable[..., Any], table: Any, *others: Any) -> Any:
    result = np.asarray(function(table.reshape(1, -1), *others))
    if result.size == table.size:
        return result.reshape(table.shape)
    return result.reshape(-1)[0] if result.size == 1 else result


def _cells(function: Callable[..., Any], table: Any, *others: Any) -> Any:
    result = np.asarray(function(table.reshape(-1, 1), *others))
    return result.reshape(table.shape) if result.size == table.size else result
