"""What people give in formgrader comes back: once, to whom it belongs, and never over what was decided here."""

import pytest

from grader.gradebook.decisions import Comment, Manual, history
from tests.exchange.nbgrader_course import (
    CODE,
    PLOT,
    RUBRIC,
    WHY,
    Both,
    enter,
    entry,
    totals,
)
from tests.exchange.samples import graded


def test_points_given_in_formgrader_come_back_with_who_took_them_over(synced: Both) -> None:
    synced.sync()
    enter(synced, "ann", PLOT, manual_score=3.0)
    enter(synced, "ann", "total", manual_score=0.75, extra_credit=0.5)
    enter(synced, "ann", CODE, manual_comment="well done")
    enter(synced, "ann", WHY, manual_comment="why so?")
    synced.sync()
    assert synced.grade_of("ann") == 0.75 + 4 + 3 + 0.5
    with synced.book.read() as connection:
        manual = {each.body.item: each for each in history(connection, [Manual])}
        comments = {each.body.item: each.body.text for each in history(connection, [Comment])}
    assert {item: each.body.points for item, each in manual.items()} == {
        "E1: plot": 3.0,
        "total": 0.75,
        "extra credit": 0.5,
    }
    assert comments == {"": "well done", "E1: why & how": "why so?"}
    assert manual["total"].why.startswith("given in formgrader, entry ")
    assert manual["total"].who


def test_what_came_back_counts_the_same_in_both_before_and_after_it_is_published(
    synced: Both,
) -> None:
    synced.sync()
    enter(synced, "ann", PLOT, manual_score=3.0)
    enter(synced, "ann", "total", manual_score=0.75, extra_credit=0.5)
    for publishes in (False, True, False):
        if publishes:
            synced.publish()
        synced.sync()
        assert totals(synced)["ann"] == synced.grade_of("ann") == 8.25
        assert entry(synced, "ann", PLOT)[1:] == (3.0, None, 0)
    made, brought = synced.sync()
    assert (made.changes, brought) == ([], [])


def test_a_long_comment_with_odd_characters_comes_back_once(synced: Both) -> None:
    synced.sync()
    enter(synced, "ann", CODE, manual_comment="a\x00b\u202ec" + "d" * 30_000)
    enter(synced, "bob", "total", extra_credit=0.1)
    enter(synced, "bob", "scaled", extra_credit=0.2)
    assert len(synced.sync()[1]) == 2
    assert synced.sync()[1] == []
    assert synced.grade_of("bob") == 0.8


def test_what_is_taken_back_in_formgrader_is_taken_back_here(synced: Both) -> None:
    synced.sync()
    enter(synced, "ann", "total", manual_score=0.75)
    synced.sync()
    enter(synced, "ann", "total", manual_score=None)
    synced.sync()
    assert synced.grade_of("ann") == 4.25


def test_a_new_gradebook_of_nbgraders_takes_nothing_back(synced: Both) -> None:
    synced.sync()
    enter(synced, "ann", "total", manual_score=0.75)
    synced.sync()
    synced.publish()
    assert synced.place.file is not None
    synced.place.file.unlink()
    for _ in range(2):
        assert synced.sync()[1] == []
    assert totals(synced)["ann"] == synced.grade_of("ann") == 4.75


def test_a_manual_score_is_never_written_to_and_is_looked_at_again_when_the_result_changes(
    synced: Both,
) -> None:
    synced.sync()
    enter(synced, "ann", "scaled", manual_score=2.0)
    synced.sync()
    synced.grade(graded("ann", 5.0, manual=RUBRIC), code="# another attempt\n")
    synced.publish()
    made, brought = synced.sync()
    assert entry(synced, "ann", "scaled") == (4.0, 2.0, None, 1)
    assert brought == []
    # Of the new attempt nobody said so, until somebody looks at it.
    assert synced.grade_of("ann") == 5.0
    enter(synced, "ann", "scaled", manual_score=2.0)
    synced.sync()
    assert synced.grade_of("ann") == 3.0
    assert made.unchanged == 2


@pytest.mark.parametrize(
    ("score", "reason"),
    [(4.5, "the most is 4"), (-1.0, "no number"), (float("inf"), "no number")],
)
def test_points_that_cannot_be_are_not_taken(synced: Both, score: float, reason: str) -> None:
    synced.sync()
    enter(synced, "ann", PLOT, manual_score=score)
    _, (note,) = synced.sync()
    assert note.startswith("ann, E1: plot: ")
    assert reason in note
    assert synced.grade_of("ann") == 4.25


def test_points_that_were_changed_here_and_there_are_left_to_people(synced: Both) -> None:
    synced.sync()
    enter(synced, "ann", PLOT, manual_score=3.0)
    synced.sync()
    synced.decide(("ann", Manual(attempt=1, item="E1: plot", points=4.0)))
    _, (note,) = synced.sync()
    assert note == (
        "ann, E1: plot: 3 there and 4 here: formgrader shows its own until it is changed there"
    )
    enter(synced, "ann", PLOT, manual_score=2.0)
    _, (note,) = synced.sync()
    assert note == "ann, E1: plot: 2 there and 4 here: decide, and enter it in both"
    assert synced.grade_of("ann") == 8.25
