"""What a batch hands over is kept, each report once, and not asked for again while it holds."""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from grader import bundles
from grader.errors import StoreError
from grader.gradebook import attempts, connection, maintenance, tables
from grader.gradebook.connection import Gradebook
from grader.gradebook.forced import forcing
from grader.gradebook.keeping import Keeping
from grader.gradebook.schema import open_gradebook
from grader.gradebook.writer import GroupWriter
from grader.models import BY_STAFF, Submission
from grader.orders import Again
from tests.gradebook.samples import BUNDLE, context, grade, graded, handed_in, report, seed_of


def count(book: Gradebook, table: str) -> int:
    with book.read() as reading:
        query = select(func.count()).select_from(tables.METADATA.tables[table])
        return reading.execute(query).scalar_one()


def test_what_is_unchanged_is_not_graded_again_and_told_all_the_same(book: Gradebook) -> None:
    done, first = grade(book, handed_in("ann"), handed_in("bob"))
    assert done == ["ann", "bob"]
    done, second = grade(book, handed_in("ann"), handed_in("bob"))
    assert done == []
    assert second == first
    assert (count(book, "attempts"), count(book, "reports")) == (2, 2)


@pytest.mark.parametrize("change", ["submission", "suite"])
def test_what_changed_is_graded_again(book: Gradebook, change: str) -> None:
    grade(book, handed_in("ann"))
    if change == "suite":
        done, (made,) = grade(book, handed_in("ann"), suite="another")
    else:
        done, (made,) = grade(book, handed_in("ann", "x = 2\n"))
    assert done == ["ann"]
    assert made.attempt == (1 if change == "suite" else 2)


@pytest.mark.parametrize(
    ("again", "done"),
    [
        (Again.STALE, ["new", "old suite"]),
        (Again.FAILED, ["new", "old suite", "needs review"]),
        (Again.CHANGED, ["new"]),
        (Again.ALL, ["new", "old suite", "needs review", "unchanged"]),
    ],
)
def test_a_person_chooses_what_is_graded_again(
    book: Gradebook, again: Again, done: list[str]
) -> None:
    grade(book, handed_in("needs review"), points=[None])
    grade(book, handed_in("unchanged"))
    grade(book, handed_in("old suite"), suite="old")
    everyone = [handed_in(name) for name in ("new", "old suite", "needs review", "unchanged")]
    graded_now, reports = grade(book, *everyone, again=again)
    assert graded_now == done
    assert len(reports) == 4


def test_grading_everything_again_goes_on_where_it_was_stopped(book: Gradebook) -> None:
    everyone = [handed_in(name) for name in ("ann", "bob", "eve")]

    def forced(*wanted: Submission, suite: str = "suite", place: str = "here") -> list[str]:
        with forcing(book, "small", place) as order:
            after = order.body.after
            done, reports = grade(book, *wanted, again=Again.ALL, suite=suite, since=after)
            assert len(reports) == len(wanted)
            if len(wanted) < len(everyone):
                raise KeyboardInterrupt
        return done

    names = [each.student for each in everyone]
    assert forced(*everyone) == names
    with pytest.raises(KeyboardInterrupt):
        forced(everyone[0])
    # Elsewhere nothing was stopped, and what another suite graded is not graded by this one.
    assert forced(*everyone, place="elsewhere") == names
    with pytest.raises(KeyboardInterrupt):
        forced(everyone[1], suite="another")
    assert forced(*everyone, suite="another") == ["ann", "eve"]
    assert forced(*everyone, suite="another") == names
    assert maintenance.check(book) == []


def test_a_suite_that_was_put_back_brings_its_reports_back(book: Gradebook) -> None:
    _, (before,) = grade(book, handed_in("ann"), points=[2.0])
    grade(book, handed_in("ann"), points=[0.0], suite="wrong")
    done, (after,) = grade(book, handed_in("ann"))
    assert done == []
    assert after == before
    # Changed only: what stands now is asked, whatever graded it.
    _, (stands,) = grade(book, handed_in("ann"), suite="third", again=Again.CHANGED)
    assert stands == before


def test_attempts_are_counted_and_an_earlier_one_may_come_back(book: Gradebook) -> None:
    numbers = []
    for text in ("x = 1\n", "x = 2\n", "x = 2\n", "x = 1\n"):
        _, (made,) = grade(book, handed_in("ann", text))
        numbers.append(made.attempt)
    assert numbers == [1, 2, 2, 3]
    assert count(book, "reports") == 2


def test_an_attempt_that_is_stored_keeps_its_number_and_time(book: Gradebook) -> None:
    when = "2030-05-01T18:00:00+02:00"
    grade(book, handed_in("ann", "x = 1\n", submitted=when))
    grade(book, handed_in("ann", "x = 2\n"))
    with book.read() as reading:
        digest = bundles.digest(handed_in("ann", "x = 1\n").contents)
        found = attempts.handed_in(reading, "ann", digest)
    again = replace(found, attempt=1, submitted=when)
    done, (made,) = grade(book, again, suite="another")
    assert (done, made.attempt, made.submitted) == (["ann"], 1, when)
    assert grade(book, again, suite="another") == ([], [made])
    assert (count(book, "attempts"), count(book, "reports")) == (2, 3)


