"""The random generator that is passed is not used."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from grader.diagnose.evidence import Seen
from grader.diagnose.explanation import Explanation, behaves, behaviour
from grader.diagnose.relation import Words


@behaviour
def ignores_the_generator(seen: Sequence[Seen]) -> Iterator[Explanation]:
    """A generator that is as it was before the call, although the reference draws from it."""
    returned = [one for one in seen if one.got.returned]
    for index, value in enumerate(returned[0].case.args if returned else ()):
        holds = partial(_untouched, index)
        if isinstance(value, np.random.Generator) and all(map(holds, returned)):
            words = Words("ignored-generator", {"argument": seen[0].bench.parameters[index].name})
            yield behaves(words, 7.5, holds)


def _untouched(index: int, seen: Seen) -> bool:
    got, wanted = seen.got, seen.case.wanted
    return got.returned and index in got.untouched and index not in wanted.untouched
