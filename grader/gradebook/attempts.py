"""Attempts and their reports: what was handed in, and what grading it found."""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import BindParameter, Connection, Row, Text, bindparam, func, select

from grader.bundles import pack, unpack
from grader.gradebook import audit, decisions, objects
from grader.gradebook.decisions import HandedIn
from grader.gradebook.prepared import Prepared
from grader.gradebook.tables import attempts, reports
from grader.models import BY_STAFF, Digests, Graded, GradeReport, Submission, SuiteDigests

Adds = Literal["never", "once", "again"]


@dataclass(frozen=True)
class Context:
    """What the reports of one batch have in common."""

    assignment: str
    digests: SuiteDigests
    #: The object that holds them.
    bundle: str
    isolation: str
    python: str
    numpy: str
    grading_version: int

    def key(self, student: str, seed: str, digest: str) -> str:
        """The digest of everything that a report depends on."""
        return report_key(
            self.assignment,
            student,
            seed,
            Digests(submission=digest, **self.digests._asdict()),
            (self.python, self.numpy, self.isolation, self.grading_version),
        )


def report_key(
    assignment: str,
    student: str,
    seed: str,
    digests: Digests,
    graded_by: tuple[str, str, str, int],
) -> str:
    """The digest of everything that a report depends on; `graded_by` is Python, numpy, isolation, grading version."""
    python, numpy, isolation, version = graded_by
    parts = [
        assignment,
        student,
        seed,
        digests.submission,
        digests.suite,
        digests.given,
        digests.reference,
        _minor(python),
        _minor(numpy),
        isolation,
        version,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


def key_of(assignment: str, report: GradeReport) -> str:
    """The key of a stored report, from what it says of itself."""
    made = report.environment
    graded_by = (made.python, made.numpy, report.isolation, made.grading_version)
    return report_key(assignment, report.student, report.seed, report.digests, graded_by)


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])


@dataclass
class Finished:
    """A submission and its report on their way into the gradebook."""

    submission: Submission
    digest: str
    key: str
    graded: Graded
    #: Whether the report is added: not at all, unless somebody else was quicker, or even if it is there already.
    adds: Adds


class _Attempt(NamedTuple):
    student: str
    number: int
    digest: str
    notebook: str | None
    submitted: str | None


def _newest(
    connection: Connection, assignment: str, students: Collection[str]
) -> dict[str, _Attempt]:
    """The newest attempt of each of these students who has one."""
    values = {"assignment": assignment, **_numbered(students)}
    rows = _attempts_of(len(students)).rows(connection, values)
    return {attempt.student: attempt for attempt in map(_Attempt._make, rows)}


def _repeats(connection: Connection, keys: Collection[str]) -> dict[str, int]:
    """The newest repeat of each of these keys that is there."""
    return dict(_repeats_of(len(keys)).rows(connection, _numbered(keys)) if keys else ())


@cache
def _attempts_of(students: int) -> Prepared:
    a = attempts.c
    wanted = a.assignment == bindparam("assignment"), a.student.in_(_places(students))
    found = select(a.student, a.number, a.digest, a.notebook, a.submitted)
    return Prepared(found.where(*wanted).order_by(a.number))


@cache
def _repeats_of(keys: int) -> Prepared:
    wanted = reports.c.key.in_(_places(keys))
    found = select(reports.c.key, func.max(reports.c.repeat))
    return Prepared(found.where(wanted).group_by(reports.c.key))


def _places(count: int) -> list[BindParameter[str]]:
    return [bindparam(f"n{number}", type_=Text()) for number in range(count)]


def _numbered(values: Iterable[str]) -> dict[str, str]:
    return {f"n{number}": value for number, value in enumerate(values)}


def standing(
    connection: Connection, assignment: str, students: Iterable[str]
) -> dict[tuple[str, str], Row[Any]]:
    """The report that counts for each submission of these students, by student and digest of the submission."""
    wanted = reports.c.assignment == assignment, reports.c.student.in_(list(students))
    rows = connection.execute(select(reports).where(*wanted).order_by(reports.c.id))
    return {(row.student, row.digest): row for row in rows}


