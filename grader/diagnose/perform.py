"""Calls functions of ours, right and wrong ones, and notes what a worker would note of a student's."""

import copy
import io
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import partial
from typing import Any, Final

import numpy as np

from grader.diagnose.answers import Answer, exception, troubles
from grader.diagnose.timer import OutOfTime, memory, within
from grader.sandbox import effects

#: CPU seconds for one call.
CALL_TIME: Final = 0.25
#: Bytes that this process may have while such a call runs.
MEMORY: Final = 6 << 30


#: Functions of numpy.linalg that go on until something converges.
_ALGEBRA: Final = ("eig", "eigh", "eigvals", "eigvalsh", "lstsq", "matrix_rank", "pinv", "svd")


class Counted:
    """A function among the arguments, and how often it was called."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.calls = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Count, and call."""
        self.calls += 1
        return self._function(*args, **kwargs)


def copied(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments for one call: what it writes to, draws from or counts is its own; read-only arrays stay so."""
    return tuple(_copy(value) for value in args)


def _copy(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        made = value.copy(order="K")
        made.flags.writeable = value.flags.writeable
        return made
    if isinstance(value, tuple):
        return tuple(_copy(item) for item in value)
    if isinstance(value, list):
        return [_copy(item) for item in value]
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value)
    if isinstance(value, (str, int, float, complex, np.generic, types.NoneType)):
        return value
    return Counted(value) if callable(value) else copy.deepcopy(value)


def counts(args: tuple[Any, ...]) -> tuple[int, ...]:
    """How often each of the functions among copied arguments was called."""
    return tuple(value.calls for value in args if isinstance(value, Counted))


def untouched(args: tuple[Any, ...], given: tuple[Any, ...]) -> tuple[int, ...]:
    """The places of generators that are after the call as they were."""
    return tuple(
        index
        for index, (before, after) in enumerate(zip(args, given, strict=True))
        if isinstance(before, np.random.Generator)
        and str(before.bit_generator.state) == str(after.bit_generator.state)
    )


def perform(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    errstate: Mapping[str, str] | None = None,
    *,
    watch: bool = False,
    seconds: float = CALL_TIME,
) -> Answer:
    """What a function of ours does with these arguments; `watch` tells what it changed or returned of them, too.

    A call that takes longer than `seconds` is lost. The arguments are not written to.
    """
    given = copied(args)
    before = copied(given) if watch else ()
    conditions: dict[str, Any] = dict(errstate or {"all": "warn"})
    printed = io.StringIO()
    value, raised = None, None
    limit = within(seconds)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            with (
                _finite_algebra(),
                memory(MEMORY),
                np.errstate(**conditions),
                redirect_stdout(printed),
                limit,
            ):
                value = function(*given)
        except Exception as error:  # wrong versions may raise anything
            raised = exception(error)
        except OutOfTime:
            if not limit.own:
                raise
            return Answer(lost="timeout")
        except SystemExit:
            return Answer(lost="killed")
    return Answer(
        _plain(value),
        raised,
        changed=_paths(effects.changed((before, {}), (given, {}))) if watch else (),
        aliased=_paths(effects.aliased(value, given, {})) if watch and raised is None else (),
        warned=troubles((item.category.__name__, str(item.message)) for item in caught),
        printed=printed.getvalue(),
        calls=counts(given),
        untouched=untouched(args, given),
    )


@contextmanager
def _finite_algebra() -> Iterator[None]:
    """Let numpy.linalg refuse NaN and infinity: given those, LAPACK may never come back, and no timer ends it."""
    own = {name: getattr(np.linalg, name) for name in _ALGEBRA}
    for name, function in own.items():
        setattr(np.linalg, name, partial(_of_finite, function))
    try:
        yield
    finally:
        for name, function in own.items():
            setattr(np.linalg, name, function)


def _of_finite(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    if not all(np.isfinite(value).all() for value in args if isinstance(value, np.ndarray)):
        raise np.linalg.LinAlgError("the numbers are not finite")
    return function(*args, **kwargs)


def _plain(value: Any) -> Any:
    """A result as it would come out of a worker: nothing that shares memory with what others hold."""
    if isinstance(value, np.ndarray):
        return value.copy() if type(value) is np.ndarray else np.array(value)
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _paths(found: list[list[Any]]) -> tuple[tuple[int | str, ...], ...]:
    return tuple(tuple(path) for path in found)
