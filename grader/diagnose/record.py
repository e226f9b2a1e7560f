"""What a failing test did with the student's function: its recorded calls, beside the reference's answers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np

from grader.diagnose.answers import Answer, from_reply
from grader.diagnose.bench import Bench, Case
from grader.diagnose.evidence import Seen
from grader.domains import DEFAULT_SIZE
from grader.sandbox.records import Reply
from grader.sandbox.wire import OBJECTS, Decoder, Inert, WireError

#: Calls of one test that are looked at, the last ones, and the longest arguments.
CALLS: Final = 12
MAX_BYTES: Final = 256 << 10


class Call(Protocol):
    """One recorded call."""

    @property
    def function(self) -> str:
        """The graded function."""
        ...

    @property
    def arguments(self) -> bytes:
        """The arguments as they were sent."""
        ...

    @property
    def errstate(self) -> Mapping[str, str] | None:
        """The `numpy.errstate` of the call."""
        ...

    @property
    def reply(self) -> Reply:
        """What became of it."""
        ...


@dataclass(frozen=True)
class Failure:
    """A test that failed, with the calls of its counted run."""

    test: str
    function: str
    group: str
    calls: Sequence[Call]


@dataclass(frozen=True, eq=False)
class Recalled:
    """One recorded call; `seen` is None where its arguments hold what cannot be read back, such as functions."""

    call: Call
    got: Answer
    seen: Seen | None


def recall(
    failure: Failure,
    bench: Bench,
    reference: Callable[[str, tuple[Any, ...], Mapping[str, str] | None], Answer],
) -> Iterator[Recalled]:
    """The calls of the function that a test belongs to, the last one first."""
    calls = [call for call in failure.calls if call.function == bench.function]
    for call in reversed(calls[-CALLS:]):
        got = from_reply(call.reply)
        args = _arguments(call, bench)
        if args is None:
            yield Recalled(call, got, None)
            continue
        wanted = reference(bench.function, args, call.errstate)
        case = Case(args, wanted, DEFAULT_SIZE, call.errstate)
        yield Recalled(call, got, None if wanted.lost else Seen(bench, case, got))


def _arguments(call: Call, bench: Bench) -> tuple[Any, ...] | None:
    """The positional arguments of a call, or None where something in them cannot be had again."""
    if len(call.arguments) > MAX_BYTES:
        return None
    decoder = Decoder(call.arguments, OBJECTS)
    try:
        args, kwargs = decoder.next()
    except (WireError, ValueError, TypeError):
        return None
    if decoder.special or not isinstance(args, tuple) or not isinstance(kwargs, dict):
        return None
    names = [parameter.name for parameter in bench.parameters]
    given = list(args)
    for parameter in bench.parameters[len(given) :]:
        if not kwargs:
            break
        value = kwargs.pop(parameter.name, parameter.default)
        if value is parameter.empty:
            return None
        given.append(value)
    if kwargs or len(given) > len(names) or any(isinstance(value, Inert) for value in given):
        return None
    return tuple(given)


def sort_of(value: Any) -> str:
    """The type of a result as far as tests ask for it: `float`, `0-d array`, `array of float64`, `tuple of ...`."""
    if isinstance(value, np.ndarray):
        return f"array of {value.dtype.name}" if value.ndim else "0-d array"
    if isinstance(value, (bool, np.bool_)):
        # `is True` holds of one of them only, though numpy 2 calls its own bool, too.
        return "bool" if isinstance(value, bool) else "np.bool"
    if isinstance(value, float):
        return "float"
    if isinstance(value, (int, np.integer)):
        return "whole number"
    if isinstance(value, np.generic):
        return str(value.dtype.name)
    if isinstance(value, (list, tuple)):
        kinds = list(dict.fromkeys(sort_of(item) for item in value[:20]))
        return f"{type(value).__name__} of {', '.join(kinds)}" if kinds else type(value).__name__
    return type(value).__name__
