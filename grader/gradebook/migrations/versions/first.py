"""The first schema; a copy of `tables` as they were then, since that file will change and this one must not."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "objects",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "attempts",
        sa.Column("id", number, primary_key=True),
        sa.Column("assignment", sa.Text, nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("notebook", sa.String(64)),
        sa.Column("submitted", sa.String(40)),
        sa.Column("source", sa.Text),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.UniqueConstraint("assignment", "student", "number"),
    )
    op.create_table(
        "reports",
        sa.Column("id", number, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("repeat", sa.Integer, nullable=False),
        sa.Column("assignment", sa.Text, nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("bundle", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("max_score", sa.Float, nullable=False),
        sa.Column("remark", sa.Text),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.UniqueConstraint("key", "repeat"),
        sa.Index("reports_of", "assignment", "student", "digest"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", number, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("assignment", sa.Text, nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Index("decisions_of", "kind", "assignment", "student"),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("record", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Index("audit_of", "kind", "record"),
    )
