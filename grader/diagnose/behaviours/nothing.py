"""The function returns None, having printed its result perhaps."""

from collections.abc import Iterator, Sequence

from grader.diagnose.evidence import Seen
from grader.diagnose.explanation import Explanation, behaves, behaviour
from grader.diagnose.relation import Words


@behaviour
def returns_nothing(seen: Sequence[Seen]) -> Iterator[Explanation]:
    """None where a result is wanted."""
    count = sum(map(_returns_none, seen))
    if 0 < count < len(seen):
        yield behaves(Words("returns-nothing.sometimes"), 4.0, _returns_none)
    elif count:
        yield Explanation("returns-nothing", 4.0, _returns_none, _words, of_results=False)


def _returns_none(seen: Seen) -> bool:
    return seen.wrong and seen.got.returned and seen.got.value is None


def _words(seen: Seen) -> Words:
    printed = bool(seen.got.printed.strip())
    return Words("returns-nothing.printed" if printed else "returns-nothing", {}, 0.95)
