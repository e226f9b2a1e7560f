"""Batches that grade everything again, noted in the gradebook so that one that was stopped goes on."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from grader.gradebook.connection import Gradebook
from grader.gradebook.decisions import Decided, Decision, Forced, decide, history
from grader.gradebook.tables import reports


@contextmanager
def forcing(book: Gradebook, assignment: str, place: str) -> Iterator[Decided]:
    """The note of a batch over all that is at `place`: that of one that was stopped there, or else a new one.

    It is done when this ends without an exception. What was graded after `body.after` need not be graded again.
    """
    where = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()
    with book.write() as connection:
        order = _last(connection, assignment, where)
        if order is None or order.body.done:
            after = connection.execute(select(func.max(reports.c.id))).scalar() or 0
            decide(connection, [Decision(Forced(place=where, after=after), "", assignment)])
            order = _last(connection, assignment, where)
    assert order is not None
    yield order
    done = order.body.model_copy(update={"done": True})
    with book.write() as connection:
        decide(connection, [Decision(done, "", assignment)])


def _last(connection: Connection, assignment: str, where: str) -> Decided | None:
    noted = history(connection, [Forced], assignment)
    return next((each for each in reversed(noted) if each.body.place == where), None)
