"""The cause of failures: an explanation with the answers that it speaks of, and the tests that it explains."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from grader.diagnose.bench import Bench
from grader.diagnose.evidence import Seen
from grader.diagnose.example import Ask, Draw, Example, Search, same_numbers
from grader.diagnose.explanation import Explanation
from grader.diagnose.sentences import say
from grader.diagnose.suspect import Suspect
from grader.models import Finding, Picture
from grader.sketches import sketch

#: Explanations of what became of an argument: an example shows that, not the result.
BESIDE: Final = ("changes-argument", "shares-memory")


@dataclass(eq=False)
class Cause:
    """An explanation that will be told."""

    explanation: Explanation
    seen: Sequence[Seen]
    #: Makes inputs on which to look for a small example.
    draw: Draw
    errstate: Mapping[str, str] | None = None
    #: The listed mistake that it is, too: the finding has the mistake's name and hint.
    listed: Suspect | None = None
    tests: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of the explanation, whatever the finding is called."""
        return self.explanation.kind

    def finding(self, bench: Bench, ask: Ask) -> Finding:
        """The finding in words, with the smallest example that can be written down."""
        found = self.explanation
        shown = next(one for one in self.seen if found.explains(one))
        search = Search(
            bench,
            ask,
            found.explains,
            self.errstate,
            beside=found.kind in BESIDE,
            typed=same_numbers(shown),
        )
        drawn = self._picture(bench, shown)
        example: Example | None = None
        smallest = search.find(self.draw)
        if smallest is not None:
            example = search.written(smallest)
            shown = smallest
        words = found.words(shown)
        params: dict[str, Any] = {"text": words.text, **words.params}
        if found.condition is not None:
            params["condition"] = found.condition
        kind, confidence = words.kind, words.confidence
        if self.listed is not None:
            kind, confidence = self.listed.words.kind, self.listed.words.confidence
            params |= {"kind": words.kind, **self.listed.words.params}
        if example is not None:
            if found.kind in BESIDE:
                example |= _of_argument(found.kind, str(params["argument"]))
            params["example"] = example
        message, hint = say(params)
        return Finding(
            kind=kind,
            params=params,
            confidence=confidence,
            message=message,
            hint=hint,
            picture=drawn,
        )

    def _picture(self, bench: Bench, shown: Seen) -> Picture | None:
        """The result beside the right one at its ordinary size: the smallest example is too small to look at."""
        if bench.sketch is None or self.kind in BESIDE or not shown.got.returned:
            return None
        return sketch(bench.sketch, shown.got.value, shown.case.wanted.value)


def _of_argument(kind: str, argument: str) -> Example:
    """What an example shows of a call that does more than returning."""
    if kind == "changes-argument":
        return {"got": f"{argument} has changed", "expected": f"{argument} is as it was"}
    return {"got": f"the result is a view of {argument}", "expected": "the result is a new array"}
