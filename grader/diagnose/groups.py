"""Wrong answers that have something in common: an option, a type of numbers, a result that is finite."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from grader.diagnose.answers import leaves, numbers
from grader.diagnose.evidence import Seen
from grader.diagnose.sentences import inner

#: A text that begins the sentence, what tells whether an answer belongs to it, and those that do.
Group: TypeAlias = tuple[dict[str, Any] | None, Callable[[Seen], bool], list[Seen]]


def groups(answers: Sequence[Seen]) -> Iterator[Group]:
    """All answers, then those that have something in common: finite results, an option, a type of numbers."""
    yield None, lambda seen: True, list(answers)
    finite = [seen for seen in answers if _finite(seen)]
    if 0 < len(finite) < len(answers):
        yield inner("where-finite"), _finite, finite
    for condition, applies in _conditions(answers):
        chosen = [seen for seen in answers if applies(seen)]
        if 0 < len(chosen) < len(answers):
            yield condition, applies, chosen


def _finite(seen: Seen) -> bool:
    if not seen.got.returned:
        return False
    for _, part in leaves(seen.got.value):
        values = numbers(part)
        if values is not None and not np.isfinite(values).all():
            return False
    return True


def _conditions(answers: Sequence[Seen]) -> Iterator[tuple[dict[str, Any], Callable[[Seen], bool]]]:
    """What can be said of some inputs and not of others."""
    parameters = answers[0].bench.parameters if answers else ()
    for index, parameter in enumerate(parameters):
        values = [seen.case.args[index] for seen in answers if len(seen.case.args) > index]
        options = {value for value in values if isinstance(value, (str, bool))}
        if len(options) > 1:
            for option in sorted(options, key=repr):
                said = inner("with-option", argument=parameter.name, value=repr(option))
                yield said, _Option(index, option)
        kinds = {_kind(value) for value in values}
        if "i" in kinds and "f" in kinds:
            yield inner("where-floats", argument=parameter.name), _OfKind(index, "f")
            yield inner("where-integers", argument=parameter.name), _OfKind(index, "i")
    lengths = {len(seen.case.args) for seen in answers}
    for length in sorted(lengths) if len(lengths) > 1 else ():
        if length < max(lengths) and length < len(parameters):
            name = parameters[length].name
            yield inner("without", argument=name), _OfLength(length)


@dataclass(frozen=True)
class _Option:
    index: int
    value: object

    def __call__(self, seen: Seen) -> bool:
        args = seen.case.args
        return (
            len(args) > self.index
            and args[self.index] is not None
            and (type(args[self.index]) is type(self.value) and args[self.index] == self.value)
        )


@dataclass(frozen=True)
class _OfLength:
    length: int

    def __call__(self, seen: Seen) -> bool:
        return len(seen.case.args) == self.length


@dataclass(frozen=True)
class _OfKind:
    index: int
    kind: str

    def __call__(self, seen: Seen) -> bool:
        args = seen.case.args
        return len(args) > self.index and _kind(args[self.index]) == self.kind


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return "i" if value.dtype.kind in "iu" else value.dtype.kind
    if isinstance(value, (list, tuple)) and value:
        return _kind(value[0])
    return ""
