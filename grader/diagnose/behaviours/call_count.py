"""A function among the arguments is called more, or less, often than needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.diagnose.evidence import Seen
from grader.diagnose.explanation import Explanation, behaviour
from grader.diagnose.relation import Words


@behaviour
def calls_too_often(seen: Sequence[Seen]) -> Iterator[Explanation]:
    """A function that is called more often than the reference calls it every time, or less often every time."""
    returned = [one for one in seen if one.got.returned and one.case.wanted.returned]
    if not returned:
        return
    for index in range(len(returned[0].case.wanted.calls)):
        for more in (True, False):
            holds = _Calls(index, more)
            if all(map(holds, returned)):
                yield Explanation("too-many-calls", 24.0, holds, holds.words, of_results=False)


@dataclass(frozen=True)
class _Calls:
    index: int
    more: bool

    def __call__(self, seen: Seen) -> bool:
        got, want = seen.got.calls, seen.case.wanted.calls
        if not seen.got.returned or len(got) != len(want) or len(want) <= self.index:
            return False
        more, fewer = got[self.index] > want[self.index], got[self.index] < want[self.index]
        return more if self.more else fewer

    def words(self, seen: Seen) -> Words:
        """How often it is called, and how often would do."""
        functions = [place for place, value in enumerate(seen.case.args) if callable(value)]
        position = functions[self.index]
        return Words(
            "too-many-calls",
            {
                "argument": seen.bench.parameters[position].name,
                "calls": seen.got.calls[self.index],
                "wanted": seen.case.wanted.calls[self.index],
            },
            0.7,
        )
