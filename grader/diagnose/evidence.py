"""What was seen: the student's answers beside the right ones, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grader.diagnose.answers import Answer, Floats, explains, leaves, numbers
from grader.diagnose.bench import Bench, Case
from grader.diagnose.quantities import quantities
from grader.diagnose.sentences import inner
from grader.sandbox.records import Path


@dataclass(frozen=True, eq=False)
class Pair:
    """One part of a result beside the right one."""

    got: Any
    want: Any
    path: Path
    seen: "Seen"

    @cached_property
    def got_numbers(self) -> Floats | None:
        """The part as floats, where it is numbers."""
        return numbers(self.got)

    @cached_property
    def want_numbers(self) -> Floats | None:
        """The right part as floats, where it is numbers."""
        return numbers(self.want)

    @property
    def case(self) -> Case:
        """The call."""
        return self.seen.case

    @property
    def bench(self) -> Bench:
        """The function."""
        return self.seen.bench

    @cached_property
    def wrong(self) -> bool:
        """Whether this part is not right."""
        return not self.bench.close.right(self.got, self.want)

    @property
    def subject(self) -> dict[str, Any]:
        """How a sentence calls this part."""
        return name_part(self.path)

    def explained_by(self, predicted: Any) -> bool:
        """Whether the part is what was predicted, and the prediction leaves nothing of the error."""
        if self.got_numbers is None:
            return False
        want = self.want_numbers if self.wrong else None
        return explains(predicted, self.got_numbers, want, self.bench.close.loose)


@dataclass(frozen=True, eq=False)
class Seen:
    """The student's answer to one case."""

    bench: Bench
    case: Case
    got: Answer

    @cached_property
    def wrong(self) -> bool:
        """Whether the answer is not the right one."""
        return self.bench.close.wrong(self.got, self.case.wanted)

    @cached_property
    def quantities(self) -> dict[str, float]:
        """The named numbers of the case."""
        return quantities(self.bench, self.case)

    @cached_property
    def whole(self) -> Pair:
        """The whole result beside the right one."""
        return Pair(self.got.value, self.case.wanted.value, (), self)

    @cached_property
    def pairs(self) -> tuple[Pair, ...] | None:
        """The parts of the result beside those of the right one; None where they do not fit together."""
        if not self.got.returned or not self.case.wanted.returned:
            return None
        return tuple(_pairs(self.got.value, self.case.wanted.value, self)) or None

    @cached_property
    def wrong_pairs(self) -> tuple[Pair, ...]:
        """The parts that are not right."""
        return tuple(pair for pair in self.pairs or () if pair.wrong)


def _pairs(got: Any, want: Any, seen: Seen) -> Iterator[Pair]:
    wanted = list(leaves(want))
    if len(wanted) == 1 and wanted[0][0] == ():
        yield Pair(got, want, (), seen)
        return
    for path, part in wanted:
        try:
            found = _follow(got, path)
        except (LookupError, TypeError):
            return
        yield Pair(found, part, path, seen)


def _follow(value: Any, path: Path) -> Any:
    for step in path:
        if isinstance(step, int) and not isinstance(value, (list, tuple)):
            raise TypeError
        value = value[step]
    return value


def argument_at(seen: Seen, path: Path) -> str:
    """The name of the argument that a path leads to."""
    names = [parameter.name for parameter in seen.bench.parameters]
    first = path[0]
    return names[first] if isinstance(first, int) and first < len(names) else str(first)


def name_part(path: Path) -> dict[str, Any]:
    """How a sentence calls a part of a result: `(1, 0)` is the first part of the second returned value."""
    said = inner("result")
    for depth, step in enumerate(path):
        if not isinstance(step, int):
            said = inner("named-part", name=step)
        elif depth == 0:
            said = inner("returned-value", ordinal=ordinal(step))
        else:
            said = inner("part-of", ordinal=ordinal(step), whole=said)
    return said


def ordinal(place: int) -> dict[str, Any]:
    """How a sentence counts."""
    return inner(f"ordinal-{place + 1}") if place < 6 else inner("ordinal", number=place + 1)
