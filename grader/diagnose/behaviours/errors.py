"""The function raises an exception where a result is wanted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from grader.diagnose.answers import one_line
from grader.diagnose.evidence import Seen
from grader.diagnose.explanation import Explanation, behaviour
from grader.diagnose.relation import Words
from grader.diagnose.sentences import inner
from grader.sandbox.records import Raised

#: Types of which the catalogue knows an advice of their own.
_ADVICE: Final = (
    "AttributeError",
    "IndexError",
    "KeyError",
    "NameError",
    "RecursionError",
    "TypeError",
    "UnboundLocalError",
    "ValueError",
    "ZeroDivisionError",
)


@behaviour
def raises(seen: Sequence[Seen]) -> Iterator[Explanation]:
    """The commonest exception."""
    found = Counter(one.got.raised.type for one in seen if one.wrong and one.got.raised is not None)
    for kind, count in found.most_common(1):
        raised = _Raises(kind, count == len(seen))
        if all(one.case.wanted.returned for one in seen if raised(one)):
            yield Explanation("unexpected-error", 21.0, raised, raised.words, of_results=False)


@dataclass(frozen=True)
class _Raises:
    type: str
    always: bool

    def __call__(self, seen: Seen) -> bool:
        return seen.wrong and seen.got.raised is not None and seen.got.raised.type == self.type

    def words(self, seen: Seen) -> Words:
        """The exception and what to look at."""
        raised = seen.got.raised
        assert raised is not None
        when = inner("on-ordinary-inputs" if self.always else "on-some-inputs")
        return Words("unexpected-error", {"when": when, **about(raised)}, 0.85)


def about(raised: Raised) -> dict[str, Any]:
    """An exception as parameters of a text."""
    advice = raised.type if raised.type in _ADVICE else "other"
    return {
        "error": raised.type,
        "place": in_line(raised),
        "said": one_line(raised.message, 160),
        "advice": inner(f"advice-{advice}"),
    }


def in_line(raised: Raised | None) -> dict[str, Any]:
    """Where it was raised."""
    if raised is None or not raised.line:
        return inner("nothing")
    return inner("in-line", line=raised.line)
