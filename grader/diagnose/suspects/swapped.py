"""The result is right for two arguments exchanged."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from grader.diagnose.bench import Bench
from grader.diagnose.relation import Words
from grader.diagnose.suspect import Suspect, suspects


@suspects(1)
def exchanged_arguments(bench: Bench) -> Iterator[Suspect]:
    """Every two arguments of which each can stand in the other's place."""
    names = [parameter.name for parameter in bench.parameters]
    for i, j in combinations(range(min(len(names), 6)), 2):
        words = Words("swapped-arguments", {"one": names[i], "other": names[j]})
        yield Suspect(words, 10.5, _exchanged(bench, i, j))


def _exchanged(bench: Bench, i: int, j: int) -> Callable[..., Any]:
    def call(*args: Any) -> Any:
        if len(args) <= j or type(args[i]) is not type(args[j]):
            raise TypeError
        moved = list(args)
        moved[i], moved[j] = moved[j], moved[i]
        return bench.reference(*moved)

    return call
