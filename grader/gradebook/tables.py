"""The tables of a gradebook.

Rows are added, never changed: what was decided later counts, and what was decided before stays to be read. The one
exception is the erasure of a student's personal data, which `audit` survives. Times are ISO 8601 in UTC; the order of
events is that of the ids, so that a clock that was set back changes nothing.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

#: The schema that this version writes; each step from the one before is a file in `migrations/versions`.
SCHEMA = 1

METADATA = MetaData()
# Other integers would not count up by themselves in SQLite.
_ID = BigInteger().with_variant(Integer, "sqlite")

#: What was handed in and what graded it, by the SHA-256 of its bytes: each stands here once.
objects = Table(
    "objects",
    METADATA,
    Column("digest", String(64), primary_key=True),
    # "submission", "bundle" (a suite with all that it needs) or "notebook".
    Column("kind", String(20), nullable=False),
    # Compressed by zlib.
    Column("data", LargeBinary, nullable=False),
)

#: What a student, or a team, handed in for an assignment: the first, the second …
attempts = Table(
    "attempts",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("assignment", Text, nullable=False),
    Column("student", Text, nullable=False),
    Column("number", Integer, nullable=False),
    # The object that holds its files.
    Column("digest", String(64), nullable=False),
    # The object that holds its notebook, where a person grades one.
    Column("notebook", String(64)),
    # When it was handed in, if anything says so, and what does.
    Column("submitted", String(40)),
    Column("source", Text),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("salt", String(32), nullable=False),
    UniqueConstraint("assignment", "student", "number"),
)

#: What grading a submission found; the newest of the same student, assignment and submission counts.
reports = Table(
    "reports",
    METADATA,
    Column("id", _ID, primary_key=True),
    # The digest of everything that the report depends on, and 0, or how often the same was graded before.
    Column("key", String(64), nullable=False),
    Column("repeat", Integer, nullable=False),
    Column("assignment", Text, nullable=False),
    Column("student", Text, nullable=False),
    # The objects that were graded, and that graded it.
    Column("digest", String(64), nullable=False),
    Column("bundle", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("score", Float, nullable=False),
    Column("max_score", Float, nullable=False),
    Column("remark", Text),
    # The report as JSON, compressed by zlib; its attempt and time are filled in where it is read.
    Column("text", LargeBinary, nullable=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("salt", String(32), nullable=False),
    UniqueConstraint("key", "repeat"),
    Index("reports_of", "assignment", "student", "digest"),
)

#: What people decided: who, when, why, and a body whose form depends on the kind (see `decisions`).
decisions = Table(
    "decisions",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("kind", String(20), nullable=False),
    # "" for what concerns all assignments, or all students.
    Column("assignment", Text, nullable=False),
    Column("student", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("salt", String(32), nullable=False),
    Index("decisions_of", "kind", "assignment", "student"),
)

#: One line for each row of the three tables above; no line says anything about a student.
audit = Table(
    "audit",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    # The table, and the id of the row in it.
    Column("kind", String(20), nullable=False),
    Column("record", BigInteger, nullable=False),
    # SHA-256 of the row's salt and the row.
    Column("digest", String(64), nullable=False),
    # SHA-256 of the chain before and of this line.
    Column("chain", String(64), nullable=False),
    Index("audit_of", "kind", "record"),
)
