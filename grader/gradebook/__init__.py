"""What is kept of a course: attempts, reports and every decision about a grade, none of them ever overwritten.

`tables` says what a row is; `connection` opens a SQLite file or a PostgreSQL database; `keeping` is what a batch
hands its reports to. Only the standard library is imported here: the rest needs the extra `staff`.
"""

from importlib.util import find_spec


def installed() -> bool:
    """Whether the packages that a gradebook needs are here."""
    return all(find_spec(name) is not None for name in ("sqlalchemy", "alembic"))