def handed_in(connection: Connection, student: str, digest: str) -> Submission:
    """A submission as it was graded, from its digest. Raises StoreError when the gradebook lacks its files."""
    files = unpack(objects.get(connection, digest))
    problem = files.pop("", None)
    told = None if problem is None else problem.decode("utf-8", "replace")
    return Submission(student, files, problem=told)


def keep(connection: Connection, context: Context, group: Sequence[Finished]) -> None:
    """Store attempts and reports in a writer's transaction, and fill in which attempt each is."""
    new = {item.key: item for item in group if item.adds != "never"}
    at, who = audit.now(), audit.who()
    known = _repeats(connection, new)
    rows = [
        {
            "key": key,
            "repeat": known.get(key, -1) + 1,
            "assignment": context.assignment,
            "student": item.graded.student,
            "digest": item.digest,
            "bundle": context.bundle,
            "state": item.graded.state,
            "score": item.graded.score,
            "max_score": item.graded.max_score,
            "remark": _plain(item.graded.remark),
            "text": zlib.compress(item.graded.text.encode(), 1),
            "at": at,
            "who": who,
        }
        for key, item in new.items()
        if item.adds == "again" or key not in known
    ]
    # What is stored names no attempt: the same submission may be another one later.
    made = _number(connection, context, group, at, who)
    audit.append(connection, {"reports": rows, "attempts": made})


def _plain(text: str | None) -> str | None:
    """Text that a database column can hold."""
    return None if text is None else text.replace("\0", "\\0")[:2000]


def _number(
    connection: Connection, context: Context, group: Sequence[Finished], at: str, who: str
) -> list[dict[str, Any]]:
    """Say in each report which attempt it is; store what was handed in for the first time, and return its rows."""
    by_student = _newest(connection, context.assignment, {item.graded.student for item in group})
    contents: dict[str, dict[str, bytes]] = defaultdict(dict)
    rows = []
    for item in group:
        submission = item.submission
        notebook = submission.notebook
        notebook_digest = None if notebook is None else hashlib.sha256(notebook).hexdigest()
        last = by_student.get(submission.student)
        number: int | None
        if submission.attempt is not None or not submission.contents:
            number, submitted = submission.attempt, submission.submitted
        elif last is not None and (last.digest, last.notebook) == (item.digest, notebook_digest):
            number, submitted = last.number, _time_of(connection, context, last, submission)
        else:
            number = 1 if last is None else last.number + 1
            submitted = submission.submitted
            contents["submission"][item.digest] = pack(submission.contents)
            if notebook is not None and notebook_digest is not None:
                contents["notebook"][notebook_digest] = notebook
            rows.append(
                {
                    "assignment": context.assignment,
                    "student": submission.student,
                    "number": number,
                    "digest": item.digest,
                    "notebook": notebook_digest,
                    "submitted": submitted,
                    "source": submission.source,
                    "at": at,
                    "who": who,
                }
            )
        item.graded = item.graded.handed_in(number, submitted)
    for kind, files in contents.items():
        objects.put(connection, kind, files)
    return rows


def _time_of(
    connection: Connection, context: Context, attempt: _Attempt, submission: Submission
) -> str | None:
    """When a stored attempt was handed in, if it is found again; what is new about that is noted."""
    stood = decisions.standing(connection, [HandedIn], context.assignment, attempt.student)
    known = attempt.submitted
    for each in stood.get((HandedIn.kind, attempt.student), []):
        if each.body.attempt == attempt.number:
            known = each.body.submitted.isoformat()
    told = submission.submitted
    if told is None or told == known or (known is not None and submission.source != BY_STAFF):
        return known
    body = HandedIn(attempt=attempt.number, submitted=datetime.fromisoformat(told))
    why = submission.source or ""
    decisions.decide(
        connection, [decisions.Decision(body, why, context.assignment, attempt.student)]
    )
    return told
