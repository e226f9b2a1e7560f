"""What a batch hands its reports to: it knows which submissions need no grading, and keeps the reports of the rest."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Self

from sqlalchemy import Connection, Row, select

from grader import bundles
from grader.gradebook import attempts, objects
from grader.gradebook.attempts import Adds, Context, Finished, keep
from grader.gradebook.connection import Gradebook
from grader.gradebook.tables import reports
from grader.gradebook.writer import GroupWriter
from grader.models import Graded, Submission
from grader.orders import Again

#: So many submissions are looked up at a time.
_TOGETHER = 16


class Keeping:
    """The gradebook's side of one batch; leaving the context waits until everything is kept."""

    def __init__(
        self,
        book: Gradebook,
        context: Context,
        bundle: Mapping[str, bytes],
        seed_of: Callable[[str], str],
        announce: Callable[[Graded], None],
        again: Again = Again.STALE,
        since: int | None = None,
    ) -> None:
        self._book = book
        self._context = context
        self._seed_of = seed_of
        self._again = again
        #: Where everything is graded again: what this very batch graded, before it was stopped, is newer than that.
        self._since = since
        self._announce = announce
        self._pending: dict[str, tuple[Submission, str, str]] = {}
        with book.write() as connection:
            objects.put(connection, "bundle", {context.bundle: bundles.pack(bundle)})
        self._writer = GroupWriter[Finished](self._commit, self._tell)
        #: How many reports were there already.
        self.skipped = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self._writer.close()

    def _commit(self, group: Sequence[Finished]) -> None:
        with self._book.write() as connection:
            keep(connection, self._context, group)

    def _tell(self, item: Finished) -> None:
        self._announce(item.graded)

    def unfinished(self, submissions: Iterable[Submission]) -> Iterator[Submission]:
        """Those that need grading; the reports of the others are announced as they are."""
        coming = iter(submissions)
        # One question for several costs little more than one for each.
        while some := list(islice(coming, _TOGETHER)):
            yield from self._sorted_out(some)

    def _sorted_out(self, submissions: Sequence[Submission]) -> list[Submission]:
        ungraded, known = [], []
        with self._book.read() as connection:
            names = [submission.student for submission in submissions]
            standing = attempts.standing(connection, self._context.assignment, names)
            for submission in submissions:
                student = submission.student
                digest = bundles.digest(submission.contents)
                key = self._context.key(student, self._seed_of(student), digest)
                stands = standing.get((student, digest))
                found = self._found(connection, stands, key)
                if found is None:
                    self._pending[student] = submission, digest, key
                    # What a person grades is no business of the processes.
                    ungraded.append(replace(submission, notebook=None))
                else:
                    # One that stood before another suite came, and went, stands again.
                    adds: Adds = "never" if stands is found else "again"
                    known.append(Finished(submission, digest, found.key, _graded(found), adds))
        # Not before: without a write-ahead log nobody can write while somebody reads.
        for each in known:
            self._writer.put(each)
        self.skipped += len(known)
        return ungraded

    def _found(self, connection: Connection, stands: Row[Any] | None, key: str) -> Row[Any] | None:
        """The report that makes grading needless."""
        if self._again is Again.ALL:
            if stands is None or self._since is None or stands.key != key:
                return None
            return stands if stands.id > self._since else None
        if stands is None or stands.key == key or self._again is Again.CHANGED:
            found = stands
        else:
            query = select(reports).where(reports.c.key == key)
            found = connection.execute(query.order_by(reports.c.repeat.desc())).first()
        failed = found is not None and found.state == "needs_review"
        return None if failed and self._again is Again.FAILED else found

    def keep(self, graded: Graded) -> None:
        """Keep a report; it is announced when it is on disk. Raises StoreError when an earlier one could not be."""
        submission, digest, key = self._pending.pop(graded.student)
        adds: Adds = "once" if self._again is Again.STALE else "again"
        self._writer.put(Finished(submission, digest, key, graded, adds))


def _graded(row: Row[Any]) -> Graded:
    text = zlib.decompress(row.text).decode()
    return Graded(row.student, row.state, row.score, row.max_score, row.remark, 0.0, text)
