"""The rules that make points of what happened: as tables, and as laws that hold for whatever happened."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.gradebook.rules import (
    Part,
    Try,
    admitted,
    course_total,
    days_late,
    penalty,
    rounded,
    spent,
)
from grader.manifests import AttemptLimit, Late

DUE = datetime(2030, 5, 1, 18, tzinfo=UTC)


def after(**passed: float) -> datetime:
    return DUE + timedelta(**passed)


@pytest.mark.parametrize(
    ("submitted", "grace", "days"),
    [
        (None, 0, 0),
        (after(days=-3), 0, 0),
        (DUE, 0, 0),
        (after(microseconds=1), 0, 1),
        (after(minutes=15), 15, 0),
        (after(minutes=15, microseconds=1), 15, 1),
        (after(days=1), 15, 1),
        (after(days=1, seconds=1), 0, 2),
        (after(days=10), 0, 10),
        # The same moment in another zone.
        (datetime.fromisoformat("2030-05-01T20:00:00+02:00"), 0, 0),
    ],
)
def test_days_late(submitted: datetime | None, grace: float, days: int) -> None:
    assert days_late(DUE, submitted, grace) == days
    assert days_late(None, submitted, grace) == 0


def rule(name: str, **values: float) -> Late:
    return Late.model_validate({"rule": name, **values})


@pytest.mark.parametrize(
    ("late", "days", "left", "banked", "share"),
    [
        (rule("none"), 5, 0, 0, 0),
        (rule("constant", percent=20), 0, 0, 0, 0),
        (rule("constant", percent=20), 1, 0, 0, Fraction(1, 5)),
        (rule("constant", percent=20), 9, 0, 0, Fraction(1, 5)),
        (rule("per_day", percent=10), 3, 0, 0, Fraction(3, 10)),
        (rule("per_day", percent=10, cap=25), 3, 0, 0, Fraction(1, 4)),
        (rule("per_day", percent=30), 4, 0, 0, 1),
        (rule("per_day", percent=0.1), 3, 0, 0, Fraction(3, 1000)),
        (rule("per_day", percent=10), 3, 9, 0, Fraction(3, 10)),
        (rule("bank", percent=10, days=5), 3, 5, 3, 0),
        (rule("bank", percent=10, days=5), 3, 1, 1, Fraction(1, 5)),
        (rule("bank", percent=10, days=5), 3, 0, 0, Fraction(3, 10)),
    ],
)
def test_what_being_late_costs(
    late: Late, days: int, left: int, banked: int, share: Fraction
) -> None:
    assert spent(late, days, left) == banked
    assert penalty(late, days, banked) == share


LATES = st.builds(
    Late,
    rule=st.sampled_from(["none", "constant", "per_day", "bank"]),
    percent=st.floats(0, 100),
    cap=st.floats(0, 100),
)


@given(LATES, st.integers(0, 400), st.integers(0, 20))
def test_being_later_never_costs_less_and_never_more_than_the_cap(
    late: Late, days: int, left: int
) -> None:
    now = penalty(late, days, spent(late, days, left))
    later = penalty(late, days + 1, spent(late, days + 1, left))
    assert 0 <= now <= later <= Fraction(str(late.cap)) / 100


@pytest.mark.parametrize(
    ("burst", "per_day", "hours", "answers"),
    [
        (2, 0, [0, 1, 2], [True, True, False]),
        (1, 1, [0, 1, 24, 25, 48], [True, False, True, False, True]),
        (2, 24, [0, 0, 0, 1, 2], [True, True, False, True, True]),
        # Tokens do not pile up beyond the burst.
        (1, 1, [0, 240, 241], [True, True, False]),
        # A clock that was set back gives no tokens, and takes none away.
        (1, 1, [24, 0, 48], [True, False, True]),
        (1, 1, [None, 0, None], [True, True, True]),
    ],
)
def test_attempts_within_a_limit_count(
    burst: int, per_day: float, hours: list[float | None], answers: list[bool]
) -> None:
    tries = [Try(None if each is None else after(hours=each)) for each in hours]
    assert admitted(AttemptLimit(burst=burst, per_day=per_day), tries) == answers
    assert admitted(None, tries) == [True] * len(tries)


def test_what_failed_through_our_fault_is_refunded() -> None:
    tries = [Try(DUE, fault=True), Try(DUE, fault=True), Try(DUE), Try(DUE)]
    assert admitted(AttemptLimit(burst=1), tries) == [True, True, True, False]


@given(st.integers(1, 5), st.floats(0, 10), st.lists(st.floats(0, 1000), max_size=30))
def test_never_more_attempts_count_than_tokens_came(
    burst: int, per_day: float, hours: list[float]
) -> None:
    hours.sort()
    tries = [Try(after(hours=each)) for each in hours]
    counted = sum(admitted(AttemptLimit(burst=burst, per_day=per_day), tries))
    assert min(burst, len(tries)) <= counted
    if hours:
        assert counted <= burst + per_day * (hours[-1] - hours[0]) / 24 + 1e-6


def part(name: str, weight: float, points: float, of: float = 10) -> Part:
    return Part(name, weight, Fraction(str(points)), Fraction(str(of)))


@pytest.mark.parametrize(
    ("parts", "drop", "share", "dropped"),
    [
        ([], 0, 0, ()),
        ([part("a", 1, 10), part("b", 1, 5)], 0, Fraction(3, 4), ()),
        ([part("a", 3, 10), part("b", 1, 5)], 0, Fraction(7, 8), ()),
        ([part("a", 1, 10), part("b", 1, 5)], 1, 1, ("b",)),
        ([part("a", 1, 10), part("b", 1, 5)], 9, 1, ("b",)),
        ([part("a", 0, 0), part("b", 1, 5)], 1, Fraction(1, 2), ()),
        ([part("a", 1, 5), part("b", 2, 5), part("c", 1, 8)], 1, Fraction(13, 20), ("b",)),
        ([part("a", 1, 12)], 0, Fraction(6, 5), ()),
        ([part("a", 1, 0, 0), part("b", 1, 5)], 0, Fraction(3, 4), ()),
        ([part("a", 0.1, 10), part("b", 0.2, 10)], 0, 1, ()),
    ],
)
def test_the_total_of_a_course(
    parts: list[Part], drop: int, share: Fraction, dropped: tuple[str, ...]
) -> None:
    total = course_total(parts, drop)
    assert (total.share, total.dropped) == (share, dropped)


PARTS = st.lists(
    st.builds(
        Part,
        st.text("abcdef", min_size=1, max_size=3),
        st.integers(0, 5),
        st.fractions(0, 10, max_denominator=4),
        st.just(Fraction(10)),
    ),
    max_size=8,
    unique_by=lambda each: each.name,
)


@given(PARTS, st.integers(0, 8))
def test_dropping_the_lowest_never_harms(parts: list[Part], drop: int) -> None:
    kept, more = course_total(parts, drop), course_total(parts, drop + 1)
    assert kept.share <= more.share
    assert len(kept.dropped) <= drop


@given(PARTS, st.integers(0, 8))
def test_the_order_of_assignments_does_not_matter(parts: list[Part], drop: int) -> None:
    turned = parts[::-1]
    assert course_total(parts, drop).share == course_total(turned, drop).share
    assert set(course_total(parts, drop).dropped) == set(course_total(turned, drop).dropped)


@pytest.mark.parametrize(
    ("exact", "shown"),
    [("1/3", 0.33), ("2/3", 0.67), ("1/200", 0.01), ("40", 40.0), ("-1/200", -0.01)],
)
def test_points_are_rounded_once_halves_up(exact: str, shown: float) -> None:
    assert rounded(Fraction(exact)) == shown
