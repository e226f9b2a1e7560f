"""The result shares memory with an argument."""

from collections.abc import Iterator, Sequence
from functools import partial

from grader.diagnose.evidence import Seen, argument_at
from grader.diagnose.explanation import Explanation, behaves, behaviour
from grader.diagnose.relation import Words


@behaviour
def shares_memory(seen: Sequence[Seen]) -> Iterator[Explanation]:
    """The first argument of which the result is a view."""
    for one in seen:
        for path in one.got.aliased:
            name = argument_at(one, path)
            words = Words("shares-memory", {"argument": name}, 0.95)
            yield behaves(words, 6.0, partial(_shares, name))
            return


def _shares(name: str, seen: Seen) -> bool:
    return any(argument_at(seen, path) == name for path in seen.got.aliased)