def test_nothing_handed_in_is_no_attempt_and_what_cannot_be_read_is_one(book: Gradebook) -> None:
    nothing = Submission("ann", {})
    photo = Submission("bob", {}, problem="it is larger than 1 MiB")
    _, reports = grade(book, nothing, photo)
    assert [made.attempt for made in reports] == [None, 1]
    assert count(book, "attempts") == 1
    # What was unreadable and is then gone is another thing than before.
    done, _ = grade(book, Submission("bob", {}))
    assert done == ["bob"]


def test_the_time_of_an_attempt_is_told_with_its_report(book: Gradebook) -> None:
    when = "2030-05-01T18:00:00+02:00"
    late = handed_in("ann", submitted=when)
    _, (made,) = grade(book, late)
    assert made.submitted == when
    # A report whose texts try to look like the place of the attempt.
    name = '","attempt":null,"submitted":null,"'
    _, (made,) = grade(book, handed_in(name))
    assert (made.student, made.attempt) == (name, 1)


NAMES = [
    "=1+1",
    "a\nb",
    "\x1b[31m",
    "\N{RIGHT-TO-LEFT OVERRIDE}x",
    "'; drop table",
    "ä" * 200,
    "%s",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_a_name(book: Gradebook, name: str) -> None:
    grade(book, handed_in(name))
    done, (made,) = grade(book, handed_in(name))
    assert (done, made.student) == ([], name)
    assert maintenance.check(book) == []


def test_two_batches_at_once_keep_each_report_once(book: Gradebook) -> None:
    everyone = [handed_in(f"s{number}") for number in range(40)]
    meet = threading.Barrier(2)
    failures: list[StoreError] = []

    def batch(order: Sequence[Submission]) -> None:
        meet.wait()
        try:
            grade(book, *order)
        except StoreError as failure:
            failures.append(failure)

    both = [threading.Thread(target=batch, args=(order,)) for order in (everyone, everyone[::-1])]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert not failures
    assert (count(book, "attempts"), count(book, "reports")) == (40, 40)
    assert maintenance.check(book) == []


def test_nothing_is_announced_before_it_is_kept(book: Gradebook) -> None:
    seen = []

    def announce(_: object) -> None:
        seen.append(count(book, "reports"))

    with Keeping(book, context(), BUNDLE, seed_of, announce) as keeping:
        for number, submission in enumerate(
            keeping.unfinished(handed_in(f"s{number}") for number in range(30))
        ):
            keeping.keep(graded(report(submission)))
            assert len(seen) <= number + 1
    assert len(seen) == 30
    assert all(kept > told for told, kept in enumerate(seen))


def test_results_that_come_together_share_a_transaction() -> None:
    groups: list[list[int]] = []
    told: list[int] = []
    writer = GroupWriter[int](lambda group: groups.append(list(group)), told.append)
    for number in range(500):
        writer.put(number)
    writer.close()
    assert told == [number for group in groups for number in group] == list(range(500))
    assert len(groups) < 100


def test_what_cannot_be_kept_is_not_announced_and_ends_the_batch() -> None:
    told: list[int] = []

    def commit(group: Sequence[int]) -> None:
        if 3 in group:
            raise StoreError("the disk is full")

    writer = GroupWriter[int](commit, told.append)
    with pytest.raises(StoreError, match="full"):
        deque(map(writer.put, range(100_000)), 0)
    with pytest.raises(StoreError, match="full"):
        writer.close()
    assert 3 not in told
    assert told == list(range(len(told)))


def test_a_time_that_becomes_known_later_is_noted_and_a_persons_word_goes_first(
    book: Gradebook,
) -> None:
    one, two, three = (f"2030-05-0{day}T18:00:00+02:00" for day in (1, 2, 3))
    by_hand = replace(handed_in("ann", submitted=three), source=BY_STAFF)
    times = []
    for submission in (
        handed_in("ann"),
        handed_in("ann", submitted=two),
        handed_in("ann", submitted=one),
        by_hand,
        by_hand,
        handed_in("ann", submitted=two),
    ):
        _, (made,) = grade(book, submission)
        times.append(made.submitted)
    assert times == [None, two, two, three, three, three]
    assert count(book, "decisions") == 2
    assert count(book, "attempts") == 1


def test_a_second_batch_needs_no_write_ahead_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "file_system", lambda file: "nfs")
    everyone = [handed_in(f"s{number}") for number in range(150)]
    book = open_gradebook(tmp_path / "gradebook.db")
    grade(book, *everyone)
    done, reports = grade(book, *everyone)
    book.close()
    assert (done, len(reports)) == ([], 150)
