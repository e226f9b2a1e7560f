"""The function returns something of another type: a generator, a string, a list where an array is wanted."""

from collections.abc import Iterator, Sequence
from functools import partial

from grader.compare import Difference
from grader.diagnose.answers import one_line
from grader.diagnose.evidence import Seen
from grader.diagnose.explanation import Explanation, behaves, behaviour
from grader.diagnose.relation import Words
from grader.diagnose.sentences import inner


@behaviour
def returns_another_type(seen: Sequence[Seen]) -> Iterator[Explanation]:
    """The type of the first answer that has another one."""
    for one in seen:
        found = _other_type(one)
        if found is not None:
            params = {
                "got": one_line(found.got.type_name, 40),
                "wanted": found.wanted.noun,
                "place": inner("as-a-part" if found.path else "nothing"),
            }
            words = Words("wrong-type", params, 0.85)
            yield behaves(words, 22.0, partial(_has_type, found.got.type_name))
            return


def _other_type(seen: Seen) -> Difference | None:
    if not seen.wrong or not seen.got.returned:
        return None
    found = seen.bench.close.differs(seen.got.value, seen.case.wanted.value)
    return found if found is not None and found.kind in ("handle", "type", "container") else None


def _has_type(name: str, seen: Seen) -> bool:
    found = _other_type(seen)
    return found is not None and found.got.type_name == name
