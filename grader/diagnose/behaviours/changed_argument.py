"""The caller's argument differs after the call."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from grader.diagnose.evidence import Seen, argument_at
from grader.diagnose.explanation import Explanation, behaves, behaviour
from grader.diagnose.relation import Words
from grader.sandbox.records import Path


@behaviour
def changes_arguments(seen: Sequence[Seen]) -> Iterator[Explanation]:
    """The first argument that is changed, unless the reference changes one, too."""
    for one in seen:
        for path in one.got.changed:
            if not one.case.wanted.changed and not _is_generator(one, path):
                name = argument_at(one, path)
                words = Words("changes-argument", {"argument": name}, 0.95)
                yield behaves(words, 5.0, partial(_changes, name))
                return


def _changes(name: str, seen: Seen) -> bool:
    return any(argument_at(seen, path) == name for path in seen.got.changed)


def _is_generator(seen: Seen, path: Path) -> bool:
    first = path[0]
    return isinstance(first, int) and isinstance(seen.case.args[first], np.random.Generator)
