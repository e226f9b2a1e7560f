"""Puts failures with one cause together, so that each cause is told once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from grader.models import Finding, Outcome, Verdict
from grader.policy import Level

Sort = Literal[
    "load", "blocked", "finding", "raised", "timeout", "killed", "refused", "failed", "consequence",
    "fault",
]  # fmt: skip
#: What stops everything comes first, what follows from something else last.
_ORDER: tuple[tuple[Sort, ...], ...] = (
    ("load",),
    ("finding", "raised", "timeout", "killed", "refused", "failed"),
    ("blocked",),
    ("consequence",),
    ("fault",),
)


@dataclass
class Cause:
    """Failures that one message tells of, each with the level at which it is told."""

    sort: Sort
    failures: list[tuple[Outcome, Level]] = field(default_factory=list)
    finding: Finding | None = None
    #: Points of tests that did pass, and count only once a value test passes which this keeps from it.
    gated: float = 0.0

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """The functions concerned, in the report's order."""
        return tuple(dict.fromkeys(outcome.function for outcome, _ in self.failures))

    @property
    def lost(self) -> float:
        """The points that these tests did not give, and those that wait for them."""
        own = sum(o.max_points - o.points for o, _ in self.failures if o.points is not None)
        return own + self.gated


def causes(told: Iterable[tuple[Outcome, Level]]) -> list[Cause]:
    """The causes of everything that did not pass and may be told, the most urgent first.

    A failure is told of if its level lets its cause be told; what kept a test from running says nothing of the test,
    and is told wherever the verdict is.
    """
    found: dict[tuple[object, ...], Cause] = {}
    gated: defaultdict[str, float] = defaultdict(float)
    for outcome, level in told:
        if outcome.verdict is Verdict.PASSED:
            if outcome.points == 0:
                gated[outcome.function] += outcome.max_points
            continue
        needed = Level.VERDICT if outcome.verdict is Verdict.BLOCKED else Level.CAUSE
        if outcome.verdict is Verdict.FAULT:
            # Ours, and for those who can mend it.
            needed = Level.FULL
        if level < needed:
            continue
        key, cause = _of(outcome)
        found.setdefault(key, cause).failures.append((outcome, level))
    for function, points in gated.items():
        if keeping := [cause for cause in found.values() if _fails_values(cause, function)]:
            max(keeping, key=lambda cause: cause.lost).gated += points
    rank = {sort: number for number, sorts in enumerate(_ORDER) for sort in sorts}
    return sorted(found.values(), key=lambda cause: (rank[cause.sort], -cause.lost))


def _fails_values(cause: Cause, function: str) -> bool:
    return any(o.function == function and o.group == "value" for o, _ in cause.failures)


def _of(outcome: Outcome) -> tuple[tuple[object, ...], Cause]:
    function, verdict = outcome.function, outcome.verdict
    if verdict is Verdict.FAULT:
        return ("fault", function), Cause("fault")
    if outcome.consequential_of is not None:
        return ("consequence", outcome.consequential_of), Cause("consequence")
    if verdict is Verdict.BLOCKED:
        by = outcome.blocked_by
        if by == "load":
            return ("load",), Cause("load")
        if by == "timeouts":
            # It follows from those that ran, and is no cause beside them.
            return (Verdict.TIMEOUT, function), Cause("timeout")
        return ("blocked", by or function), Cause("blocked")
    if outcome.findings:
        best = max(outcome.findings, key=lambda finding: finding.confidence)
        return ("finding", best.kind, best.message, best.hint), Cause("finding", finding=best)
    if verdict is Verdict.RAISED:
        if outcome.error is None or outcome.error.line is None:
            return ("raised", function), Cause("raised")
        # One line of one file: a helper of several functions, perhaps.
        file = outcome.error.frames[-1].file if outcome.error.frames else function
        return ("raised", outcome.error.known, file, outcome.error.line), Cause("raised")
    sort: Sort = verdict.value  # type: ignore[assignment]  # the four verdicts that are left
    return (verdict, function), Cause(sort)
