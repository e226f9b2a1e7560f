"""The tables of nbgrader's gradebook, as of one revision of its schema."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Interval,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

#: The revision that these tables are of; nbgrader has written it since 0.6.
SCHEMA = "e43177bfe90b"
#: Those before it, which `nbgrader db upgrade` brings up to it.
OLDER = ("b6d005d67074", "50a4d84c131a", "724cde206c17", "167914646830", "282d30a0218e")

METADATA = MetaData()


def _id(*more: ForeignKey) -> Column[str]:
    return Column("id", String(32), *more, primary_key=True)


course = Table(
    "course", METADATA, Column("id", String(128), unique=True, primary_key=True, nullable=False)
)
assignment = Table(
    "assignment",
    METADATA,
    _id(),
    Column("name", String(128), unique=True, nullable=False),
    # In UTC, as all times here, and without saying so.
    Column("duedate", DateTime()),
    Column("course_id", String(128), ForeignKey("course.id"), nullable=False),
)
notebook = Table(
    "notebook",
    METADATA,
    _id(),
    Column("name", String(128), nullable=False),
    Column("assignment_id", String(32), ForeignKey("assignment.id")),
    # Text wherever nbgrader wrote the notebook; nothing in ours.
    Column("kernelspec", String(1024)),
    UniqueConstraint("name", "assignment_id"),
)
base_cell = Table(
    "base_cell",
    METADATA,
    _id(),
    Column("name", String(128), nullable=False),
    Column("notebook_id", String(32), ForeignKey("notebook.id"), nullable=False),
    # "GradeCell", "SolutionCell" or "TaskCell".
    Column("type", String(50)),
    UniqueConstraint("name", "notebook_id", "type"),
)
grade_cells = Table(
    "grade_cells",
    METADATA,
    Column("max_score", Float(), nullable=False),
    Column("cell_type", Enum("code", "markdown", name="grade_cell_type"), nullable=False),
    _id(ForeignKey("base_cell.id")),
)
solution_cells = Table("solution_cells", METADATA, _id(ForeignKey("base_cell.id")))
task_cells = Table(
    "task_cells",
    METADATA,
    Column("max_score", Float(), nullable=False),
    Column("cell_type", Enum("code", "markdown", name="grade_cell_type"), nullable=False),
    _id(ForeignKey("base_cell.id")),
)
source_cell = Table(
    "source_cell",
    METADATA,
    _id(),
    Column("name", String(128), nullable=False),
    Column("cell_type", Enum("code", "markdown", name="source_cell_type"), nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("source", Text()),
    Column("checksum", String(128)),
    Column("notebook_id", String(32), ForeignKey("notebook.id")),
    UniqueConstraint("name", "notebook_id"),
)
student = Table(
    "student",
    METADATA,
    Column("id", String(128), primary_key=True, nullable=False),
    Column("first_name", String(128)),
    Column("last_name", String(128)),
    Column("email", String(128)),
    Column("lms_user_id", String(128)),
)
submitted_assignment = Table(
    "submitted_assignment",
    METADATA,
    _id(),
    Column("assignment_id", String(32), ForeignKey("assignment.id")),
    Column("student_id", String(128), ForeignKey("student.id")),
    Column("timestamp", DateTime()),
    Column("extension", Interval()),
    UniqueConstraint("assignment_id", "student_id"),
)
submitted_notebook = Table(
    "submitted_notebook",
    METADATA,
    _id(),
    Column("assignment_id", String(32), ForeignKey("submitted_assignment.id")),
    Column("notebook_id", String(32), ForeignKey("notebook.id")),
    Column("flagged", Boolean),
    Column("late_submission_penalty", Float(0)),
    UniqueConstraint("notebook_id", "assignment_id"),
)
grade = Table(
    "grade",
    METADATA,
    _id(),
    Column("notebook_id", String(32), ForeignKey("submitted_notebook.id")),
    Column("cell_id", String(32), ForeignKey("base_cell.id")),
    Column("auto_score", Float()),
    Column("manual_score", Float()),
    Column("extra_credit", Float()),
    Column("needs_manual_grade", Boolean, nullable=False),
    UniqueConstraint("cell_id", "notebook_id"),
)
comment = Table(
    "comment",
    METADATA,
    _id(),
    Column("notebook_id", String(32), ForeignKey("submitted_notebook.id")),
    Column("cell_id", String(32), ForeignKey("base_cell.id")),
    Column("auto_comment", Text()),
    Column("manual_comment", Text()),
    UniqueConstraint("cell_id", "notebook_id"),
)
