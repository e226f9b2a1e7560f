"""Rules that turn what happened into points; pure functions, applied anew whenever a grade is asked for.

Shares and points are exact fractions, rounded once, where a person reads them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from grader.manifests import AttemptLimit, Late

_DAY = timedelta(days=1)


def exact(points: float) -> Fraction:
    """Points as the decimal number that a person wrote."""
    return Fraction(str(points))


def rounded(points: Fraction) -> float:
    """Points to two decimals, halves up."""
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def days_late(due: datetime | None, submitted: datetime | None, grace: float = 0.0) -> int:
    """How many days have begun since the due date; 0 within `grace` minutes of it, and where a date is unknown."""
    if due is None or submitted is None or submitted - due <= timedelta(minutes=grace):
        return 0
    return -(-(submitted - due) // _DAY)


def spent(late: Late, days: int, left: int) -> int:
    """How many of the days `left` in a student's bank pay for being so many days late."""
    return min(days, left) if late.rule == "bank" else 0


def penalty(late: Late, days: int, banked: int = 0) -> Fraction:
    """The share of the points that being so many days late costs; `banked` of them are paid for."""
    percent = exact(late.percent) / 100
    charged = days - banked
    if charged <= 0 or late.rule == "none":
        return Fraction(0)
    share = percent if late.rule == "constant" else percent * charged
    return min(share, exact(late.cap) / 100)


@dataclass(frozen=True)
class Try:
    """What a limit on attempts asks of one."""

    submitted: datetime | None
    #: It could not be graded, and that was our fault.
    fault: bool = False


def admitted(limit: AttemptLimit | None, tries: Sequence[Try]) -> list[bool]:
    """Which attempts count: each takes a token, and tokens come back with time.

    What failed through our fault costs none, nor does what came at an unknown time.
    """
    if limit is None:
        return [True] * len(tries)
    tokens = Fraction(limit.burst)
    pace = exact(limit.per_day)
    last: datetime | None = None
    answers = []
    for each in tries:
        if each.submitted is None:
            answers.append(True)
            continue
        if last is not None and each.submitted > last:
            passed = (each.submitted - last) / timedelta(microseconds=1)
            tokens += pace * Fraction(int(passed), 86_400_000_000)
            tokens = min(tokens, Fraction(limit.burst))
        last = each.submitted if last is None else max(last, each.submitted)
        answers.append(tokens >= 1)
        if tokens >= 1 and not each.fault:
            tokens -= 1
    return answers


@dataclass(frozen=True)
class Part:
    """One assignment's part in a course."""

    name: str
    weight: float
    points: Fraction
    max_points: Fraction

    @property
    def share(self) -> Fraction:
        """The share of the points that was reached; more than all is possible."""
        return self.points / self.max_points if self.max_points else Fraction(1)


@dataclass(frozen=True)
class Total:
    """A student's total: a share of 1, and the assignments that do not count in it."""

    share: Fraction
    dropped: tuple[str, ...]


def course_total(parts: Sequence[Part], drop_lowest: int) -> Total:
    """The weighted mean of the shares, without the `drop_lowest` lowest ones; one assignment always counts."""
    weighing = [part for part in parts if part.weight > 0]
    drop = min(drop_lowest, max(len(weighing) - 1, 0))
    # Of equal shares the heaviest goes: that is never to a student's harm, and always the same one.
    ranked = sorted(weighing, key=lambda part: (part.share, -part.weight, part.name))
    dropped = {part.name for part in ranked[:drop]}
    kept = [part for part in weighing if part.name not in dropped]
    weight = sum((exact(part.weight) for part in kept), Fraction(0))
    if not weight:
        return Total(Fraction(0), ())
    whole = sum((exact(part.weight) * part.share for part in kept), Fraction(0))
    return Total(whole / weight, tuple(part.name for part in weighing if part.name in dropped))
